import type { Experiment } from "../../protocol/experiment";
import { methodOf } from "../../protocol/schemes";
import type { Dataset, ImageSet } from "../dataset/dataset";
import { shrunk } from "../dataset/pixels/shrunk";
import { concatenated, type PartlyLabeled, subset } from "../dataset/unlabeled";
import type { DatasetParts } from "../evaluation/evaluator";
import { StepInputs } from "../optimizers/step-inputs";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";
import { drawForeign, uploadForeign } from "./images/foreign-images";
import { disposeImages, drawPretrainingImages } from "./images/pretraining-images";
import { duplicatesAmong } from "./images/unlabeled-pool";
import type { RunContext } from "./run-context";

/** The context that all runs of an experiment share, with a function that releases it. */
export interface OpenContext {
  readonly context: RunContext;
  dispose(): void;
}

/** Uploads the experiment's images, and draws and uploads the other images that its arms use. */
export async function openContext(
  experiment: Experiment,
  { train, validation, test, classNames }: Dataset,
  given: PartlyLabeled,
): Promise<OpenContext> {
  const { resolution } = experiment.dataset;
  const labeled = shrunk(given.labeled, resolution);
  const unlabeled = given.unlabeled && shrunk(given.unlabeled, resolution);
  const drawn = await drawForeign(experiment, { ...labeled, count: train.count });
  const normalization = normalizationOf(labeled);
  const resident = (set: typeof labeled) => ResidentImages.upload(shrunk(set, resolution), normalization);
  const parts = {
    train: resident(labeled),
    validation: resident(validation),
    test: resident(test),
    classes: classNames.length,
  };
  const foreign = uploadForeign(drawn, parts.train);
  const withUnlabeled = withUnlabeledImages(experiment, parts, unlabeled);
  const inputs = new StepInputs(experiment.batchSize);
  const pretraining = await drawPretrainingImages(experiment, labeled);
  return {
    context: {
      experiment,
      parts,
      inputs,
      pretraining,
      foreign,
      unlabeled,
      ...(withUnlabeled && { withUnlabeled }),
    },
    dispose: () => {
      withUnlabeled?.dispose();
      inputs.dispose();
      for (const images of [parts, ...pretraining.values()]) disposeImages(images);
      for (const images of foreign.values()) images.dispose();
    },
  };
}

/**
 * Uploads labeled and unlabeled images together, without duplicates of held-out ones, if the experiment's
 * self-supervised schemes use unlabeled images; undefined otherwise.
 */
function withUnlabeledImages(
  { dataset, arms }: Experiment,
  { train, validation, test }: DatasetParts,
  unlabeled: ImageSet | undefined,
): ResidentImages | undefined {
  const wanted = arms.some(({ scheme, start }) => !methodOf(scheme).needsLabels || start.from === "byol");
  if (!unlabeled || dataset.unlabelledFor === "pools" || !wanted) return undefined;
  const isDuplicate = duplicatesAmong(unlabeled, [validation.set, test.set]);
  const own = [...isDuplicate.keys()].filter((image) => !isDuplicate[image]);
  return ResidentImages.upload(concatenated(train.set, subset(unlabeled, own)), train.normalization);
}
