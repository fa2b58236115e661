import * as tf from "@tensorflow/tfjs-core";
import { deleteDB } from "idb";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type TrainingBackend, trainingBackend } from "../backend/backend";
import { ownDevices } from "../backend/kept-pipelines.test-support";
import { choicesOf } from "../operations/conv2d/choice";
import { conv2d } from "../operations/conv2d/conv2d";
import { KernelTuner } from "./kernel-tuning";
import { startBackend } from "./start";

const database = "retort-kernels-test";

async function freshDevice() {
  await startBackend("webgpu");
  const backend = trainingBackend() as TrainingBackend;
  return { tuner: new KernelTuner(backend, database), choices: choicesOf(backend.device) };
}

/** Runs a convolution of one image, [1, size, size, 4]. */
function walk(size: number): void {
  const [x, w] = [tf.ones([1, size, size, 4]), tf.ones([1, 1, 4, 4])] as [tf.Tensor4D, tf.Tensor4D];
  tf.dispose([conv2d(x, w, { stride: 1, padding: 0 }), x, w]);
}

// Choices belong to a device.
beforeAll(() => ownDevices(true));
afterAll(() => ownDevices(false));
afterEach(async () => {
  vi.restoreAllMocks();
  await deleteDB(database);
});

test("the choices for an adapter are restored on its next device without measuring again", async () => {
  const first = await freshDevice();
  await first.tuner.begin();
  walk(8);
  await first.tuner.tune();
  expect(Object.keys(first.choices.table())).toHaveLength(1);
  expect(first.tuner.choices).toHaveLength(1);
  const second = await freshDevice();
  await second.tuner.begin();
  walk(8);
  expect(await second.tuner.tune()).toBe(false);
  expect(second.choices.table()).toEqual(first.choices.table());
  expect(second.tuner.choices).toEqual(first.tuner.choices);
});

test("only the convolutions of the current training are tuned", async () => {
  const { tuner, choices } = await freshDevice();
  walk(6);
  await tuner.begin();
  walk(8);
  await tuner.tune();
  expect(Object.keys(choices.table()).join()).toMatch(/1 8 8 4/);
  expect(Object.keys(choices.table())).toHaveLength(1);
});

test("without storage nothing is chosen", async () => {
  vi.spyOn(indexedDB, "open").mockImplementation(() => {
    throw new DOMException("Storage is off.", "SecurityError");
  });
  const { tuner, choices } = await freshDevice();
  await tuner.begin();
  walk(8);
  expect(await tuner.tune()).toBe(false);
  expect(choices.table()).toEqual({});
});
