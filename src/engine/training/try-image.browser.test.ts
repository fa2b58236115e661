import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Tried } from "../../protocol/tried";
import { imageBytes } from "../dataset/dataset";
import { rgbaOf } from "../dataset/gallery";
import { startBackend } from "../device/start";
import { curveOf, imagesFor, tiny, tinyExperiment, train } from "./training.test-support";
import { backendOfTrials } from "./trial-backend.test-support";
import { imageToTry } from "./try-image";

beforeAll(async () => void (await startBackend(backendOfTrials)));

const experiment = tinyExperiment({
  arms: [
    { ...tiny, name: "KD", scheme: { method: "kd" } },
    { ...tiny, name: "Off", scheme: { method: "simdis-off" } },
  ],
});

/** A picture as a file, without loss. */
async function pngOf(rgba: Uint8ClampedArray<ArrayBuffer>, size: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(size, size);
  canvas.getContext("2d")?.putImageData(new ImageData(rgba, size, size), 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}

test("asking the networks while they train changes no bit of the curves, and leaks nothing", async () => {
  const dataset = await imagesFor(experiment);
  const alone = await train(experiment, { dataset });
  const tensors = tf.memory().numTensors;
  const answers: Promise<Tried>[] = [];
  const asked = await train(experiment, {
    dataset,
    during: (trainer, { step }) => {
      if (step % 2 === 0) answers.push(trainer.tryImage({ runId: "0-1", image: { index: step } }));
    },
  });
  const tried = await Promise.all(answers.map((answer) => answer.catch(() => undefined)));
  expect(tried.filter((one) => one !== undefined).length).toBeGreaterThan(2);
  for (const runId of ["0-1", "1-1"]) {
    expect(curveOf(asked.rows.get(runId))).toEqual(curveOf(alone.rows.get(runId)));
  }
  expect(asked.finals.get("0-1")?.knnTop1).toBe(alone.finals.get("0-1")?.knnTop1);
  expect(tf.memory().numTensors).toBe(tensors);
});

test("all three networks answer, each with shares of all classes, its time and its size", async () => {
  const dataset = await imagesFor(experiment);
  const { trainer } = await train(experiment, { dataset, holdsNetworks: true });
  const image = await pngOf(rgbaOf(dataset.test, 3), dataset.test.size);
  for (const [runId, by] of [
    ["0-1", "classifier"],
    ["1-1", "neighbors"],
  ] as const) {
    const { answers, seen, stage } = await trainer.tryImage({ runId, image });
    expect(stage).toBe("student");
    expect(seen).toMatchObject({ count: 1, size: dataset.test.size });
    expect(answers.map(({ role }) => role)).toEqual(["student", "teacher", "untrained"]);
    expect(answers.map((answer) => answer.by)).toEqual([by, by, "neighbors"]);
    for (const { shares, imageMs, bytes, neighbors } of answers) {
      expect(shares).toHaveLength(dataset.classNames.length);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
      expect(imageMs).toBeGreaterThan(0);
      expect(bytes).toBeGreaterThan(4 * 1_000);
      const cosines = neighbors?.map(({ cosine }) => cosine) ?? [];
      expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
    }
    // A file with a test image's pixels is answered like that image.
    const known = await trainer.tryImage({ runId, image: { index: 3 } });
    expect(known.label).toBe(dataset.test.labels[3]);
    expect(known.answers.map(({ shares }) => shares)).toEqual(answers.map(({ shares }) => shares));
  }
  await trainer.release();
  await expect(trainer.tryImage({ runId: "0-1", image })).rejects.toThrow();
});

test("a file is prepared to the byte as a dataset's files are, and one that is no image is refused", async () => {
  const dataset = await imagesFor(experiment);
  const { test: part } = dataset;
  const found = await imageToTry(await pngOf(rgbaOf(part, 5), part.size), dataset, 16);
  const bytes = imageBytes(part);
  expect(found.pixels).toEqual(part.pixels.slice(5 * bytes, 6 * bytes));
  await expect(imageToTry(new Blob(["no image"]), dataset, 16)).rejects.toThrow(/not an image/i);
  await expect(imageToTry({ index: part.count }, dataset, 16)).rejects.toThrow(RangeError);
});
