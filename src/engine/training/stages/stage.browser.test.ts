import { afterEach, beforeAll, expect, test } from "vitest";
import { trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { type ArmInput, endTrials, startTrial } from "../trial.test-support";

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

/** The bytes of each upload to the GPU while a step is replayed. */
async function uploadsOf(scheme: ArmInput["scheme"]): Promise<number[]> {
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
  return written;
}

test("a replayed step makes one upload, which has an order of the batch only if it shuffles", async () => {
  const plain = await uploadsOf({ method: "supervised" });
  const shuffled = await uploadsOf({ method: "moco", queue: 32, normGroups: 2 });
  expect([plain.length, shuffled.length]).toEqual([1, 1]);
  expect(shuffled[0]).toBeGreaterThan(plain[0] as number);
  expect(shuffled[0]).toBeLessThan(2_048);
});
