import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import type { Evaluator } from "../../evaluation/evaluator";
import { evaluatorFor } from "../stages/runner-for";
import { checkedLosses, endTrials, lossesOf, startTrial } from "../trial.test-support";
import { backendOfTasks } from "../trial-backend.test-support";

beforeAll(async () => void (await startBackend(backendOfTasks)));
afterEach(endTrials);

const schemeOf = (
  order: "simultaneous" | "sequential",
  members = 3,
  excludeCrashed = false,
): { method: "dml"; order: typeof order; members: number; excludeCrashed: boolean } => ({
  method: "dml",
  order,
  members,
  excludeCrashed,
});

test.each(["simultaneous", "sequential"] as const)(
  "DML m≥2, %s: the loss decomposes into labels, the peers' mean and their entropy, to 1e-5",
  async (order) => {
    const losses = await lossesOf({ scheme: schemeOf(order) }, 4);
    for (const { studentLoss = 0, labelLoss = 0, mutualEnsemble = 0, mutualPeerEntropy = 0 } of losses) {
      expect(Math.abs(studentLoss - (labelLoss + mutualEnsemble - mutualPeerEntropy))).toBeLessThan(1e-5);
    }
    expect(new Set(losses.flatMap((row) => [row.studentLoss, row.member2Loss, row.member3Loss])).size).toBe(
      12,
    );
  },
);

test("sequential updates: recorded steps equal eager ones", async () => {
  const recorded = await checkedLosses({ scheme: schemeOf("sequential", 2) }, 4);
  expect(new Set(recorded.map(({ studentLoss }) => studentLoss)).size).toBe(4);
});

test("both orders start with the same loss; the second member's differs, since the first one has been updated", async () => {
  const [together] = await lossesOf({ scheme: schemeOf("simultaneous", 2) }, 1);
  const [inTurn] = await lossesOf({ scheme: schemeOf("sequential", 2) }, 1);
  expect(inTurn?.studentLoss).toBe(together?.studentLoss);
  expect(inTurn?.member2Loss).not.toBe(together?.member2Loss);
});

test("the first member starts like a supervised student", async () => {
  const [supervised] = await lossesOf({ scheme: { method: "supervised" } }, 1);
  const [mutual] = await lossesOf({ scheme: schemeOf("simultaneous", 2) }, 1);
  expect(mutual?.labelLoss).toBeCloseTo(supervised?.studentLoss ?? 0, 6);
});

/** A fake evaluator: every member learns, then the second falls to chance. */
function evaluatorOf(): Evaluator {
  let call = 0;
  const accuracies = [0.5, 0.5, 0.6, 0.1, 0.6, 0.1, 0.6, 0.1];
  const shares = Float32Array.of(1);
  const check = async () => ({ accuracy: accuracies[call++] ?? 0.6, shares });
  return { check, together: () => 0.5 } as unknown as Evaluator;
}

test("DML crash: found where it began, and excluded from teaching if the scheme says so", async () => {
  const scheme = schemeOf("simultaneous", 2, true);
  const { task, advance } = await startTrial({ scheme });
  await advance(1);
  const evaluator = evaluatorOf();
  for (const step of [10, 20, 30])
    expect(await task.evaluate?.(evaluator, step)).not.toHaveProperty("member2CrashStep");
  expect(await task.evaluate?.(evaluator, 40)).toMatchObject({ member2CrashStep: 20, member2Top1: 0.1 });
  const [alone] = await advance(1);
  // Without peers only the labels' term remains.
  expect(alone?.studentLoss).toBe(alone?.labelLoss);
  expect(alone?.member2Loss).not.toBe(alone?.studentLoss);
});

test("without exclusion a crash is only reported", async () => {
  const { task, advance } = await startTrial({ scheme: schemeOf("simultaneous", 2) });
  const evaluator = evaluatorOf();
  for (const step of [10, 20, 30, 40]) await task.evaluate?.(evaluator, step);
  const [still] = await advance(1);
  expect(still?.studentLoss).not.toBe(still?.labelLoss);
});

test("members are evaluated on validation images by their own classifiers, each and together", async () => {
  const { context, task, advance } = await startTrial({ scheme: schemeOf("simultaneous", 2) });
  await advance(2);
  const evaluator = evaluatorFor(context, 1);
  const { member2Top1, cohortTop1, ensembleTop1 } = (await task.evaluate?.(evaluator, 2)) ?? {};
  const { backbone, classifier } = task.student ?? expect.unreachable();
  const student = await evaluator.check(backbone, classifier ?? expect.unreachable());
  expect(cohortTop1).toBeCloseTo((student.accuracy + (member2Top1 as number)) / 2, 9);
  expect(ensembleTop1).toBeGreaterThanOrEqual(0);
  expect(ensembleTop1).toBeLessThanOrEqual(1);
  // Copies of one network know no more than it does, and a sure member outvotes one that does not know.
  expect(evaluator.together([student, student])).toBe(student.accuracy);
  const unsure = { ...student, shares: student.shares.map(() => 0.1) };
  expect(evaluator.together([unsure, student])).toBe(student.accuracy);
});
