import * as v from "valibot";
import type { DatasetSummary } from "../../protocol/dataset";
import { type Dataset, type ImageSet, imageBytes } from "../dataset/dataset";
import { hashDataset } from "../dataset/identity/hash";
import { openPrivateFiles } from "./private-files";

/** Keeps imported images, so that a training can continue in a page that no longer has the files. */

type Bytes = Uint8Array<ArrayBuffer>;
const FOLDER = "datasets";
const LENGTH_BYTES = 4;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const origin = v.picklist(["folder", "drawn", "built-in"]);
const part = v.strictObject({ count, size: count, channels: v.picklist([1, 3]) });
const header = v.strictObject({
  name: v.string(),
  classNames: v.array(v.string()),
  parts: v.tuple([part, part, part]),
  origins: v.strictObject({ train: origin, validation: origin, test: origin }),
});

export interface KeptDataset {
  readonly dataset: Dataset;
  readonly origins: DatasetSummary["origins"];
}

const nameOf = (hash: string) => `${hash}.images`;

/** Stores a dataset under its hash and deletes the previous one. @throws StorageFull */
export async function keepDataset({ dataset, origins }: KeptDataset): Promise<void> {
  const files = await openPrivateFiles(FOLDER);
  if (!files || (await files.names()).includes(nameOf(dataset.hash))) return;
  const { name, classNames } = dataset;
  const sets = [dataset.train, dataset.validation, dataset.test];
  const parts = sets.map(({ count: images, size, channels }) => ({ count: images, size, channels }));
  const json = new TextEncoder().encode(JSON.stringify({ name, classNames, parts, origins }));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, json.length, true);
  const bytesOf = ({ labels }: ImageSet) => new Uint8Array(labels.slice().buffer);
  const blocks = sets.flatMap((set) => [set.pixels as Bytes, bytesOf(set)]);
  for (const other of await files.names()) await files.remove(other);
  await files.write(nameOf(dataset.hash), [length, json, ...blocks]);
}

/** Reads a dataset by its hash; undefined if it is not stored or does not match its hash. */
export async function findDataset(hash: string): Promise<KeptDataset | undefined> {
  const files = await openPrivateFiles(FOLDER);
  const bytes = await files?.read(nameOf(hash));
  if (!bytes || bytes.length < LENGTH_BYTES) return undefined;
  const from = LENGTH_BYTES + new DataView(bytes.buffer).getUint32(0, true);
  const parsed = parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, from)));
  if (!parsed) return undefined;
  const { name, classNames, parts, origins } = parsed;
  let at = from;
  const take = (length: number) => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const read = (plan: v.InferOutput<typeof part>): ImageSet => {
    const pixels = take(plan.count * imageBytes(plan));
    const labels = new Int32Array(take(4 * plan.count).slice().buffer);
    return { ...plan, pixels, labels };
  };
  const [train, validation, test] = [read(parts[0]), read(parts[1]), read(parts[2])];
  const content = { name, classNames, train, validation, test };
  if (at !== bytes.length || (await hashDataset(content)) !== hash) return undefined;
  return { dataset: { ...content, hash }, origins };
}

function parse(json: string): v.InferOutput<typeof header> | undefined {
  try {
    const checked = v.safeParse(header, JSON.parse(json));
    return checked.success ? checked.output : undefined;
  } catch {
    return undefined;
  }
}
