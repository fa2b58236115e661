import { expect, test } from "@playwright/test";
import { isLong } from "../commands/test-size";
import { trainThrough } from "../faults/faulted-training";
import type { Fault } from "../faults/schedule";
import { addressOf, smallest } from "../fixtures/tiny-experiments";

/** Where it trains, and for how long: faults have to meet a quick machine, too. */
const [backend, steps] = isLong ? (["webgpu", 120] as const) : (["wasm", 300] as const);

/** A GPU can be lost where there is one. */
const lostDevice: readonly Fault[] = isLong
  ? [{ kind: "device", stage: "teacher", at: 0.4, saved: true }]
  : [{ kind: "worker", stage: "teacher", at: 0.4, saved: true }];

test("an experiment whose download breaks off, that is lost in its first stage and killed in its second, ends on the curve of one that was not", async ({
  baseURL,
}) => {
  // Twice through, with three starts of the browser in between.
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
