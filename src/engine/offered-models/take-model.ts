import * as v from "valibot";
import type { FileEntry } from "../../protocol/dataset";
import type { HubListing, WantedHubModel } from "../../protocol/hub-models";
import {
  type AskedModel,
  type DescribedModel,
  labelsSchema,
  type StatedModel,
} from "../../protocol/teacher-model";
import { findModel, keepModel } from "../durability/imported-models";
import { fetchHubModel, fetchStated, findHubModel } from "../models/hub/fetch-model";
import { type HubAccess, listingOf, readRepository } from "../models/hub/listing";
import { HubModelError } from "../models/hub/problem";
import {
  modelName,
  type RecognizedModel,
  readKept,
  recognizeFiles,
  recognizeModel,
} from "../models/model-files";
import { ModelUnreadable } from "../models/model-unreadable";
import { usesOf } from "../models/output-use";
import { shapeOf } from "../models/runnable-model";
import { suggestedSettings } from "../models/suggested";
import { atOnce, gray } from "./gray-images";

/** Reads and keeps a model from files. @throws ModelUnreadable, StorageFull */
export const takeModel = async (files: readonly FileEntry[]): Promise<DescribedModel> =>
  keptAndDescribed(await recognizeModel(files));

/** The models of a repository of the hub. @throws HubModelError; the signal's reason */
export const listHubModels = async (
  access: HubAccess,
  address: Parameters<typeof readRepository>[1],
): Promise<HubListing> => listingOf(await readRepository(access, address));

/**
 * Fetches a model of the hub, unless it is kept already, then reads and keeps it.
 *
 * @param onProgress bytes fetched so far, and of all files
 * @throws HubModelError, ModelUnreadable, StorageFull; the signal's reason
 */
export async function takeHubModel(
  access: HubAccess,
  wanted: WantedHubModel,
  onProgress: (done: number, total: number) => void,
): Promise<DescribedModel> {
  const found = await findHubModel(access, wanted);
  const { repository, revision } = found.repository;
  const { path, hash: ofFile } = found.file;
  const hash = wanted.hash ?? ofFile;
  const kept = hash === undefined ? undefined : await findModel(hash);
  const recognized =
    kept && hash !== undefined
      ? { name: modelName(path), hash, kept, read: await readKept(kept) }
      : await recognizeFiles(await fetchHubModel(access, found, onProgress), path);
  const hub = `${repository}:${path}`;
  if (wanted.hash !== undefined && recognized.hash !== wanted.hash)
    throw new HubModelError(
      "other-model",
      hub,
      `${hub} is another model now: its SHA-256 is ${recognized.hash}, and the link's is ${wanted.hash}.`,
    );
  const stated = await fetchStated(access, found.repository);
  return keptAndDescribed(recognized, { stated, origin: { hub, revision } });
}

/** Names of classes that are as many as an output has numbers, and that experiments can hold. */
function labelsOf(
  labels: readonly string[] | undefined,
  outputs: DescribedModel["outputs"],
): Pick<AskedModel, "labels"> {
  const isOfOutput = outputs.some(
    ({ shape, uses }) => uses.includes("logits") && shape[1] === labels?.length,
  );
  return labels && isOfOutput && v.is(labelsSchema, labels) ? { labels: [...labels] } : {};
}

/** Pixels per side, where a model takes any number and nothing says which. */
const usualSide = 224;

/** Describes a model and keeps it. It is run once before, so that what cannot be run is refused. */
async function keptAndDescribed(
  { name, hash, kept, read }: RecognizedModel,
  from?: { readonly stated: StatedModel; readonly origin: Pick<AskedModel, "hub" | "revision"> },
): Promise<DescribedModel> {
  const model = await read.open();
  try {
    const side = read.input.side ?? from?.stated.side ?? usualSide;
    const shape = shapeOf(read.input, atOnce(model), side);
    const found = await model.run(gray(model, side), shape, model.outputs);
    const outputs = model.outputs
      .map((output, at) => ({ name: output, shape: [1, ...(found[at]?.shape.slice(1) ?? [])] }))
      .map((output) => ({ ...output, uses: usesOf(output.shape) }))
      .filter(({ uses }) => uses.length > 0);
    if (outputs.length === 0)
      throw new ModelUnreadable(
        "It has no output that is an embedding, tokens, a feature map or a list of classes.",
      );
    const labels = labelsOf(read.labels ?? from?.stated.labels, outputs);
    const settings = { ...suggestedSettings(read, outputs), ...from?.stated.pixels, ...labels };
    await keepModel(kept, hash);
    return {
      hash,
      name,
      format: read.format,
      bytes: kept.size,
      ...(read.input.side !== undefined && { side: read.input.side }),
      channels: read.input.channels,
      outputs,
      operators: read.operators,
      ...(from && { stated: from.stated }),
      suggested: { hash, name, ...from?.origin, side, ...settings },
    };
  } finally {
    await model.release();
  }
}
