import { type Experiment, isSameDataset } from "../protocol/experiment";
import { methodOf } from "../protocol/schemes";
import { drawnSets } from "./dataset/drawing/draw-dataset";
import { withholdLabels } from "./dataset/unlabeled";
import { datasetMissing, datasetUnfit, EngineFailure } from "./failures";
import type { LoadedDataset } from "./loaded-dataset";

/**
 * Returns the loaded images if they are the experiment's and if there are enough. The number of imported images is
 * not known earlier.
 *
 * @throws EngineFailure
 */
export function requireDataset<Loaded extends Pick<LoadedDataset, "settings" | "dataset">>(
  { dataset, batchSize, arms }: Experiment,
  loaded: Loaded | undefined,
): Loaded {
  const name = dataset.source === "files" ? dataset.name : drawnSets[dataset.source].name;
  if (!loaded || !isSameDataset(loaded.settings, dataset)) throw new EngineFailure(datasetMissing(name));
  const { train, classNames } = loaded.dataset;
  const { count } = withholdLabels(train, classNames.length, dataset.unlabelled, dataset.seed).labeled;
  if (batchSize > count) {
    throw new EngineFailure(
      datasetUnfit(
        "batchSize",
        `A batch has ${batchSize} images, and there are only ${count} to train on.`,
        `Choose a batch size of at most ${count}, or more images.`,
      ),
    );
  }
  for (const [index, { name: arm, scheme }] of arms.entries()) {
    const [queue] = methodOf(scheme).queues(scheme, batchSize);
    if (!queue || queue.entries <= count / 2) continue;
    throw new EngineFailure(
      datasetUnfit(
        `arms.${index}.scheme.queue`,
        `The queue of “${arm}” holds ${queue.entries} embeddings, more than half of the ${count} training images: it would hold images twice.`,
        `Choose a queue of at most ${Math.floor(count / 2)}, a multiple of the batch size ${batchSize}, or more images.`,
      ),
    );
  }
  return loaded;
}
