import { beforeAll, expect, test } from "vitest";
import { startBackend } from "./device/start";
import { asFiles } from "./durability/weights-vault";
import { trainedOn } from "./exported-weights";
import { measureModel } from "./model-measures";
import { imagesFor, tiny, tinyExperiment, train } from "./training/training.test-support";
import { backendOfTrials } from "./training/trial-backend.test-support";

beforeAll(async () => void (await startBackend(backendOfTrials)));

test("exported networks are measured on held-out images, as they are and in 8 bits", async () => {
  const experiment = tinyExperiment({ arms: [{ ...tiny, scheme: { method: "kd" } }] });
  const dataset = await imagesFor(experiment);
  const { networks, finals } = await train(experiment, { dataset });
  const files = asFiles("0-1", networks.get("0-1") ?? [], trainedOn(experiment, dataset));
  const measured = await Promise.all(files.map((file) => measureModel(file, dataset)));
  expect(measured.map((one) => one?.role)).toEqual(["student", "teacher"]);
  const final = finals.get("0-1");
  expect(measured.map((one) => one?.whole.top1)).toEqual([final?.top1, final?.teacher?.top1]);
  for (const one of measured) {
    expect(one?.images).toBe(dataset.test.count);
    expect(one?.imageMs).toBeGreaterThan(0);
    expect(one?.int8.bytes).toBeLessThan(0.6 * (one?.whole.bytes ?? 0));
    expect(Math.abs((one?.int8.top1 ?? 1) - (one?.whole.top1 ?? 0))).toBeLessThanOrEqual(0.1);
  }
  // Other classes, or images of another size, would say nothing about it.
  const [file] = files;
  const others = { ...dataset, classNames: dataset.classNames.map((name) => `${name}s`) };
  expect(file && (await measureModel(file, others))).toBeUndefined();
});
