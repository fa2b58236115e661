import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { ownDevices } from "../../backend/kept-pipelines.test-support";
import { startBackend } from "../../device/start";
import { tuneConvolutions } from "./autotune";
import { type ConvolutionChoices, choicesOf, families } from "./choice";
import { conv2d } from "./conv2d";

let backend: TrainingBackend;
let choices: ConvolutionChoices;

// Choices belong to a device.
beforeAll(() => ownDevices(true));
afterAll(() => ownDevices(false));
beforeEach(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
  choices = choicesOf(backend.device);
});

/** Runs two layers of one kind and one of another, on one image. */
async function results(): Promise<number[]> {
  const layer = (size: number, kernel: number) =>
    conv2d(
      tf.randomUniform([1, size, size, 8], -1, 1, "float32", size) as tf.Tensor4D,
      tf.randomUniform([kernel, kernel, 8, 8], -1, 1, "float32", kernel) as tf.Tensor4D,
      { stride: 1, padding: (kernel - 1) / 2 },
    );
  const layers = [layer(8, 3), layer(4, 3), layer(8, 1)];
  return (await Promise.all(layers.map((y) => y.data()))).flatMap((values) => [...values]);
}

test("nothing is chosen before measuring; then all convolutions met are, by one measurement per kind", async () => {
  await results();
  expect(choices.table()).toEqual({});
  const tunings = await tuneConvolutions(backend);
  expect(tunings.map(({ decided }) => decided).sort()).toEqual([1, 2]);
  expect(Object.keys(choices.table())).toHaveLength(3);
  expect(await tuneConvolutions(backend)).toEqual([]);
});

test("the chosen family was measured and is never much slower than another one", async () => {
  await results();
  for (const { times, chosen } of await tuneConvolutions(backend)) {
    expect(times.map(({ family }) => family)).toEqual(choices.available);
    const took = times.find(({ family }) => family === chosen)?.ms ?? Number.POSITIVE_INFINITY;
    for (const { ms } of times) expect(took).toBeLessThanOrEqual(1.15 * ms);
  }
});

test("without a time budget all convolutions met get the preferred family unmeasured", async () => {
  await results();
  const preferred = choices.met.map((convolution) => choices.familyOf(convolution));
  const tunings = await tuneConvolutions(backend, -1);
  expect(tunings.every(({ times }) => times.length === 0)).toBe(true);
  expect(Object.values(choices.table())).toEqual(preferred);
  expect(await tuneConvolutions(backend)).toEqual([]);
});

test("a stored and restored table reproduces the same numbers bit for bit", async () => {
  await results();
  const [first, second] = choices.met;
  if (!first || !second) throw new Error("Nothing was met.");
  choices.choose(first, "workgroup");
  choices.choose(second, "plain");
  const [before, table] = [await results(), choices.table()];
  await startBackend("webgpu");
  const fresh = choicesOf((trainingBackend() as TrainingBackend).device);
  fresh.restore(JSON.parse(JSON.stringify(table)));
  expect(fresh.familyOf(first)).toBe("workgroup");
  expect(await results()).toEqual(before);
});

test("a family that the device lacks is skipped", async () => {
  await results();
  const [convolution] = choices.met;
  if (!convolution) throw new Error("Nothing was met.");
  choices.restore({ "of another device": "quads" });
  expect(families).toContain(choices.familyOf(convolution));
});
