/** The law of checkpoints: an interrupted curve equals an uninterrupted one, bit for bit. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { Experiment, ExperimentInput } from "../../protocol/experiment";
import type { MetricRow } from "../../protocol/metrics";
import { parseExperiment } from "../../protocol/problems";
import { startBackend } from "../backend";
import type { Dataset } from "../dataset/dataset";
import { drawShapes } from "../dataset/shapes";
import { isLong } from "../test-size.test-support";
import type { TrainingCheckpoint } from "./checkpoint";
import { StateMismatch } from "./state-tensors";
import { Trainer } from "./trainer";
import { backendOfTrials } from "./trial-backend.test-support";

const tiny = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.125 },
  steps: 6,
  teacherSteps: 4,
} as const;

function experimentOf(arms: NonNullable<ExperimentInput["arms"]>, everySteps = 3): Experiment {
  const parsed = parseExperiment({
    dataset: { source: "shapes", difficulty: "easy", train: 80, test: 40 },
    batchSize: 16,
    evaluation: { everySteps },
    arms: arms.map((arm) => ({ ...tiny, ...arm })),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

let dataset: Dataset;
beforeAll(async () => {
  dataset = await drawShapes({ seed: 1, size: 16, difficulty: "easy", train: 80, validation: 20, test: 40 });
});

interface Course {
  readonly rows: (MetricRow & { readonly runId: string })[];
  readonly finals: unknown[];
  readonly failures: unknown[];
  checkpoint: TrainingCheckpoint | undefined;
}

/** Trains until a row matches, takes a checkpoint there and stops; or trains to the end. */
async function train(
  experiment: Experiment,
  from?: TrainingCheckpoint,
  until: (row: MetricRow) => boolean = () => false,
): Promise<Course> {
  const course: Course = { rows: [], finals: [], failures: [], checkpoint: undefined };
  let taken: Promise<void> | undefined;
  const trainer: Trainer = new Trainer(experiment, dataset, {
    activity: () => undefined,
    rows: (runId, rows) => {
      course.rows.push(...rows.map((row) => ({ runId, ...row })));
      if (taken || !rows.some(until)) return;
      taken = trainer.snapshot().then((checkpoint) => {
        course.checkpoint = checkpoint;
        trainer.stop();
      });
    },
    floors: () => undefined,
    finished: (_, final) => void course.finals.push(final),
    failed: (_, error) => void course.failures.push(error),
  });
  await trainer.train(from);
  await taken;
  return course;
}

/** Curves without times; time also decides the order of turns. */
const curve = (rows: Course["rows"], runId = "0-1") =>
  rows
    .filter((row) => row.runId === runId)
    .map(({ stage, step, macs, values: { imagesPerSecond: _, gpuBytes: __, ...values } }) => ({
      stage,
      step,
      macs,
      values,
    }));

/** The short suite runs only one of these cases on WebGPU. */
const elsewhere = isLong ? "webgpu" : backendOfTrials;

describe.each([
  ["offline, in the teacher's stage", "simdis-off", "teacher", 2, "webgpu"],
  ["offline, in the student's stage", "simdis-off", "student", 3, elsewhere],
  ["online", "simdis-on", "joint", 3, elsewhere],
  ["self-supervised alone", "byol", "student", 2, elsewhere],
  ["with a supervised teacher", "kd", "student", 1, elsewhere],
  ["after pretraining, in a follow-up stage", "ssld", "fineTune", 1, elsewhere],
] as const)("%s", (_, method, stage, step, backend) => {
  test("an interrupted training ends like an uninterrupted one", async () => {
    await startBackend(backend);
    const start = { from: "distilled", steps: 2 } as const;
    const more = { start, scheme: { method: "ssld", fineTune: 0.5 }, fixSteps: 1 } as const;
    const experiment = experimentOf([method === "ssld" ? more : { scheme: { method } }]);
    const whole = await train(experiment);
    expect(whole.failures).toEqual([]);
    const before = tf.memory().numTensors;
    const first = await train(experiment, undefined, (row) => row.stage === stage && row.step === step);
    expect(first.checkpoint).toBeDefined();
    const second = await train(experiment, first.checkpoint);
    expect(curve([...first.rows, ...second.rows])).toEqual(curve(whole.rows));
    expect(second.finals).toEqual(whole.finals);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test("runs that have ended stay ended, and the others continue", async () => {
  await startBackend(elsewhere);
  // With an evaluation at each step, turns have one step, so the shorter run ends when the longer one is at three quarters.
  const arms = [
    { scheme: { method: "supervised" as const }, steps: 2 },
    { scheme: { method: "byol" as const }, steps: 8 },
  ];
  const experiment = experimentOf(arms, 1);
  const whole = await train(experiment);
  const first = await train(experiment, undefined, ({ step }) => step === 6);
  expect(first.checkpoint?.ended).toEqual(["0-1"]);
  const second = await train(experiment, first.checkpoint);
  expect(second.finals).toEqual(whole.finals.slice(1));
  for (const runId of ["0-1", "1-1"]) {
    expect(curve([...first.rows, ...second.rows], runId)).toEqual(curve(whole.rows, runId));
  }
});

test("a checkpoint of another experiment is refused", async () => {
  await startBackend(elsewhere);
  const first = await train(
    experimentOf([{ scheme: { method: "byol" } }]),
    undefined,
    ({ step }) => step === 1,
  );
  const other = experimentOf([{ scheme: { method: "byol" }, student: { network: "R8", width: 0.25 } }]);
  await expect(train(other, first.checkpoint)).rejects.toThrow(StateMismatch);
});
