import { expect, test } from "vitest";
import type { ExperimentInput } from "../protocol/experiment";
import { parseExperiment } from "../protocol/problems";
import type { Dataset, ImageSet } from "./dataset/dataset";
import { fitting } from "./require-dataset";

const images = (count: number): ImageSet => ({
  count,
  size: 1,
  channels: 1,
  pixels: new Uint8Array(count),
  labels: Int32Array.from({ length: count }, (_, i) => i % 2),
});

/** What is said of an experiment on so many training images of files. */
function saidOf(input: ExperimentInput, count: number): unknown {
  const parsed = parseExperiment({ dataset: { source: "files" }, ...input });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { experiment } = parsed;
  const parts = { train: images(count), validation: images(2), test: images(2) };
  const dataset: Dataset = { name: "Pictures", classNames: ["a", "b"], hash: "", ...parts };
  try {
    fitting(experiment, { settings: experiment.dataset, dataset });
    return "fits";
  } catch (error) {
    return error;
  }
}

const moco: ExperimentInput = { arms: [{ name: "Lone", scheme: { method: "moco", queue: 128 } }] };

test("files that are too few for a batch, or for a queue, are refused where training would begin", () => {
  expect(saidOf({}, 64)).toBe("fits");
  expect(saidOf({}, 63)).toMatchObject({ failure: { kind: "dataset-unfit", field: "batchSize" } });
  expect(saidOf(moco, 256)).toBe("fits");
  expect(saidOf(moco, 255)).toMatchObject({
    failure: {
      field: "arms.0.scheme.queue",
      cause: expect.stringMatching(/“Lone” holds 128 .* half of the 255 training images/),
      action: expect.stringContaining("at most 127"),
    },
  });
});

test("images whose labels are withheld do not count: they are not what a queue holds", () => {
  const dataset = { source: "files", unlabelled: 0.5 } as const;
  expect(saidOf({ ...moco, dataset }, 512)).toBe("fits");
  expect(saidOf({ ...moco, dataset }, 500)).toMatchObject({ failure: { kind: "dataset-unfit" } });
});

test("other images than the experiment's are none", () => {
  const parsed = parseExperiment({ dataset: { source: "files" } });
  if (!parsed.ok) throw new Error("the experiment is valid");
  expect(() => fitting(parsed.experiment, undefined)).toThrow(/not/);
});
