import { keepsAnswers, type NotKept } from "../../protocol/answers";
import type { Experiment } from "../../protocol/experiment";
import { methodOf } from "../../protocol/schemes";
import type { Dataset, ImageSet } from "../dataset/dataset";
import { shrunk } from "../dataset/pixels/shrunk";
import { concatenated, type PartlyLabeled, subset } from "../dataset/unlabeled";
import type { DatasetParts } from "../evaluation/evaluator";
import type { NamedNumbers } from "../networks/parameters";
import { StepInputs } from "../optimizers/step-inputs";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";
import type { AnswerFiles } from "./answers/answer-book";
import { Library } from "./answers/library";
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

/** Where a training finds what its experiment names by a hash. */
export interface Stored {
  readonly findWeights?: (hash: string) => Promise<readonly NamedNumbers[] | undefined>;
  readonly openModel?: OpenModel;
  /** Opens the files of frozen teachers' answers; undefined if there can be none. */
  readonly openAnswerFiles?: () => Promise<AnswerFiles | undefined>;
}

/** What is told while a context is opened or in use. */
export interface Told {
  /** Called before a head is fitted to a model, which can take long. */
  readonly fitting?: () => void;
  /** Called once, when a frozen teacher's answers cannot be kept. */
  readonly notKept?: (why: NotKept) => void;
}

/** Opens a context with the files of weights, the models and the kept answers that arms name. */
export async function openStored(
  experiment: Experiment,
  dataset: Dataset,
  parted: PartlyLabeled,
  { findWeights, openModel, openAnswerFiles }: Stored,
  { fitting, notKept }: Told = {},
): Promise<OpenContext> {
  const opened = await openContext(experiment, dataset, parted);
  try {
    const files = await loadStartFiles(experiment, findWeights);
    const models = await ModelTeachers.open(
      experiment,
      opened.context,
      dataset.classNames,
      openModel,
      fitting,
    );
    const dispose = () => {
      void models.release();
      opened.dispose();
    };
    const library = experiment.arms.some(keepsAnswers)
      ? new Library(await openAnswerFiles?.(), notKept)
      : undefined;
    return { context: { ...opened.context, files, models, ...(library && { library }) }, dispose };
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
