/**
 * WebDataset samples: files that share a name, with an extension for each field: `0001.jpg`, `0001.cls`, `0001.json`.
 */
import type { RejectedFile } from "../../../protocol/dataset";
import type { FoundFile } from "../files";
import { folderOf, nameOf, namesImage } from "../layout/paths";
import { Rejection } from "../rejection";
import type { Source } from "../source";
import { partOfPath } from "../tables/table-names";
import { holdsBoxes } from "./boxes";
import { decodeText } from "./decode-text";

export interface Shards {
  readonly sources: readonly Source[];
  readonly rejected: readonly RejectedFile[];
  readonly rest: readonly FoundFile[];
}

const LABEL_BYTES = 64 * 1024;
const LONGEST_NAME = 100;
const labelEndings = ["cls", "cls.txt", "json", "txt"] as const;
const labelKeys = ["label", "class", "cls", "label_name", "class_name", "category", "target"];
/** Share of distinct texts above which they are captions, not classes. */
const MOST_DIFFERENT = 1 / 3;

interface Sample {
  readonly images: FoundFile[];
  readonly labels: Map<string, FoundFile>;
}

/** Finds samples with a class file beside the image. All other files remain; if there are no samples, all files. */
export async function readShards(files: readonly FoundFile[]): Promise<Shards> {
  const samples = samplesOf(files);
  const ending = labelEndings.find((one) => isShardEnding(one, samples));
  if (!ending) return { sources: [], rejected: [], rest: files };
  const sources: Source[] = [];
  const rejected: RejectedFile[] = [];
  const taken = new Set<FoundFile>();
  const labeled: { image: FoundFile; className: string }[] = [];
  for (const { images, labels } of samples) {
    const [image, second] = images;
    const label = labels.get(ending);
    if (!image || second || !label) continue;
    for (const file of [image, ...labels.values()]) taken.add(file);
    try {
      labeled.push({ image, className: await classIn(label, ending) });
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      rejected.push(error.of(image.path));
    }
  }
  const different = new Set(labeled.map(({ className }) => className)).size;
  const areCaptions = ending === "txt" && different > Math.max(2, MOST_DIFFERENT * labeled.length);
  if (labeled.length === 0 || areCaptions) return { sources: [], rejected: [], rest: files };
  for (const { image, className } of labeled) {
    const order = /^\d{1,9}$/.test(className) ? Number(className) : undefined;
    const part = partOfPath(image.path);
    sources.push({
      path: image.path,
      bytes: image.bytes,
      placed: { className, order, part },
      read: image.read,
    });
  }
  return { sources, rejected, rest: files.filter((file) => !taken.has(file)) };
}

/** Groups by folder and name up to the first dot, as WebDataset does. */
function samplesOf(files: readonly FoundFile[]): readonly Sample[] {
  const samples = new Map<string, Sample>();
  for (const file of files) {
    const name = nameOf(file.path);
    const point = name.indexOf(".", 1);
    if (point < 0) continue;
    const ending = name.slice(point + 1).toLowerCase();
    const isImage = namesImage(`.${ending}`) && !ending.includes(".");
    if (!isImage && !(labelEndings as readonly string[]).includes(ending)) continue;
    const key = folderOf(file.path) + name.slice(0, point);
    const sample = samples.get(key) ?? { images: [], labels: new Map<string, FoundFile>() };
    samples.set(key, sample);
    if (isImage) sample.images.push(file);
    else sample.labels.set(ending, file);
  }
  return [...samples.values()];
}

/** Tells whether most of the images have such a file beside them. */
function isShardEnding(ending: string, samples: readonly Sample[]): boolean {
  const withImage = samples.filter(({ images }) => images.length > 0);
  const labeled = withImage.filter(({ labels }) => labels.has(ending));
  return labeled.length > 1 && 2 * labeled.length > withImage.length;
}

/** Throws a `Rejection`. */
async function classIn(file: FoundFile, ending: string): Promise<string> {
  if (file.bytes > LABEL_BYTES)
    throw new Rejection("label-mismatch", `«${file.path}» is too long for a label.`);
  const { text } = decodeText(await file.read());
  if (holdsBoxes(file.path, text)) {
    throw new Rejection("unlabelled", `«${file.path}» says where things are in it, not what it shows.`);
  }
  const said = ending === "json" ? classInJson(text) : text.trim();
  const name = said?.normalize("NFC") ?? "";
  if (name === "") throw new Rejection("unlabelled", `«${file.path}» names it, but gives it no label.`);
  if (name.length > LONGEST_NAME || name.includes("\n")) {
    throw new Rejection("label-mismatch", `«${name.slice(0, 40)}» is not a class name.`);
  }
  return name;
}

function classInJson(text: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed === "string" || typeof parsed === "number") return String(parsed);
  if (typeof parsed !== "object" || parsed === null) return undefined;
  for (const key of labelKeys) {
    const value = Object.hasOwn(parsed, key) ? (parsed as Record<string, unknown>)[key] : undefined;
    if (typeof value === "string" || typeof value === "number") return String(value).trim();
  }
  return undefined;
}
