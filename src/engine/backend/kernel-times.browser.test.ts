import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../device/start";
import { globalAveragePool } from "../operations/average-pool/average-pool";
import { type TrainingBackend, trainingBackend } from "./backend";
import { timeOps } from "./op-times";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

test("a timed replay changes the state like any step and times every dispatch", async () => {
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

test("without a GPU kernels are timed while they compute, and nested kernels count once", async () => {
  await startBackend("wasm");
  const x = tf.ones<tf.Rank.R4>([2, 8, 8, 4]);
  const y: tf.Tensor[] = [];
  const start = performance.now();
  const times = await timeOps(() => y.push(tf.tidy(() => globalAveragePool(tf.add(x, 1)))));
  const took = performance.now() - start;
  expect(Array.from((await y[0]?.data()) ?? [])).toEqual(Array.from({ length: 8 }, () => 2));
  const byName = new Map(times?.map(({ kernel, dispatches }) => [kernel, dispatches]));
  expect([byName.get("Add"), byName.get("RetortGlobalAveragePool"), byName.get("Mean")]).toEqual([1, 1, 1]);
  expect(times?.every(({ ms }) => ms >= 0)).toBe(true);
  expect(times?.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThanOrEqual(took);
  // The timer is removed: the next step is not timed.
  expect(Object.hasOwn(tf.backend(), "time")).toBe(false);
  tf.dispose([x, ...y]);
});
