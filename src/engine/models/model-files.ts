import { zipSync } from "fflate";
import { modelLimits } from "../../protocol/teacher-model";
import { isZip, openZip, readZipDirectory, readZipEntry, ZipError } from "../dataset/archives/zip";
import { sha256 } from "../dataset/identity/sha256";
import { Rejection } from "../dataset/rejection";
import { ModelUnreadable } from "./model-unreadable";
import { readOnnx } from "./onnx/onnx-model";
import type { ReadModel } from "./runnable-model";
import { isTfjsModel, readTfjs } from "./tfjs/tfjs-files";

type Bytes = Uint8Array<ArrayBuffer>;
export type Files = ReadonlyMap<string, Bytes>;

/** A model's files as they are kept, and what they say. */
export interface RecognizedModel {
  readonly name: string;
  /** SHA-256 of `kept`. */
  readonly hash: string;
  /** One file: the model's own or, of several, an archive that is the same however they were given. */
  readonly kept: Bytes;
  readonly read: ReadModel;
}

const MOST_FILES = 1_000;
/** Of a name that experiments hold. */
const LONGEST_NAME = 60;

/**
 * Recognizes a model by its content: an ONNX file with its files of weights if it has any, or a TensorFlow.js model as a
 * folder or as a zip file of one.
 *
 * @throws ModelUnreadable with the reason
 */
export async function recognizeModel(
  given: readonly { readonly path: string; readonly file: Blob }[],
): Promise<RecognizedModel> {
  const bytes = given.reduce((sum, { file }) => sum + file.size, 0);
  if (bytes > modelLimits.bytes) throw new ModelUnreadable(tooLarge(bytes));
  if (given.length > MOST_FILES)
    throw new ModelUnreadable(`These are ${given.length} files; a model has fewer.`);
  const files = new Map<string, Bytes>();
  for (const { path, file } of given) {
    const content = new Uint8Array(await file.arrayBuffer());
    if (given.length === 1 && isZip(content)) return recognizeFiles(await unpacked(file), path);
    files.set(path, content);
  }
  return recognizeFiles(files, given[0]?.path ?? "");
}

/** Reads a model that was kept. @throws ModelUnreadable if it has been changed */
export async function readKept(kept: Bytes): Promise<ReadModel> {
  return understood(isZip(kept) ? await unpacked(new Blob([kept])) : new Map([["model", kept]])).read;
}

const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MiB`;
const tooLarge = (bytes: number) =>
  `The model has ${mebibytes(bytes)}; the limit is ${mebibytes(modelLimits.bytes)}.`;

/** The same of files whose contents are there, by their paths. @param path of the file that names the model */
export async function recognizeFiles(files: Files, path: string): Promise<RecognizedModel> {
  const { read, used } = understood(files);
  const [only] = used.values();
  const kept = used.size === 1 && only ? only : packed(used);
  return { name: modelName(path), hash: await sha256(kept), kept, read };
}

/** As experiments name the model of a file. */
export const modelName = (path: string): string => (path.split("/").pop() || "Model").slice(0, LONGEST_NAME);

/** Sorted, uncompressed and without times: the same files give the same archive. */
function packed(files: Files): Bytes {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { level: 0, mtime: new Date(1980, 0, 1) }) as Bytes;
}

async function unpacked(file: Blob): Promise<Files> {
  try {
    const archive = await openZip(file);
    const { entries } = await readZipDirectory(archive, MOST_FILES);
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    if (bytes > modelLimits.bytes) throw new ModelUnreadable(tooLarge(bytes));
    const files = new Map<string, Bytes>();
    for (const entry of entries) {
      if (entry.path.endsWith("/")) continue;
      files.set(entry.path, await readZipEntry(archive, entry));
    }
    return files;
  } catch (error) {
    if (error instanceof ZipError)
      throw new ModelUnreadable(`The zip file cannot be read: ${error.message}.`);
    if (error instanceof Rejection) throw new ModelUnreadable(error.message);
    throw error;
  }
}

const decoder = new TextDecoder();
const startsWith = (content: Bytes, character: string) =>
  decoder.decode(content.subarray(0, 64)).trimStart().startsWith(character);
/** Its first eight bytes are the length of a header in JSON. */
const isSafetensors = (content: Bytes) => content.length > 9 && content[7] === 0 && content[8] === 0x7b;

/** @returns the model and those of the files that it consists of, by their paths beside it */
function understood(files: Files): { readonly read: ReadModel; readonly used: Files } {
  const all = [...files];
  if (all.length === 0) throw new ModelUnreadable("There is no file.");
  const topology = all.find(([path, content]) => startsWith(content, "{") && isTfjsModel(path, content));
  if (topology) {
    const [path, content] = topology;
    return readTfjs(content, besides(files, path));
  }
  const [first] = all;
  if (all.length === 1 && first && isSafetensors(first[1]))
    throw new ModelUnreadable(
      "This is a file of weights: choose it with “Weights for the teacher …”, for a network of this page.",
    );
  const named = all.find(([path]) => path.endsWith(".onnx")) ?? first;
  if (!named) throw new ModelUnreadable("There is no file.");
  const [path, content] = named;
  if (startsWith(content, "{") || startsWith(content, "<"))
    throw new ModelUnreadable("This is neither an ONNX file nor a TensorFlow.js model with its weights.");
  const beside = besides(files, path);
  const read = readOnnx(content, beside);
  const used = [...beside].filter(([name]) => read.files?.includes(name));
  return { read, used: new Map([["model.onnx", content], ...used]) };
}

/** The files in the folder of one of them, by their paths from there. */
function besides(files: Files, path: string): Map<string, Bytes> {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return new Map(
    [...files].flatMap(([other, content]) =>
      other.startsWith(folder) ? [[other.slice(folder.length), content] as const] : [],
    ),
  );
}
