import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../device/start";
import { type TrainingBackend, trainingBackend } from "./backend";
import { packInto } from "./slab";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

test("more pieces than fit one dispatch land at their offsets, and numbers between them stay unchanged", async () => {
  const slab = tf.fill([200], -1);
  const pieces = Array.from({ length: 10 }, (_, i) => ({
    tensor: tf.fill([2, 1 + i], i + 1) as tf.Tensor,
    offset: 20 * i,
  }));
  packInto(backend, slab, pieces);
  const wanted = new Array(200).fill(-1);
  for (const [i, { offset }] of pieces.entries()) wanted.fill(i + 1, offset, offset + 2 * (1 + i));
  expect(Array.from(await slab.data())).toEqual(wanted);
});

test("pieces made of whole runs are copied number by number", async () => {
  const slab = tf.fill([512], -1);
  const sizes = [8, 64, 24, 16, 8, 56, 8, 40];
  const pieces = sizes.map((size, i) => ({ tensor: tf.range(100 * i, 100 * i + size), offset: 64 * i }));
  packInto(backend, slab, pieces);
  const wanted = new Array(512).fill(-1);
  for (const [i, size] of sizes.entries()) for (let k = 0; k < size; k++) wanted[64 * i + k] = 100 * i + k;
  expect(Array.from(await slab.data())).toEqual(wanted);
});
