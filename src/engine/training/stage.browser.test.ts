import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../backend";
import { endTrials, startTrial } from "./trial.test-support";

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

test("a step that is timed is the step that is due, also where steps are of several kinds", async () => {
  // Shampoo computes its roots anew at its first step and not at the next ones.
  const arm = {
    scheme: { method: "supervised" },
    optimiser: { kind: "shampoo", learningRate: 0.05 },
  } as const;
  const plain = await startTrial(arm);
  const expected = await plain.advance(4);
  const timed = await startTrial(arm);
  await timed.advance(1);
  const kernels = [];
  for (let step = 1; step < 4; step++) kernels.push(await timed.stage.advanceTimed());
  const reports = await timed.stage.report();
  expect(reports.map(({ values }) => values)).toEqual(expected.slice(1));
  // The second step is recorded when it is met; from the third on there is something to time.
  expect(kernels.map((times) => times !== undefined)).toEqual([false, true, true]);
});
