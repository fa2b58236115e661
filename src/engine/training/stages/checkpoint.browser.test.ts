/** The law of checkpoints: an interrupted curve equals an uninterrupted one, bit for bit. */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import type { Experiment, ExperimentInput } from "../../../protocol/experiment";
import type { MetricRow } from "../../../protocol/metrics/metrics";
import { startBackend } from "../../device/start";
import { isLong } from "../../test-size.test-support";
import { type ArmInput, curveOf, type Training, tiny, tinyExperiment, train } from "../training.test-support";
import { backendOfTrials } from "../trial-backend.test-support";
import type { TrainingCheckpoint } from "./checkpoint";
import { StateMismatch } from "./state-tensors";

/** With a fitted linear classifier, and the best network kept from the first evaluation on. */
const onValidation = { everySteps: 1, part: "validation", probe: "ridge" } as const;

const experimentWith = (
  arms: readonly ArmInput[],
  evaluation: ExperimentInput["evaluation"] = { everySteps: 3 },
) => tinyExperiment({ evaluation, arms: arms.map((arm) => ({ ...tiny, ...arm })) });

/** Trains until a row matches, takes a checkpoint there and stops; or trains to the end. */
async function trainUntil(
  experiment: Experiment,
  until: (row: MetricRow) => boolean,
): Promise<Training & { readonly checkpoint: TrainingCheckpoint | undefined }> {
  let checkpoint: TrainingCheckpoint | undefined;
  let taken: Promise<void> | undefined;
  const training = await train(experiment, {
    during: (trainer, row) => {
      if (taken || !until(row)) return;
      taken = trainer.snapshot().then((found) => {
        checkpoint = found;
        trainer.stop();
      });
    },
  });
  await taken;
  return { ...training, checkpoint };
}

/** The whole curve of a run, from consecutive trainings. */
const curve = (trainings: readonly Training[], runId = "0-1") =>
  curveOf(trainings.flatMap(({ rows }) => rows.get(runId) ?? []));

/** The short suite runs only one of these cases on WebGPU. */
const elsewhere = isLong ? "webgpu" : backendOfTrials;

describe.each([
  ["offline, in the teacher's stage", "simdis-off", "teacher", 2, elsewhere, undefined],
  ["offline, in the student's stage", "simdis-off", "student", 3, elsewhere, undefined],
  ["online", "simdis-on", "joint", 3, elsewhere, undefined],
  ["self-supervised alone", "byol", "student", 2, "webgpu", undefined],
  ["with a supervised teacher", "kd", "student", 1, elsewhere, onValidation],
  ["after pretraining, in a follow-up stage", "ssld", "fineTune", 1, elsewhere, onValidation],
] as const)("%s", (_, method, stage, step, backend, evaluation) => {
  test("an interrupted training ends like an uninterrupted one", async () => {
    await startBackend(backend);
    const start = { from: "distilled", steps: 2 } as const;
    const more = { start, scheme: { method: "ssld", fineTune: 0.5 }, fixSteps: 1 } as const;
    const experiment = experimentWith([method === "ssld" ? more : { scheme: { method } }], evaluation);
    const whole = await train(experiment);
    expect(whole.failures).toEqual([]);
    const before = tf.memory().numTensors;
    const first = await trainUntil(experiment, (row) => row.stage === stage && row.step === step);
    expect(first.checkpoint).toBeDefined();
    const second = await train(experiment, { from: first.checkpoint });
    expect(curve([first, second])).toEqual(curve([whole]));
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
  const experiment = experimentWith(arms, { everySteps: 1 });
  const whole = await train(experiment);
  const first = await trainUntil(experiment, ({ step }) => step === 6);
  expect(first.checkpoint?.ended).toEqual(["0-1"]);
  const second = await train(experiment, { from: first.checkpoint });
  expect([...second.finals.values()]).toEqual([...whole.finals.values()].slice(1));
  for (const runId of ["0-1", "1-1"]) {
    expect(curve([first, second], runId)).toEqual(curve([whole], runId));
  }
});

test("a checkpoint of another experiment is refused", async () => {
  await startBackend(elsewhere);
  const first = await trainUntil(experimentWith([{ scheme: { method: "byol" } }]), ({ step }) => step === 1);
  const other = experimentWith([{ scheme: { method: "byol" }, student: { network: "R8", width: 0.25 } }]);
  await expect(train(other, { from: first.checkpoint })).rejects.toThrow(StateMismatch);
});
