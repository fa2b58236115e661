import type { Experiment } from "../../protocol/experiment";
import { methodOf } from "../../protocol/schemes";
import type { Dataset, ImageSet } from "../dataset/dataset";
import { concatenated, type PartlyLabeled, subset } from "../dataset/unlabeled";
import type { DatasetParts } from "../evaluation/evaluator";
import type { NamedNumbers } from "../networks/parameters";
import { StepInputs } from "../optimizers/step-inputs";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";
import { drawForeign, uploadForeign } from "./images/foreign-images";
import { disposeImages, drawPretrainingImages } from "./images/pretraining-images";
import { duplicatesAmong } from "./images/unlabeled-pool";
import type { RunContext } from "./run-context";
import { loadStartFiles } from "./start";
import { ModelTeachers, type OpenModel } from "./teachers/model-teachers";

/** The context that all runs of an experiment share, with a function that releases it. */
export interface OpenContext {
  readonly context: RunContext;
  dispose(): void;
}

/** Uploads the experiment's images, and draws and uploads the other images that its arms use. */
export async function openContext(
  experiment: Experiment,
  { train, validation, test, classNames }: Dataset,
  { labeled, unlabeled }: PartlyLabeled,
): Promise<OpenContext> {
  const drawn = await drawForeign(experiment, train);
  const normalization = normalizationOf(labeled);
  const resident = (set: typeof labeled) => ResidentImages.upload(set, normalization);
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

/** Where a training finds what its experiment names by a hash. */
export interface Stored {
  readonly findWeights?: (hash: string) => Promise<readonly NamedNumbers[] | undefined>;
  readonly openModel?: OpenModel;
}

/**
 * Opens a context with the files of weights and the models that arms name.
 *
 * @param fitting called before a head is fitted to a model, which can take long
 */
export async function openStored(
  experiment: Experiment,
  dataset: Dataset,
  parted: PartlyLabeled,
  { findWeights, openModel }: Stored,
  fitting?: () => void,
): Promise<OpenContext> {
  const opened = await openContext(experiment, dataset, parted);
  try {
    const files = await loadStartFiles(experiment, findWeights);
    const models = await ModelTeachers.open(experiment, opened.context, openModel, fitting);
    const dispose = () => {
      void models.release();
      opened.dispose();
    };
    return { context: { ...opened.context, files, models }, dispose };
  } catch (error) {
    opened.dispose();
    throw error;
  }
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
