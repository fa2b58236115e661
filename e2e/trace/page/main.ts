import { startBackend } from "../../../src/engine/backend.ts";
import { loadDataset } from "../../../src/engine/loaded-dataset.ts";
import type { RunContext } from "../../../src/engine/training/run-context.ts";
import { encodeSafetensors } from "../../../src/engine/training/safetensors.ts";
import { StepInputs } from "../../../src/engine/training/step-inputs.ts";
import { traceRun } from "../../../src/engine/training/trace.ts";
import { normalisationOf } from "../../../src/engine/views/normalisation.ts";
import { ResidentImages } from "../../../src/engine/views/resident-images.ts";
import type { Experiment } from "../../../src/protocol/experiment.ts";

export interface TracedArm {
  /** The file's bytes, in base 64: what crosses from page to runner. */
  readonly safetensors: string;
  readonly index: string;
}

declare global {
  var traceArm: (experiment: Experiment, arm: number, seed: number, steps: number) => Promise<TracedArm>;
}

globalThis.traceArm = async (experiment, arm, seed, steps) => {
  const settings = experiment.dataset;
  if (settings.source !== "shapes") throw new Error("Only experiments on the built-in Shapes can be traced.");
  await startBackend("webgpu");
  const request = { type: "load-shapes", settings } as const;
  const { dataset } = await loadDataset(request, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const normalisation = normalisationOf(dataset.train);
  const parts = {
    train: ResidentImages.upload(dataset.train, normalisation),
    validation: ResidentImages.upload(dataset.validation, normalisation),
    test: ResidentImages.upload(dataset.test, normalisation),
    classes: dataset.classNames.length,
  };
  const context: RunContext = { experiment, parts, inputs: new StepInputs(experiment.batchSize) };
  const { tensors, index } = await traceRun(context, arm, seed, steps);
  return { safetensors: base64Of(encodeSafetensors(tensors)), index: JSON.stringify(index, null, 2) };
};

const chunk = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += chunk) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk));
  }
  return btoa(binary);
}
