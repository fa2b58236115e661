import type { DatasetSummary } from "../protocol/dataset";
import { parseReading } from "../protocol/dataset";
import { downloadCatalog } from "../protocol/downloads";
import type { DatasetSettings } from "../protocol/experiment";
import type { Request } from "../protocol/messages";
import type { Dataset } from "./dataset/dataset";
import { browserNetwork } from "./dataset/downloads/http";
import { listHubDataset } from "./dataset/downloads/hub-dataset";
import { DownloadError } from "./dataset/downloads/problem";
import { drawDataset } from "./dataset/drawing/draw-dataset";
import { drawingDefaults } from "./dataset/drawing/drawn-set";
import { importImages, importListed } from "./dataset/import";
import type { LongTask } from "./dataset/long-task";
import type { Listing } from "./dataset/sources";
import { builtIn, summarise } from "./dataset/summary";
import type { Interrupted } from "./durability/checkpoint-keeper";
import { findDataset } from "./durability/dataset-vault";
import { openPrivateFiles } from "./durability/private-files";
import { datasetProblem, EngineFailure, nothingToContinue } from "./failures";

/** The dataset that is loaded in the worker, with its settings. */
export interface LoadedDataset {
  readonly settings: DatasetSettings;
  readonly dataset: Dataset;
  readonly summary: DatasetSummary;
}

type LoadRequest = Extract<Request, { type: "load-drawn" | "load-files" | "load-download" }>;

/**
 * Draws or imports images.
 * @throws EngineFailure if a selection is not a dataset; DownloadError; the signal's reason if aborted
 */
export async function loadDataset(request: LoadRequest, task: LongTask): Promise<LoadedDataset> {
  const { settings } = request;
  if (request.type === "load-drawn") {
    const { source, seed, resolution, difficulty, train, test, labelNoise } = request.settings;
    const { validation } = drawingDefaults;
    const options = { seed, size: resolution, difficulty, train, test, validation, labelNoise };
    const dataset = await drawDataset(source, options, task);
    return { settings, dataset, summary: summarise(dataset, builtIn) };
  }
  const { name, resolution, detail, seed, validation, test, perClass, labelNoise } = request.settings;
  const reading = parseReading(request.settings.reading);
  const shares = { validation, test };
  const size = Math.max(resolution, detail);
  const options = { name, size, seed, shares, perClass, labelNoise, reading };
  const outcome =
    request.type === "load-files"
      ? await importImages(request.entries, options, task)
      : await importListed(() => listDownload(request.settings, task), options, task);
  if (!outcome.ok) {
    const { ok: _, problem, ...refusal } = outcome;
    throw new EngineFailure(datasetProblem(problem, refusal));
  }
  return { settings: { ...request.settings, hash: outcome.summary.hash }, ...outcome };
}

async function listDownload(
  { hub, rows }: Extract<LoadRequest, { type: "load-download" }>["settings"],
  { signal, onProgress }: LongTask,
): Promise<Listing> {
  if (!hub) throw new DownloadError("not-found", "The experiment does not name a dataset of the hub.");
  const store = await openPrivateFiles("downloads");
  if (!store) throw new DownloadError("storage-full", "This browser gives the page no storage.");
  const report = (done: number, total: number) => onProgress?.({ phase: "downloading", done, total });
  const expected = downloadCatalog.find(({ id }) => id === hub);
  const wanted = rows > 0 ? { id: hub, rows } : { id: hub, expected };
  return listHubDataset({ network: browserNetwork, store }, wanted, { signal, onProgress: report });
}

/**
 * Returns the images of an interrupted training: the loaded ones, drawn again, or stored when it started.
 *
 * @throws EngineFailure if they are no longer available
 */
export async function imagesOf(
  { experiment, datasetHash }: Interrupted,
  loaded: LoadedDataset | undefined,
  signal: AbortSignal,
): Promise<LoadedDataset> {
  if (loaded?.dataset.hash === datasetHash) return loaded;
  const settings = experiment.dataset;
  if (settings.source === "files") {
    const kept = await findDataset(datasetHash);
    if (kept) {
      const summary = summarise(kept.dataset, kept.origins);
      return { settings: { ...settings, hash: datasetHash }, dataset: kept.dataset, summary };
    }
    const cause = `Its images, “${settings.name}”, are no longer stored in this browser.`;
    throw new EngineFailure(nothingToContinue(cause));
  }
  const drawn = await loadDataset({ type: "load-drawn", settings }, { signal });
  if (drawn.dataset.hash === datasetHash) return drawn;
  throw new EngineFailure(nothingToContinue("This version of the page draws its images differently."));
}
