import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { embedImages } from "../../evaluation/embed";
import type { EvaluatedNetwork } from "../tasks/parts/task";
import { endTrials, lossesOf, startTrial } from "../trial.test-support";

beforeAll(() => startBackend("webgpu"));
afterEach(endTrials);

const arm = { scheme: { method: "supervised" }, student: { network: "R8", width: 0.125 } } as const;
/** Two and a half batches of 16 images of 16 pixels. */
const imageBudget = 40 * 16 * 16 * 3;

test("a dataset larger than the GPU's budget gives the same curve, bit for bit, also beyond an epoch", async () => {
  const steps = 9;
  const streamed = await startTrial(arm, { imageBudget });
  expect(streamed.context.parts.train.window?.capacity).toBe(40);
  const reports = await streamed.advance(steps);
  expect(streamed.context.parts.train.window?.uploadCount).toBeGreaterThan(3);
  expect(reports).toEqual(await lossesOf(arm, steps));
});

test("features of images uploaded in turns equal those of resident ones", async () => {
  const features = async (budget?: number) => {
    const { context, task } = await startTrial(arm, budget === undefined ? {} : { imageBudget: budget });
    const { train } = context.parts;
    const indices = Int32Array.from({ length: 90 }, (_, i) => (i * 7) % 96);
    const embedded = embedImages((task.student as EvaluatedNetwork).backbone, train, indices, 16);
    const values = await embedded.data();
    embedded.dispose();
    return values;
  };
  const streamed = await features(imageBudget);
  expect(streamed.length % 90).toBe(0);
  expect(streamed.some((x) => x !== 0)).toBe(true);
  expect(streamed).toEqual(await features());
});
