import { expect, test } from "vitest";
import { Purpose, randomFor } from "../math/random";
import type { LabeledFeatures } from "./knn";
import { linearProbe, linearProbeDefaults } from "./linear-probe";

const dimension = 8;
const classes = 4;
const options = { ...linearProbeDefaults, classes, seed: 1, batchSize: 64 };

/** Gaussian clouds around one corner per class; `distance` 0 leaves nothing to learn. */
function clouds(count: number, distance: number, stream: number): LabeledFeatures {
  const features = randomFor(7, Purpose.test).normals(count * dimension, stream);
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes);
  for (const [i, label] of labels.entries()) {
    features[i * dimension + label] = (features[i * dimension + label] as number) + distance;
  }
  return { features, labels };
}

const parts = (distance: number) => ({
  train: clouds(800, distance, 1),
  validation: clouds(200, distance, 2),
  test: clouds(400, distance, 3),
});

test("distant clouds are separated, and coincident clouds are not", () => {
  expect(linearProbe(parts(6), options).testTop1).toBeGreaterThan(0.98);
  // Chance is 1/4; its standard error on 400 images is 2 percentage points.
  expect(Math.abs(linearProbe(parts(0), options).testTop1 - 1 / classes)).toBeLessThan(0.1);
});

test("the rate is the best of the sweep on validation, the earlier one among equals", () => {
  const { sweep, learningRate, validationTop1 } = linearProbe(parts(2), options);
  expect(sweep.map((entry) => entry.learningRate)).toEqual(options.learningRates);
  const best = Math.max(...sweep.map((entry) => entry.validationTop1));
  expect(validationTop1).toBe(best);
  expect(learningRate).toBe(sweep.find((entry) => entry.validationTop1 === best)?.learningRate);
});

test("test labels do not change what is learned", () => {
  const given = parts(2);
  const relabeled = {
    ...given,
    test: { ...given.test, labels: Array.from(given.test.labels, (x) => (x + 1) % classes) },
  };
  expect(linearProbe(relabeled, options).testScores).toEqual(linearProbe(given, options).testScores);
});

test("features are taken as they are: a rate that is enough for large ones is too low for small ones", () => {
  const given = parts(3);
  const atLowestRate = (scale: number) => {
    const scaled = ({ features, labels }: LabeledFeatures) => ({
      labels,
      // Far from zero, as features after a ReLU are.
      features: features.map((x) => scale * (x + 4)),
    });
    const { train, validation, test: held } = given;
    const scaledParts = { train: scaled(train), validation: scaled(validation), test: scaled(held) };
    return linearProbe(scaledParts, options).sweep[0]?.validationTop1 ?? Number.NaN;
  };
  expect(atLowestRate(3)).toBeGreaterThan(atLowestRate(0.03) + 0.1);
});

test("the same seed gives the same scores", () => {
  expect(linearProbe(parts(2), options)).toEqual(linearProbe(parts(2), options));
});

test("an empty part and an empty sweep are refused by name", () => {
  const empty = { features: new Float32Array(), labels: [] };
  expect(() => linearProbe({ ...parts(1), validation: empty }, options)).toThrow(/validation part/);
  expect(() => linearProbe(parts(1), { ...options, learningRates: [] })).toThrow(/learning rate/);
});
