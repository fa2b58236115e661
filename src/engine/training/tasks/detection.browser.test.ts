import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { averagePrecision, boxesOf } from "../../evaluation/average-precision";
import { detectionLoss, type Objects } from "../../methods/detection";
import type { Backbone } from "../../networks/backbone";
import { createTask } from "../create-task";
import { copyEncoder } from "../learners/load-weights";
import { checkedLosses, endTrials, numbersOf, startTrial } from "../trial.test-support";
import { backendOfTasks } from "../trial-backend.test-support";

beforeAll(async () => void (await startBackend(backendOfTasks)));
afterEach(endTrials);

const scheme = { method: "detection" } as const;
const optimiser = { kind: "adam", learningRate: 0.03, weightDecay: 0 } as const;

test("Detection transfer: a detector learns to find objects on its canvases; a recorded step equals an eager one", async () => {
  const arm = { scheme, optimiser, steps: 16 };
  const { advance, task, context } = await startTrial(arm);
  const losses = await advance(16);
  expect(losses.slice(0, 2)).toEqual(await checkedLosses(arm, 2));
  const mean = (some: typeof losses) =>
    some.reduce((sum, one) => sum + (one.studentLoss ?? 0), 0) / some.length;
  expect(mean(losses.slice(-4))).toBeLessThan(0.8 * mean(losses.slice(0, 4)));
  for (const { studentLoss = 0, heatmapLoss = 0, boxLoss = 0 } of losses) {
    expect(studentLoss).toBeCloseTo(heatmapLoss + boxLoss, 3);
  }
  const { detectionAp } = (await task.evaluate?.(undefined as never, 16)) ?? {};
  expect(detectionAp).toBeGreaterThanOrEqual(0);
  expect(detectionAp).toBeLessThanOrEqual(1);
  // The trial's few images are on no more canvases than a point of the curve has.
  expect(await task.ofTest?.(context.parts.validation)).toEqual({ detectionAp });
});

test("Detection transfer: a detector starts from a given encoder", async () => {
  const distilled = await startTrial({ scheme: { method: "supervised" } });
  const given = distilled.task.student?.backbone;
  if (!given) return expect.unreachable("there is a student");
  const { context, arm } = await startTrial({ scheme });
  const starts = { student: (network: Backbone) => copyEncoder(given, network) };
  const owned: { dispose(): void }[] = [];
  const task = createTask({ ...context, starts }, arm, 2, undefined, (made) => {
    owned.push(made);
    return made;
  });
  owned.push(task);
  const detector = task.student ? [task.student.backbone.parameters, task.student.backbone.statistics] : [];
  expect(await numbersOf(detector)).toEqual(await numbersOf([given.parameters, given.statistics]));
  for (const one of owned) one.dispose();
});

test("perfect maps have only the loss of the blur around centers, and give back their boxes", async () => {
  const [cells, classes] = [8, 3];
  const objects = tf.tidy(() => {
    const one = (value: number) => tf.tensor1d([value]);
    const object: Objects = {
      present: one(1),
      label: tf.tensor1d([2], "int32"),
      x: one(0.4),
      y: one(0.7),
      side: one(0.3),
    };
    return object;
  });
  const item = { label: 2, x: 0.4, y: 0.7, side: 0.3 };
  const [column, row] = [Math.floor(item.x * cells), Math.floor(item.y * cells)];
  const heat = tf.buffer([1, cells, cells, classes]);
  heat.values.fill(-20);
  heat.set(20, 0, row, column, 2);
  const boxes = tf.buffer([1, cells, cells, 3]);
  for (const [i, value] of [item.side * cells, item.x * cells - column, item.y * cells - row].entries()) {
    boxes.set(value, 0, row, column, i);
  }
  const maps = { heat: heat.toTensor() as tf.Tensor4D, boxes: boxes.toTensor() as tf.Tensor4D };
  const { heatmap, box } = tf.tidy(() => detectionLoss(maps, [objects]));
  expect((await heatmap.data())[0]).toBeLessThan(1e-3);
  expect((await box.data())[0]).toBeLessThan(1e-5);
  const found = boxesOf(heat.values as Float32Array, boxes.values as Float32Array, cells, classes);
  expect(averagePrecision([found], [[item]])).toBe(1);
  expect(found[0]?.side).toBeCloseTo(0.3, 6);
  const wrong = { ...maps, heat: tf.neg(maps.heat) as tf.Tensor4D };
  const far = tf.tidy(() => detectionLoss(wrong, [objects]).heatmap);
  expect((await far.data())[0]).toBeGreaterThan(100);
  tf.dispose([maps, wrong.heat, Object.values(objects), heatmap, box, far]);
});
