import { withholdLabels } from "../../../src/engine/dataset/unlabeled.ts";
import { startBackend } from "../../../src/engine/device/start.ts";
import { encodeSafetensors } from "../../../src/engine/interchange/safetensors.ts";
import { loadDataset } from "../../../src/engine/loaded-dataset.ts";
import { openContext } from "../../../src/engine/training/open-context.ts";
import { traceRun } from "../../../src/engine/training/trace.ts";
import type { Experiment } from "../../../src/protocol/experiment.ts";

export interface TracedArm {
  /** The file's bytes in base64, to be passed from page to runner. */
  readonly safetensors: string;
  readonly index: string;
}

declare global {
  var traceArm: (experiment: Experiment, arm: number, seed: number, steps: number) => Promise<TracedArm>;
}

globalThis.traceArm = async (experiment, arm, seed, steps) => {
  const settings = experiment.dataset;
  if (settings.source === "files") throw new Error("Only experiments on the built-in images can be traced.");
  await startBackend("webgpu");
  const request = { type: "load-drawn", settings } as const;
  const { dataset } = await loadDataset(request, {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const parted = withholdLabels(dataset.train, dataset.classNames.length, settings.unlabelled, settings.seed);
  const { context } = await openContext(experiment, dataset, parted);
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
