import * as v from "valibot";
import { ModelUnreadable } from "../model-unreadable";
import type { ReadModel } from "../runnable-model";
import { readGraphModel } from "./graph-model";
import { readLayersModel } from "./layers-model";
import { sizeOf, weightSpec } from "./weights";

/** The files of a TensorFlow.js model (https://www.tensorflow.org/js/guide/save_load): its topology, and weights in shards. */

type Bytes = Uint8Array<ArrayBuffer>;

const MOST_JSON_BYTES = 64 * 1024 ** 2;

const group = v.looseObject({
  paths: v.pipe(v.array(v.pipe(v.string(), v.maxLength(1_000))), v.maxLength(10_000)),
  weights: v.pipe(v.array(weightSpec), v.maxLength(100_000)),
});
const manifest = v.pipe(v.array(group), v.maxLength(10_000));
const topology = v.looseObject({
  format: v.exactOptional(v.nullable(v.string())),
  modelTopology: v.record(v.string(), v.unknown()),
  weightsManifest: manifest,
});

/** Whether a file in JSON is the topology of a model, and not, for example, a list of labels beside it. */
export async function isTfjsModel(path: string, file: Blob): Promise<boolean> {
  if (file.size > MOST_JSON_BYTES) return false;
  return /(^|\/)model\.json$/.test(path) || (await file.text()).includes('"weightsManifest"');
}

/** The files of weights that model.json names, by their paths from its folder. @throws ModelUnreadable with the reason */
export const shardsOf = (content: Bytes): readonly string[] =>
  readTopology(content).weightsManifest.flatMap(({ paths }) => paths);

function readTopology(content: Bytes): v.InferOutput<typeof topology> {
  const checked = v.safeParse(topology, parsed(content));
  if (!checked.success) {
    const [issue] = checked.issues;
    const path = issue.path
      ?.map(({ key }) => String(key))
      .join(".")
      .slice(0, 100);
    throw new ModelUnreadable(
      `The file model.json is no TensorFlow.js model: ${path || "it"} is not what it must be.`,
    );
  }
  return checked.output;
}

/**
 * @param content of model.json
 * @param beside the files beside it
 * @throws ModelUnreadable with the reason
 */
export function readTfjs(
  content: Bytes,
  beside: ReadonlyMap<string, Blob>,
): { readonly read: ReadModel; readonly used: ReadonlyMap<string, Blob> } {
  const all = readTopology(content);
  const { modelTopology, weightsManifest, format } = all;
  const used = new Map([["model.json", new Blob([content])]]);
  const shards: Blob[] = [];
  for (const { paths, weights } of weightsManifest) {
    const parts = paths.map((path) => {
      const shard = beside.get(path) ?? beside.get(path.slice(path.lastIndexOf("/") + 1));
      if (!shard)
        throw new ModelUnreadable(
          `The file of weights ${path.slice(0, 100)} is missing: choose all files of the model.`,
        );
      used.set(path, shard);
      return shard;
    });
    const wanted = weights.reduce((sum, one) => sum + sizeOf(one), 0);
    const given = parts.reduce((sum, { size }) => sum + size, 0);
    if (wanted !== given)
      throw new ModelUnreadable(`Its weights have ${given} bytes where ${wanted} are described.`);
    shards.push(...parts);
  }
  const files = {
    topology: modelTopology,
    specs: weightsManifest.flatMap(({ weights }) => weights),
    shards,
    all,
  };
  const isGraph = format === "graph-model" || Array.isArray(modelTopology["node"]);
  return { read: isGraph ? readGraphModel(files) : readLayersModel(files), used };
}

function parsed(content: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content));
  } catch {
    throw new ModelUnreadable("The file model.json is not JSON: it is truncated or damaged.");
  }
}
