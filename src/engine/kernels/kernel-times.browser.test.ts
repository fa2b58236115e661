import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../backend";
import { type TrainingBackend, trainingBackend } from "./backend";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

test("a timed replay is a step like any other, and accounts for every dispatch", async () => {
  const total = tf.keep(tf.tensor1d([1, 2, 3, 4]));
  backend.uploadToGPU(total.dataId);
  const recording = backend.record(() =>
    tf.tidy(() => backend.copyInPlace(tf.add(tf.mul(total, 2), 1) as tf.Tensor1D, total)),
  );
  expect(Array.from(await total.data())).toEqual([3, 5, 7, 9]);
  const times = await backend.replayTimed(recording);
  expect(Array.from(await total.data())).toEqual([7, 11, 15, 19]);
  expect(times?.reduce((sum, { dispatches }) => sum + dispatches, 0)).toBe(recording.dispatches);
  expect(times?.every(({ ms, kernel }) => ms >= 0 && kernel !== "")).toBe(true);
  recording.dispose();
  total.dispose();
});
