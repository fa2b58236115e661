import { modelLimits } from "../../protocol/teacher-model";
import { isZip, openZip, readZipDirectory, readZipEntry, ZipError } from "../dataset/archives/zip";
import { sha256Of } from "../dataset/identity/sha256";
import { Rejection } from "../dataset/rejection";
import { labelsBeside } from "./labels";
import { ModelUnreadable } from "./model-unreadable";
import { readOnnx } from "./onnx/onnx-model";
import type { ReadModel } from "./runnable-model";
import { storedArchive } from "./stored-archive";
import { isTfjsModel, readTfjs } from "./tfjs/tfjs-files";

type Bytes = Uint8Array<ArrayBuffer>;
/** Nothing is read before it is needed: a model can have hundreds of megabytes. */
export type Files = ReadonlyMap<string, Blob>;

/** A model's files as they are kept, and what they say. */
export interface RecognizedModel {
  readonly name: string;
  /** SHA-256 of `kept`. */
  readonly hash: string;
  /** One file: the model's own or, of several, an archive that is the same however they were given. */
  readonly kept: Blob;
  readonly read: ReadModel;
}

const MOST_FILES = 1_000;
/** Of a name that experiments hold. */
const LONGEST_NAME = 60;
/** Enough to recognize a file's format. */
const HEAD_BYTES = 64;

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
  const [only] = given;
  if (given.length === 1 && only && isZip(await headOf(only.file)))
    return recognizeFiles(await unpacked(only.file), only.path);
  return recognizeFiles(new Map(given.map(({ path, file }) => [path, file])), only?.path ?? "");
}

/** Reads a model that was kept. @throws ModelUnreadable if it has been changed */
export async function readKept(kept: Blob): Promise<ReadModel> {
  const files = isZip(await headOf(kept)) ? await unpacked(kept) : new Map([["model", kept]]);
  return (await understood(files)).read;
}

const headOf = async (file: Blob): Promise<Bytes> =>
  new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
const mebibytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MiB`;
const tooLarge = (bytes: number) =>
  `The model has ${mebibytes(bytes)}; the limit is ${mebibytes(modelLimits.bytes)}.`;

/** The same of files that are all there, by their paths. @param path of the file that names the model */
export async function recognizeFiles(files: Files, path: string): Promise<RecognizedModel> {
  const { read, used } = await understood(files);
  const [only] = used.values();
  const kept = used.size === 1 && only ? only : await storedArchive(used);
  return { name: modelName(path), hash: await sha256Of(kept), kept, read };
}

/** As experiments name the model of a file. */
export const modelName = (path: string): string => (path.split("/").pop() || "Model").slice(0, LONGEST_NAME);

async function unpacked(file: Blob): Promise<Files> {
  try {
    const archive = await openZip(file, 0);
    const { entries } = await readZipDirectory(archive, MOST_FILES);
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    if (bytes > modelLimits.bytes) throw new ModelUnreadable(tooLarge(bytes));
    const files = new Map<string, Blob>();
    for (const entry of entries) {
      if (entry.path.endsWith("/")) continue;
      files.set(entry.path, new Blob([await readZipEntry(archive, entry)]));
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
const startsWith = (head: Bytes, character: string) => decoder.decode(head).trimStart().startsWith(character);
/** Its first eight bytes are the length of a header in JSON. */
const isSafetensors = (head: Bytes) => head.length > 9 && head[7] === 0 && head[8] === 0x7b;

/** @returns the model and those of the files that it consists of, by their paths beside it */
async function understood(files: Files): Promise<{ readonly read: ReadModel; readonly used: Files }> {
  const all = [...files];
  for (const [path, file] of all) {
    if (!startsWith(await headOf(file), "{") || !(await isTfjsModel(path, file))) continue;
    const beside = besides(files, path);
    const { read, used } = readTfjs(new Uint8Array(await file.arrayBuffer()), beside);
    return { read: { ...read, ...(await labelsBeside(beside)) }, used };
  }
  const chosen = all.find(([path]) => path.endsWith(".onnx")) ?? all[0];
  if (!chosen) throw new ModelUnreadable("There is no file.");
  const [path, file] = chosen;
  const head = await headOf(file);
  if (all.length === 1 && isSafetensors(head))
    throw new ModelUnreadable(
      "This is a file of weights: choose it with “Weights for the teacher …”, for a network of this page.",
    );
  if (startsWith(head, "{") || startsWith(head, "<"))
    throw new ModelUnreadable("This is neither an ONNX file nor a TensorFlow.js model with its weights.");
  const beside = besides(files, path);
  const read = await readOnnx(file, beside);
  const used = [...beside].filter(([name]) => read.files?.includes(name));
  const named = { ...read, ...(await labelsBeside(beside)) };
  return { read: named, used: new Map([["model.onnx", file], ...used]) };
}

/** The files in the folder of one of them, by their paths from there. */
function besides(files: Files, path: string): Map<string, Blob> {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return new Map(
    [...files].flatMap(([other, file]) =>
      other.startsWith(folder) ? [[other.slice(folder.length), file] as const] : [],
    ),
  );
}
