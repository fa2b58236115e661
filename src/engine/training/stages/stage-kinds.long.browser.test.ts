import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { type ArmInput, endTrials, startTrial } from "../trial.test-support";

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

/** Arms whose steps are of another kind from step `change` on, with the reason. */
const arms: readonly (readonly [string, ArmInput, change: number])[] = [
  [
    "Shampoo recomputes its roots at the first step and not at the next ones",
    { scheme: { method: "supervised" }, optimiser: { kind: "shampoo", learningRate: 0.05 } },
    1,
  ],
  [
    "S2-BNN's weights are binary in the second half",
    {
      student: { network: "ReAct", width: 0.125 },
      steps: 6,
      scheme: { method: "s2bnn", queue: 32, normGroups: 2, training: "two" },
      optimiser: { kind: "adam", learningRate: 0.02, teacherLearningRate: 0.02, weightDecay: 0 },
    },
    3,
  ],
];

test.for(arms)("a timed step is the step that is due, also if %s", async ([, arm, change]) => {
  const plain = await startTrial(arm);
  const expected = await plain.advance(change + 3);
  const timed = await startTrial(arm);
  await timed.advance(change);
  const kernels = [];
  for (let step = 0; step < 3; step++) kernels.push(await timed.stage.advanceTimed());
  const reports = await timed.stage.report();
  expect(reports.map(({ values }) => values)).toEqual(expected.slice(change));
  // The first step of another kind is recorded; later ones can be timed.
  expect(kernels.map((times) => times !== undefined)).toEqual([false, true, true]);
});
