import { expect, test } from "@playwright/test";
import { isLong } from "../commands/test-size";
import { trainThrough } from "../faults/faulted-training";
import type { Fault } from "../faults/schedule";
import { addressOf, smallest } from "../fixtures/tiny-experiments";

/** The backend and the number of steps, large enough for faults to happen during training on a fast machine. */
const [backend, steps] = isLong ? (["webgpu", 120] as const) : (["wasm", 1_200] as const);

/** In the long suite the GPU device is lost; the short suite, which has none, loses the worker. */
const lostDevice: readonly Fault[] = isLong
  ? [{ kind: "device", stage: "teacher", at: 0.4, saved: true }]
  : [{ kind: "worker", stage: "teacher", at: 0.4, saved: true }];

test("an experiment with an interrupted download, a fault in its first stage and a killed browser in its second ends with the curve of an undisturbed one", async ({
  baseURL,
}) => {
  // Two complete trainings and three browser starts.
  test.setTimeout(900_000);
  const arm = { student: smallest, teacher: smallest, steps, teacherSteps: steps, name: "Offline" };
  const experiment = addressOf(
    {
      dataset: { source: "files", resolution: 16 },
      evaluation: { everySteps: Math.ceil(steps / 3) },
      arms: [{ ...arm, scheme: { method: "simdis-off" } }],
    },
    backend,
  );
  const address = new URL(experiment, baseURL).href;
  const { outcome: expected } = await trainThrough(address, []);
  const { outcome, reports } = await trainThrough(address, [
    { kind: "download", stage: "images", at: 0.5, saved: false },
    { kind: "reload", stage: "teacher", at: 0.2, saved: true },
    ...lostDevice,
    { kind: "quota", stage: "student", at: 0.1, saved: false },
    { kind: "kill", stage: "student", at: 0.3, saved: true },
  ]);
  expect(outcome).toBe(expected);
  expect(reports.map(({ recovery }) => recovery)).toEqual([
    "download resumed by the visitor",
    "resumed by the visitor",
    "automatic",
    "not needed",
    "resumed by the visitor",
  ]);
});
