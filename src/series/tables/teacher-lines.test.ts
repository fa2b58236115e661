import { expect, test } from "vitest";
import type { Experiment } from "../../protocol/experiment";
import { batchOfRows } from "../../protocol/metrics/metric-batch";
import type { MetricName } from "../../protocol/metrics/metrics";
import { idleRun, type RunState, reduceRun, startedRun, startingRun } from "../../store/run-state";
import { plannedRun, runIdOf, twoArms } from "../../store/run-state.testing";
import { mostTeacherLines, teacherLines } from "./teacher-lines";

const experiment: Experiment = { ...twoArms, seeds: [1] };
const teacher = { stage: "teacher", steps: 100, stepsPerEpoch: 10, macsPerStep: 1_000 } as const;
const started = startedRun(
  startingRun(experiment, [0, 1]),
  [0, 1].map((arm) => {
    const planned = plannedRun(arm, 1);
    return { ...planned, stages: [teacher, ...planned.stages] };
  }),
);

function taught(
  state: RunState,
  arm: number,
  step: number,
  values: Partial<Record<MetricName, number>>,
): RunState {
  const row = { stage: "teacher", step, epoch: 0, wallMs: step, macs: step, values } as const;
  return reduceRun(state, { type: "metrics", batch: batchOfRows(runIdOf(arm, 1), [row]) });
}

const curve = (arms: readonly number[], metric: MetricName, ...values: readonly number[]) =>
  values.reduce(
    (state, value, at) => arms.reduce((one, arm) => taught(one, arm, 50 * at, { [metric]: value }), state),
    started,
  );

test("a teacher is compared with its untrained self while it trains; arms that share it share a line", () => {
  const both = { arms: ["BYOL", "SimDis-Off"], seed: 1, isBefore: true, steps: 100 };
  expect(teacherLines(curve([0, 1], "teacherKnnTop1", 0.18))).toEqual([both]);
  expect(teacherLines(curve([0, 1], "teacherKnnTop1", 0.18, 0.31))).toEqual([
    {
      ...both,
      measured: { measure: "kNN", untrained: 0.18, latest: 0.31, step: 50, hasLearned: true },
    },
  ]);
});

test("a teacher that ends where it began has not learned; its own classifier counts where it has one", () => {
  expect(teacherLines(curve([1], "teacherKnnTop1", 0.18, 0.2, 0.19))).toMatchObject([
    { arms: ["BYOL"] },
    { arms: ["SimDis-Off"], steps: 100, measured: { step: 100, hasLearned: false } },
  ]);
  const both = taught(curve([1], "teacherTop1", 0.1, 0.1), 1, 100, { teacherTop1: 0.4, teacherKnnTop1: 0.2 });
  expect(teacherLines(both)).toMatchObject([
    {},
    { measured: { measure: "classifier", latest: 0.4, hasLearned: true } },
  ]);
});

test("the most lines are known before the runs are planned, and stay when arms no longer share one", () => {
  // BYOL has no teacher, SimDis-Off has one.
  expect(mostTeacherLines(startingRun({ ...experiment, seeds: [1, 2, 3] }, [0, 1]))).toBe(3);
  for (const state of [
    started,
    curve([0, 1], "teacherKnnTop1", 0.2),
    curve([1], "teacherKnnTop1", 0.2, 0.3),
  ]) {
    expect(mostTeacherLines(state)).toBe(2);
    expect(teacherLines(state).length).toBeLessThanOrEqual(2);
  }
  expect(mostTeacherLines(idleRun)).toBe(0);
});
