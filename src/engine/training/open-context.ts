import type { Experiment } from "../../protocol/experiment";
import { methodOf } from "../../protocol/schemes";
import type { Dataset, ImageSet } from "../dataset/dataset";
import { concatenated, type PartlyLabelled, subset } from "../dataset/unlabelled";
import type { DatasetParts } from "../evaluation/evaluator";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";
import { drawForeign, uploadForeign } from "./foreign-images";
import { disposeImages, drawFurtherImages } from "./pretraining-images";
import type { RunContext } from "./run-context";
import { StepInputs } from "./step-inputs";
import { duplicatesAmong } from "./unlabeled-pool";

/** What all runs of an experiment share, and what releases it. */
export interface OpenContext {
  readonly context: RunContext;
  dispose(): void;
}

/** Draws what the experiment's arms ask for beside its own images, and brings all of it to where it is trained on. */
export async function openContext(
  experiment: Experiment,
  { train, validation, test, classNames }: Dataset,
  { labelled, unlabelled }: PartlyLabelled,
): Promise<OpenContext> {
  const drawn = await drawForeign(experiment, train);
  const normalization = normalizationOf(labelled);
  const resident = (set: typeof labelled) => ResidentImages.upload(set, normalization);
  const parts = {
    train: resident(labelled),
    validation: resident(validation),
    test: resident(test),
    classes: classNames.length,
  };
  const foreign = uploadForeign(drawn, parts.train);
  const everything = everythingOf(experiment, parts, unlabelled);
  const inputs = new StepInputs(experiment.batchSize);
  const further = await drawFurtherImages(experiment, labelled);
  return {
    context: { experiment, parts, inputs, further, foreign, unlabelled, ...(everything && { everything }) },
    dispose: () => {
      everything?.dispose();
      inputs.dispose();
      for (const images of [parts, ...further.values()]) disposeImages(images);
      for (const images of foreign.values()) images.dispose();
    },
  };
}

/** Where schemes without labels are to learn from images without labels, too: all but pictures that are held out as well. */
function everythingOf(
  { dataset, arms }: Experiment,
  { train, validation, test }: DatasetParts,
  unlabelled: ImageSet | undefined,
): ResidentImages | undefined {
  const wanted = arms.some(({ scheme, start }) => !methodOf(scheme).needsLabels || start.from === "byol");
  if (!unlabelled || dataset.unlabelledFor === "pools" || !wanted) return undefined;
  const isDuplicate = duplicatesAmong(unlabelled, [validation.set, test.set]);
  const own = [...isDuplicate.keys()].filter((image) => !isDuplicate[image]);
  return ResidentImages.upload(concatenated(train.set, subset(unlabelled, own)), train.normalization);
}
