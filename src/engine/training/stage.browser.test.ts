import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../backend";
import { trainingBackend } from "../kernels/backend";
import { type ArmInput, endTrials, startTrial } from "./trial.test-support";

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

/** Bytes that go to the GPU while steps are taken again. */
async function uploadedBytes(scheme: ArmInput["scheme"]): Promise<number> {
  const { advance } = await startTrial({ scheme });
  await advance(2);
  const queue = trainingBackend()?.device.queue;
  if (!queue) throw new Error("This is for WebGPU.");
  const written: number[] = [];
  const write = queue.writeBuffer.bind(queue);
  queue.writeBuffer = (buffer, offset, data, ...part) => {
    written.push(data.byteLength);
    write(buffer, offset, data as Float32Array<ArrayBuffer>, ...part);
  };
  try {
    await advance(1);
  } finally {
    queue.writeBuffer = write;
  }
  return written.reduce((sum, bytes) => sum + bytes, 0);
}

test("a replayed step is told its scalars, its images and its epoch; an order of them only if it shuffles", async () => {
  const batch = 16;
  const plain = await uploadedBytes({ method: "supervised" });
  const shuffled = await uploadedBytes({ method: "moco", queue: 32, normGroups: 2 });
  expect(shuffled - plain).toBe(2 * 4 * batch);
  // With a batch of 128 it stays below 1 KiB.
  expect(plain + 4 * (128 - batch)).toBeLessThan(1_024);
  expect(plain).toBeGreaterThan(4 * batch);
});
