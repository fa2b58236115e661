import { expect, test } from "vitest";
import type { ExperimentInput } from "../protocol/experiment";
import { experimentOf } from "../protocol/valid-experiment.testing";
import { startBackend } from "./device/start";
import { decodeSafetensors } from "./interchange/safetensors";
import { loadDataset } from "./loaded-dataset";
import { traceArms } from "./traced-arms";

const network = { network: "R8", width: 0.125 } as const;
const input: ExperimentInput = {
  dataset: { source: "shapes", train: 60, test: 20 },
  batchSize: 8,
  arms: [
    { name: "KD", scheme: { method: "kd" }, student: network, teacher: network, steps: 9 },
    { name: "DINO", scheme: { method: "dino" }, student: network, steps: 9 },
    { name: "BYOL", scheme: { method: "byol" }, student: network, steps: 9 },
    { name: "MoCo-v2", scheme: { method: "moco", queue: 16, normGroups: 2 }, student: network, steps: 9 },
  ],
};

test("arms that PyTorch trains are traced, on the backend that is running; the others are left out", async () => {
  await startBackend("wasm");
  const experiment = experimentOf(input);
  const { signal } = new AbortController();
  const settings = experiment.dataset as Extract<typeof experiment.dataset, { source: "shapes" }>;
  const loaded = await loadDataset({ type: "load-drawn", settings }, { signal });
  const traced = await traceArms(experiment, loaded, 2, signal);
  expect(traced.map(({ arm }) => arm)).toEqual([0, 2, 3]);
  for (const { index, start } of traced) {
    const { steps } = JSON.parse(index) as { steps: readonly { losses: Record<string, number> }[] };
    expect(steps.map(({ losses }) => Number.isFinite(losses["studentLoss"]))).toEqual([true, true]);
    const names = decodeSafetensors(start).tensors.map(({ name }) => name);
    expect(names.every((name) => name.startsWith("before/"))).toBe(true);
    expect(names.some((name) => name.endsWith("stem/filter"))).toBe(true);
  }
});
