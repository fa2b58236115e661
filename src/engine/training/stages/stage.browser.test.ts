import { afterEach, beforeAll, expect, test } from "vitest";
import { trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { type ArmInput, endTrials, startTrial } from "../trial.test-support";

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

/** Bytes uploaded to the GPU while steps are replayed. */
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

test("a replayed step uploads its scalars, image indices and epoch, and an order of the batch only if it shuffles", async () => {
  const batch = 16;
  const plain = await uploadedBytes({ method: "supervised" });
  const shuffled = await uploadedBytes({ method: "moco", queue: 32, normGroups: 2 });
  expect(shuffled - plain).toBe(2 * 4 * batch);
  // With a batch of 128 it stays below 1 KiB.
  expect(plain + 4 * (128 - batch)).toBeLessThan(1_024);
  expect(plain).toBeGreaterThan(4 * batch);
});
