import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { coursesOf, curveOf, imagesFor, tiny, tinyExperiment } from "../training.test-support";
import { backendOfTrials } from "../trial-backend.test-support";
import { Estimator } from "./estimator";
import type { Measured } from "./measured";

beforeAll(async () => void (await startBackend(backendOfTrials)));

const experiment = tinyExperiment({
  evaluation: { everySteps: 3, probe: "ridge" },
  arms: [
    { ...tiny, name: "Off", scheme: { method: "simdis-off" } },
    { ...tiny, name: "KD", scheme: { method: "kd" }, fixSteps: 2 },
  ],
});
const never = new AbortController().signal;

/** A memory, with how often it was written. */
function memoryOf() {
  let kept: Measured | undefined;
  let writes = 0;
  return {
    recall: async () => kept,
    remember: async (measured: Measured) => {
      kept = measured;
      writes++;
    },
    writes: () => writes,
  };
}

test("every stage is measured once, and remembered; a training is not changed by it, and nothing leaks", async () => {
  const dataset = await imagesFor(experiment);
  const before = await coursesOf(experiment, { dataset });
  const tensors = tf.memory().numTensors;
  const memory = memoryOf();
  const found = await new Estimator(memory).estimate(experiment, dataset, { signal: never });
  expect(found.parts.teachers).toBeGreaterThan(0);
  expect(found.parts.students).toBeGreaterThan(0);
  expect(found.parts.evaluating).toBeGreaterThan(0);
  expect(tf.memory().numTensors).toBe(tensors);

  const again = await new Estimator(memory).estimate(experiment, dataset, { signal: never });
  expect(again).toEqual(found);
  expect(memory.writes()).toBe(1);

  const after = await coursesOf(experiment, { dataset });
  expect(after.map(({ rows }) => curveOf(rows))).toEqual(before.map(({ rows }) => curveOf(rows)));
});

test("an interrupted measurement ends between two turns, leaks nothing, and keeps what it has", async () => {
  const dataset = await imagesFor(experiment);
  const tensors = tf.memory().numTensors;
  const controller = new AbortController();
  const memory = memoryOf();
  const estimating = new Estimator(memory).estimate(experiment, dataset, { signal: controller.signal });
  setTimeout(() => controller.abort(), 60);
  await expect(estimating).rejects.toThrow(/abort/i);
  expect(tf.memory().numTensors).toBe(tensors);
});
