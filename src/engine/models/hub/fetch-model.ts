import { type HubModel, hubAddressText, type WantedHubModel } from "../../../protocol/hub-models";
import { modelLimits, type StatedModel } from "../../../protocol/teacher-model";
import { fetchWhole } from "../../dataset/downloads/http";
import { sha256Of } from "../../dataset/identity/sha256";
import type { Files } from "../model-files";
import { readOnnxGraph } from "../onnx/onnx-graph";
import { ownWeights, weightsApart } from "../onnx/weights-apart";
import { shardsOf } from "../tfjs/tfjs-files";
import {
  contentAddress,
  type HubAccess,
  listingOf,
  type Repository,
  type RepositoryFile,
  readRepository,
} from "./listing";
import { asked, HubModelError } from "./problem";
import { type DescribingFile, describingFiles, statedBy } from "./stated";

/** A model of the hub that is there and can be used, before it is fetched. */
export interface FoundHubModel {
  /** Where it is, with its commit. */
  readonly repository: Repository;
  readonly file: RepositoryFile;
  readonly model: HubModel;
}

const mebibytes = (bytes: number) => `${Math.ceil(bytes / 1024 ** 2)} MiB`;

/** Finds a model of the hub. @throws HubModelError; the signal's reason */
export async function findHubModel(access: HubAccess, wanted: WantedHubModel): Promise<FoundHubModel> {
  const repository = await readRepository(access, wanted);
  const about = hubAddressText({ repository: wanted.repository, path: wanted.path });
  const model = listingOf(repository).models.find(({ path }) => path === wanted.path);
  const file = repository.files.find(({ path }) => path === wanted.path);
  if (!file) throw new HubModelError("not-found", about, `The hub has no ${about}.`);
  if (!model)
    throw new HubModelError(
      "no-model",
      about,
      `${about} is neither an ONNX file nor the model.json of a TensorFlow.js model.`,
    );
  if (model.isTooLarge) throw tooLarge(about, model.bytes);
  return { repository, file, model };
}

const tooLarge = (about: string, bytes: number) =>
  new HubModelError(
    "too-large",
    about,
    `${about} has ${mebibytes(bytes)}; the limit is ${mebibytes(modelLimits.bytes)}.`,
  );

/**
 * Fetches a model with its files of weights. Nothing is stored: nothing is left of a fetch that fails.
 *
 * @param onProgress bytes fetched so far, and of all files
 * @throws HubModelError, ModelUnreadable; the signal's reason
 */
export async function fetchHubModel(
  access: HubAccess,
  { repository, file, model }: FoundHubModel,
  onProgress?: (done: number, total: number) => void,
): Promise<Files> {
  const about = hubAddressText({ repository: repository.repository, path: file.path });
  let done = 0;
  let total = model.bytes;
  const fetchFile = (one: RepositoryFile) =>
    fetchContent(access, repository, one, (count) => {
      done += count;
      onProgress?.(done, total);
    });
  const first = await fetchFile(file);
  const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
  const beside = (await weightsOf(file.path, first)).flatMap((name) => {
    const path = `${folder}${name.replace(/^\.\//, "")}`;
    const found = repository.files.find((other) => other.path === path && path !== file.path);
    return found ? [{ name: `${folder}${name}`, found }] : [];
  });
  total = beside.reduce((sum, { found }) => sum + found.bytes, file.bytes);
  if (total > modelLimits.bytes) throw tooLarge(about, total);
  const files = new Map([[file.path, first]]);
  for (const { name, found } of beside) files.set(name, await fetchFile(found));
  return files;
}

/** The names of the files that a model's first file needs. @throws ModelUnreadable */
async function weightsOf(path: string, content: Blob): Promise<readonly string[]> {
  if (!path.endsWith(".onnx")) return [...new Set(shardsOf(new Uint8Array(await content.arrayBuffer())))];
  const { externalFiles } = readOnnxGraph(await weightsApart(content));
  return [...externalFiles.keys()].filter((name) => name !== ownWeights);
}

async function fetchContent(
  { network, hub, signal }: HubAccess,
  repository: Repository,
  { path, bytes, hash }: RepositoryFile,
  onBytes?: (count: number) => void,
): Promise<Blob> {
  const about = hubAddressText({ repository: repository.repository, path });
  const url = contentAddress(hub, repository, path);
  const content = await asked(about, () => fetchWhole(network, url, bytes, { signal, onBytes }));
  if (hash !== undefined && (await sha256Of(content)) !== hash)
    throw new HubModelError("changed", about, `${about} arrived with another SHA-256 than the hub states.`);
  return content;
}

/** A description of this size has more classes than a model here may have. */
const MOST_DESCRIBING_BYTES = 4 * 1024 ** 2;

/** What the repository says of its model; nothing where its descriptions cannot be fetched. @throws the signal's reason */
export async function fetchStated(access: HubAccess, repository: Repository): Promise<StatedModel> {
  const texts: Partial<Record<DescribingFile, string>> = {};
  for (const name of describingFiles) {
    const file = repository.files.find(({ path }) => path === name);
    if (!file || file.bytes > MOST_DESCRIBING_BYTES) continue;
    try {
      texts[name] = await (await fetchContent(access, repository, file)).text();
    } catch (error) {
      access.signal?.throwIfAborted();
      if (!(error instanceof HubModelError)) throw error;
    }
  }
  return statedBy(texts);
}
