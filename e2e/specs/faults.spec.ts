import { expect, test } from "@playwright/test";
import { trainThrough } from "../faults/faulted-training";
import { addressOf } from "./tiny-experiments";

test("an experiment whose download breaks off, that is lost in its first stage and killed in its second, ends on the curve of one that was not", async ({
  baseURL,
}) => {
  // Twice through, with three starts of the browser in between; long enough for faults to meet a quick machine, too.
  test.setTimeout(900_000);
  const network = { network: "R8", width: 0.125 } as const;
  const arm = { student: network, teacher: network, steps: 120, teacherSteps: 120, name: "Offline" };
  const experiment = addressOf({
    dataset: { source: "files", resolution: 16 },
    evaluation: { everySteps: 40 },
    arms: [{ ...arm, scheme: { method: "simdis-off" } }],
  });
  const address = new URL(experiment, baseURL).href;
  const { outcome: expected } = await trainThrough(address, []);
  const { outcome, reports } = await trainThrough(address, [
    { kind: "download", stage: "images", at: 0.5, saved: false },
    { kind: "reload", stage: "teacher", at: 0.2, saved: true },
    { kind: "device", stage: "teacher", at: 0.4, saved: true },
    { kind: "quota", stage: "student", at: 0.1, saved: false },
    { kind: "kill", stage: "student", at: 0.3, saved: true },
  ]);
  expect(outcome).toBe(expected);
  expect(reports.map(({ recovery }) => recovery)).toEqual([
    "fetched on by the visitor",
    "continued by the visitor",
    "by itself",
    "not needed",
    "continued by the visitor",
  ]);
});
