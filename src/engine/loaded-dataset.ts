import type { DatasetSummary } from "../protocol/dataset";
import type { DatasetSettings } from "../protocol/experiment";
import type { Request } from "../protocol/messages";
import type { Dataset } from "./dataset/dataset";
import { importImages } from "./dataset/import";
import type { LongTask } from "./dataset/long-task";
import { drawShapes, shapesDefaults } from "./dataset/shapes";
import { builtIn, summarise } from "./dataset/summary";
import { datasetProblem, EngineFailure } from "./failures";

/** The dataset that the worker holds, and how it came there. */
export interface LoadedDataset {
  readonly settings: DatasetSettings;
  readonly dataset: Dataset;
  readonly summary: DatasetSummary;
}

type LoadRequest = Extract<Request, { type: "load-shapes" | "load-files" }>;

/** Draws or imports images. @throws EngineFailure when a selection is no dataset; the signal's reason when aborted */
export async function loadDataset(request: LoadRequest, task: LongTask): Promise<LoadedDataset> {
  const { settings } = request;
  if (request.type === "load-shapes") {
    const { seed, resolution, difficulty, train, test, labelNoise } = request.settings;
    const { validation } = shapesDefaults;
    const options = { seed, size: resolution, difficulty, train, test, validation, labelNoise };
    const dataset = await drawShapes(options, task);
    return { settings, dataset, summary: summarise(dataset, builtIn) };
  }
  const { name, resolution, seed, validation, test, perClass, labelNoise } = request.settings;
  const outcome = await importImages(
    request.entries,
    { name, size: resolution, seed, shares: { validation, test }, perClass, labelNoise },
    task,
  );
  if (!outcome.ok) throw new EngineFailure(datasetProblem(outcome.problem));
  return { settings: { ...request.settings, hash: outcome.summary.hash }, ...outcome };
}
