import { beforeAll, expect, test } from "vitest";
import type { Dataset, ImageSet } from "../dataset/dataset";
import { drawDataset } from "../dataset/drawing/draw-dataset";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { Backbone } from "../networks/backbone";
import { planEncoder } from "../networks/encoders";
import { coursesOf, imagesFor, ofStage, tiny, tinyExperiment } from "../training/training.test-support";
import { backendOfTrials } from "../training/trial-backend.test-support";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";
import { topKAccuracy } from "./classification";
import { Evaluator } from "./evaluator";
import { knnVotes } from "./knn";

beforeAll(async () => void (await startBackend(backendOfTrials)));

const onValidation = { everySteps: 2, part: "validation", probe: "ridge" } as const;
const trained = tinyExperiment({
  evaluation: onValidation,
  arms: [
    { ...tiny, steps: 5, scheme: { method: "supervised" }, optimiser: { learningRate: 0.3 } },
    { ...tiny, steps: 4, scheme: { method: "simdis-on" } },
  ],
});

/** Other labels on the same images. */
const relabeled = (set: ImageSet): ImageSet => ({
  ...set,
  labels: set.labels.map((label) => (label + 1) % 10),
});

test("curves depend on validation images alone, final figures on test images, and the choice of the best on the curves", async () => {
  const dataset = await imagesFor(trained);
  const plain = await coursesOf(trained, { dataset });
  const other = await coursesOf(trained, { dataset: { ...dataset, test: relabeled(dataset.test) } });
  const moved = await coursesOf(trained, {
    dataset: { ...dataset, validation: relabeled(dataset.validation) },
  });
  for (const [arm, course] of plain.entries()) {
    const accuracies = (one = course) =>
      one.rows.map(({ values: { knnTop1, probeTop1, top1, teacherKnnTop1 } }) => [
        knnTop1,
        probeTop1,
        top1,
        teacherKnnTop1,
      ]);
    expect(accuracies(other[arm])).toEqual(accuracies());
    expect(accuracies(moved[arm])).not.toEqual(accuracies());
    const { best: _, ...last } = course.final;
    const { best: __, ...lastMoved } = moved[arm]?.final ?? {};
    expect(lastMoved).toEqual(last);
    expect(other[arm]?.final.linearTop1).not.toBe(last.linearTop1);
    // The first of the highest points after the first step: by the own classifier or, without one, by kNN.
    const stage = arm === 0 ? "student" : "joint";
    const points = ofStage(course, stage).flatMap(({ step, values: { top1, knnTop1 } }) => {
      const score = top1 ?? knnTop1;
      return score === undefined || step === 0 ? [] : [{ step, score }];
    });
    const highest = points.reduce((best, point) => (point.score > best.score ? point : best));
    expect(course.final.best?.step).toBe(highest.step);
    expect(course.final.top1 === undefined).toBe(arm === 1);
    expect(other[arm]?.final.best?.step).toBe(highest.step);
  }
});

test("the best network's test figures are those of a training that ends there", async () => {
  const [course] = await coursesOf({ ...trained, arms: trained.arms.slice(0, 1) });
  const { best } = course?.final ?? {};
  expect(best?.step).toBeGreaterThan(0);
  const [first] = trained.arms;
  if (!best || !first) return expect.unreachable("nothing was trained");
  // With a constant rate, a shorter training takes the same steps.
  const constant = { ...first, schedule: "constant", warmup: 0 } as const;
  const [long] = await coursesOf({ ...trained, arms: [constant] });
  const at = long?.final.best;
  if (!at) return expect.unreachable("nothing was kept");
  const [short] = await coursesOf({ ...trained, arms: [{ ...constant, steps: at.step }] });
  const { best: _, ...last } = short?.final ?? {};
  expect({ step: at.step, ...last }).toMatchObject(at);
});

test("pixels are measured on as many images as what they stand beside: curves on some, final figures on all", async () => {
  const options = { seed: 3, size: 16, difficulty: "easy", train: 2_300, validation: 60, test: 50 } as const;
  const dataset = await drawDataset("shapes", options);
  const normalization = normalizationOf(dataset.train);
  const upload = (set: ImageSet) => ResidentImages.upload(set, normalization);
  const [train, validation, held] = [dataset.train, dataset.validation, dataset.test].map(upload) as [
    ResidentImages,
    ResidentImages,
    ResidentImages,
  ];
  const settings = { ...trained.evaluation, knnNeighbours: 1 };
  const evaluator = new Evaluator({ train, validation, test: held, classes: 10 }, settings, 1, 50);
  const untrained = Backbone.create(planEncoder("R8", 0.125), undefined, randomFor(1, Purpose.test));
  const encoders = { untrained, calibrated: evaluator.calibrated(untrained) };
  const live = await evaluator.floors(encoders);
  const { final } = await evaluator.finalFloors(encoders);
  // One neighbor of all training images, without any sampling.
  expect(final.pixels.knnTop1).toBeCloseTo(accuracyOfPixels(dataset, dataset.test), 6);
  // Encoders by the same linear classifier as students.
  expect(live.untrained.probeTop1).toBeGreaterThan(0);
  expect(final.untrained.probeTop1).toBe((await evaluator.final(untrained)).linearTop1);
  const asStudent = await evaluator.live(untrained);
  const { knnTop1, probeTop1 } = asStudent;
  expect(live.untrained).toMatchObject({ knnTop1, probeTop1 });
  for (const encoder of Object.values(encoders)) encoder.dispose();
  for (const one of [train, validation, held]) one.dispose();
});

/** kNN with one neighbor on normalized pixels, in plain arithmetic. */
function accuracyOfPixels({ train }: Dataset, held: ImageSet): number {
  const { mean, std } = normalizationOf(train);
  const rows = ({ pixels, channels }: ImageSet) =>
    Float32Array.from(pixels, (byte, i) => {
      const channel = i % channels;
      return (byte / 255 - (mean[channel] as number)) / (std[channel] as number);
    });
  const options = { neighbors: 1, temperature: 0.07, classes: 10 };
  const votes = knnVotes({ features: rows(train), labels: train.labels }, rows(held), options);
  return topKAccuracy(votes, held.labels, 1);
}
