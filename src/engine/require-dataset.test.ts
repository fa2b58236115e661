import { expect, test } from "vitest";
import type { ExperimentInput } from "../protocol/experiment";
import { experimentOf } from "../protocol/valid-experiment.testing";
import type { Dataset, ImageSet } from "./dataset/dataset";
import { requireDataset } from "./require-dataset";

const images = (count: number): ImageSet => ({
  count,
  size: 1,
  channels: 1,
  pixels: new Uint8Array(count),
  labels: Int32Array.from({ length: count }, (_, i) => i % 2),
});

/** The result for an experiment with `count` imported training images: undefined, or the failure. */
function resultOf(input: ExperimentInput, count: number): unknown {
  const experiment = experimentOf({ dataset: { source: "files" }, ...input });
  const parts = { train: images(count), validation: images(2), test: images(2) };
  const dataset: Dataset = { name: "Pictures", classNames: ["a", "b"], hash: "", ...parts };
  try {
    requireDataset(experiment, { settings: experiment.dataset, dataset });
    return "fits";
  } catch (error) {
    return error;
  }
}

const moco: ExperimentInput = { arms: [{ name: "Lone", scheme: { method: "moco", queue: 128 } }] };

test("too few imported images for a batch or a queue are refused when training starts", () => {
  expect(resultOf({}, 64)).toBe("fits");
  expect(resultOf({}, 63)).toMatchObject({ failure: { kind: "dataset-unfit", field: "batchSize" } });
  expect(resultOf(moco, 256)).toBe("fits");
  expect(resultOf(moco, 255)).toMatchObject({
    failure: {
      field: "arms.0.scheme.queue",
      cause: expect.stringMatching(/“Lone” holds 128 .* half of the 255 training images/),
      action: expect.stringContaining("at most 127"),
    },
  });
});

test("images without labels do not count for queues", () => {
  const dataset = { source: "files", unlabelled: 0.5 } as const;
  expect(resultOf({ ...moco, dataset }, 512)).toBe("fits");
  expect(resultOf({ ...moco, dataset }, 500)).toMatchObject({ failure: { kind: "dataset-unfit" } });
});

test("images other than the experiment's are refused", () => {
  const experiment = experimentOf({ dataset: { source: "files" } });
  expect(() => requireDataset(experiment, undefined)).toThrow(/not/);
});
