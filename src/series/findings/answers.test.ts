import { expect, test } from "vitest";
import { judge } from "../../charts/differences/verdicts";
import type { Finding } from "../../protocol/findings/findings";
import { emptySeries } from "../../store/measurements/series";
import { idleRun, type RunRecord, type RunState } from "../../store/run-state";
import { plannedRun } from "../../store/run-state.testing";
import { findingAnswersOf, verdictOn } from "./answers";

/** Judged alone: five seeds with this mean and standard deviation, in points. */
const of = (mean: number, deviation: number) => {
  const [judged] = judge([{ n: 5, mean: mean / 100, deviation: deviation / 100 }]);
  if (!judged) throw new Error("Nothing was judged.");
  return judged;
};

test("a difference of the expected sign is seen, one of the other sign is the opposite", () => {
  expect(verdictOn("more", of(6, 1))).toBe("seen");
  expect(verdictOn("more", of(-6, 1))).toBe("opposite");
  expect(verdictOn("less", of(-6, 1))).toBe("seen");
  expect(verdictOn("less", of(6, 1))).toBe("opposite");
});

test("where no difference is expected, a bound of two points is needed, and any difference is the opposite", () => {
  expect(verdictOn("same", of(0.2, 0.5))).toBe("seen");
  expect(verdictOn("same", of(0, 0))).toBe("seen");
  expect(verdictOn("same", of(1, 4))).toBe("unclear");
  expect(verdictOn("same", of(6, 1))).toBe("opposite");
  expect(verdictOn("same", of(-6, 1))).toBe("opposite");
});

test("a difference is not seen where the interval leaves out more than two points of the expected sign", () => {
  expect(verdictOn("more", of(0.2, 0.5))).toBe("not-seen");
  // The interval is from −13.9 to 1.9.
  expect(verdictOn("more", of(-6, 6.4))).toBe("not-seen");
  expect(verdictOn("less", of(6, 6.4))).toBe("not-seen");
});

test("an interval with both none and a useful difference cannot be told", () => {
  expect(verdictOn("more", of(4, 6))).toBe("unclear");
  expect(verdictOn("more", of(-4, 8))).toBe("unclear");
  expect(verdictOn("less", of(-4, 6))).toBe("unclear");
});

test("a verdict turns round with the sign of difference and expectation", () => {
  const cases = [-9, -6, -2, 0, 2, 6, 9].flatMap((mean) => [0.3, 2, 6].map((sd) => [mean, sd] as const));
  for (const [mean, sd] of cases) {
    expect(verdictOn("less", of(-mean, sd)), `${mean} ± ${sd}`).toBe(verdictOn("more", of(mean, sd)));
  }
});

test("rates of a linear classifier are compared within an arm, seed by seed, and between arms", () => {
  const finals = [
    { slot: 0, seed: 1, at: [0.5, 0.4] },
    { slot: 0, seed: 2, at: [0.7, 0.5] },
    { slot: 0, seed: 3, at: [0.6, 0.45] },
    { slot: 1, seed: 1, at: [0.3, 0.6] },
    { slot: 1, seed: 2, at: [0.4, 0.6] },
    { slot: 1, seed: 3, at: [0.35, 0.6] },
  ];
  const runs = finals.map(
    ({ slot, seed, at: [fast = 0, slow = 0] }): RunRecord => ({
      planned: plannedRun(slot, seed),
      series: emptySeries,
      final: {
        knnTop1: 0,
        linearTop1: 0.6,
        linearSweep: [
          { learningRate: 10, validationTop1: fast },
          { learningRate: 0.1, validationTop1: slow },
        ],
      },
    }),
  );
  const run: RunState = { ...idleRun, status: "finished", armSlots: [0, 1], runs };
  const finding = (arm: string, beyond?: string): Finding => ({
    id: `${arm} ${beyond}`,
    record: "any",
    question: "?",
    reported: "",
    predicts: "more",
    difference: { arm, against: arm, metric: "finalLinear", rates: [10, 0.1] },
    ...(beyond !== undefined && { beyond: { arm: beyond, against: beyond } }),
    studies: [],
  });
  const answers = findingAnswersOf(run, [finding("A"), finding("B"), finding("A", "B")], ["A", "B"]);
  expect(answers.map(({ n }) => n)).toEqual([3, 3, 3]);
  expect(answers.map(({ mean }) => mean)).toEqual([0.15, -0.25, 0.4].map((value) => expect.closeTo(value)));
  expect(answers[1]).toMatchObject({ arm: expect.closeTo(0.35), against: expect.closeTo(0.6) });
});
