import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../device/start";
import { openContext } from "./open-context";
import { traceRun } from "./trace";
import { coursesOf, imagesFor, ofStage, tiny, tinyExperiment } from "./training.test-support";
import { endTrials, lossesOf, startTrial } from "./trial.test-support";
import { backendOfTrials } from "./trial-backend.test-support";

beforeAll(async () => void (await startBackend("webgpu")));
afterEach(endTrials);

test("a trace contains the inputs and results of the steps, and its losses are the run's", async () => {
  const arm = { scheme: { method: "byol" } } as const;
  const losses = await lossesOf(arm, 2);
  const { context } = await startTrial(arm);
  const held = tf.memory().numTensors;
  const { tensors, index } = await traceRun(context, 0, 1, 2);
  expect(tf.memory().numTensors).toBe(held);
  expect(index.steps.map((step) => step.losses["studentLoss"])).toEqual(losses.map((row) => row.studentLoss));
  expect(index.steps.map(({ scalars }) => scalars["studentRate"])).toEqual(
    losses.map((row) => row.learningRate),
  );
  const named = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  expect(named.get("step1/views0")?.shape).toEqual([32, 16, 16, 3]);
  expect(named.get("step1/views0")?.values).not.toEqual(named.get("step0/views0")?.values);
  expect(named.get("step0/labels")?.shape).toEqual([16]);
  const before = [...named.keys()].filter((name) => name.startsWith("before/"));
  expect(before).toContain("before/task.learner.online.parameters/stem/filter");
  for (const name of before) expect(named.has(name.replace("before/", "after/")), name).toBe(true);
  const filter = "task.learner.online.parameters/stem/filter";
  expect(named.get(`after/${filter}`)?.values).not.toEqual(named.get(`before/${filter}`)?.values);
});

test("an offline arm is traced from its student's first step, with its trained teacher", async () => {
  const { context } = await startTrial({ scheme: { method: "kd" }, teacherSteps: 2 });
  const { tensors, index } = await traceRun(context, 0, 1, 1);
  expect(index.stage).toBe("student");
  const named = new Map(tensors.map(({ name, values }) => [name, values]));
  const teacher = "task.teachers.0.backbone.parameters/stem/filter";
  expect(named.get(`after/${teacher}`)).toEqual(named.get(`before/${teacher}`));
  await expect(traceRun(context, 3, 1, 1)).rejects.toThrow(/no arm 3/);
});

test("a queue is traced under the names that e2e/trace/replay.py reads, and moves on by a batch", async () => {
  const { context } = await startTrial({ scheme: { method: "seed", queue: 32, teacherMethod: "byol" } });
  const { tensors } = await traceRun(context, 0, 1, 1);
  const named = new Map(tensors.map(({ name, values }) => [name, values]));
  const queue = "task.queues.0.state";
  expect(named.get(`before/${queue}.pointer`)).toEqual(Float32Array.of(0));
  expect(named.get(`after/${queue}.pointer`)).toEqual(Float32Array.of(16));
  expect(named.get(`after/${queue}.rows`)).not.toEqual(named.get(`before/${queue}.rows`));
});

test("a student pretrained by distillation on other images is traced from there, and its losses are the run's", async () => {
  await startBackend(backendOfTrials);
  const start = { from: "distilled", images: "easy", steps: 3 } as const;
  const experiment = tinyExperiment({
    dataset: { source: "shapes", train: 96, test: 20 },
    arms: [{ ...tiny, scheme: { method: "kd" }, start, steps: 2, teacherSteps: 2 }],
  });
  const dataset = await imagesFor(experiment);
  const [course] = await coursesOf(experiment);
  const losses =
    course &&
    ofStage(course, "student")
      .slice(1)
      .map(({ values }) => values.studentLoss);
  const held = tf.memory().numTensors;
  const { context, dispose } = await openContext(experiment, dataset, {
    labeled: dataset.train,
    unlabeled: undefined,
  });
  const { index } = await traceRun(context, 0, 1, 2);
  dispose();
  expect(tf.memory().numTensors).toBe(held);
  expect(losses).toHaveLength(2);
  for (const [step, { losses: traced }] of index.steps.entries()) {
    expect(traced["studentLoss"]).toBeCloseTo(losses?.[step] ?? Number.NaN, 4);
  }
});
