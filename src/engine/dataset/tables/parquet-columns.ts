import type { FileMetaData, SchemaTree } from "hyparquet";
import { Rejection } from "../rejection";

/** The position of values in the tree of columns. */
export interface ColumnPath {
  readonly path: readonly string[];
  /** Number of optional fields on the path. */
  readonly depth: number;
}

/** The columns of a table's images and labels. */
export interface ImageColumns {
  readonly image: ColumnPath;
  readonly label: ColumnPath;
  readonly classNames: readonly string[] | undefined;
}

const labelNames = ["label", "fine_label", "labels", "class", "target", "category", "y"];

/** Throws a `Rejection` if the columns of images or labels are ambiguous. */
export function imageColumns(metadata: FileMetaData, { children }: SchemaTree): ImageColumns {
  const image = children.find(isRecordOfBytes) ?? children.find(isBytes);
  if (!image) {
    const names = children.map(({ element }) => `«${element.name}»`).join(", ");
    throw new Rejection("unsupported-table", `None of its columns holds images: ${names.slice(0, 300)}.`);
  }
  const classes = classLabels(metadata);
  const scalars = children.filter(isLabel).map(({ element }) => element.name);
  const [mostClasses] = [...classes.keys()]
    .filter((name) => scalars.includes(name))
    .sort((a, b) => (classes.get(b)?.length ?? 0) - (classes.get(a)?.length ?? 0));
  const label =
    mostClasses ??
    labelNames.find((name) => scalars.includes(name)) ??
    (scalars.length === 1 ? scalars[0] : undefined);
  if (label === undefined) {
    const listed = scalars.map((name) => `«${name}»`).join(", ") || "none";
    throw new Rejection(
      "unsupported-table",
      `No column is called «label»; there are ${listed.slice(0, 300)}.`,
    );
  }
  const column = children.find(({ element }) => element.name === label) as SchemaTree;
  const bytes = image.children.find(({ element }) => element.name === "bytes");
  return {
    image: columnPath(bytes ? [image, bytes] : [image]),
    label: columnPath([column]),
    classNames: classes.get(label),
  };
}

/** Records that contain the bytes, as in image datasets of the Hugging Face hub, give a path of two names. */
function columnPath(way: readonly SchemaTree[]): ColumnPath {
  return {
    path: way.map(({ element }) => element.name),
    depth: way.filter(({ element }) => element.repetition_type === "OPTIONAL").length,
  };
}

const isBytes = ({ element, children }: SchemaTree) =>
  children.length === 0 &&
  element.type === "BYTE_ARRAY" &&
  element.converted_type === undefined &&
  element.logical_type === undefined &&
  element.repetition_type !== "REPEATED";

const isRecordOfBytes = (column: SchemaTree) =>
  column.element.repetition_type !== "REPEATED" &&
  column.children.some((child) => child.element.name === "bytes" && isBytes(child));

function isLabel({ element, children }: SchemaTree): boolean {
  if (children.length > 0 || element.repetition_type === "REPEATED") return false;
  const isText =
    element.type === "BYTE_ARRAY" &&
    (element.converted_type === "UTF8" || element.logical_type?.type === "STRING");
  return isText || element.type === "INT32" || element.type === "INT64";
}

/** Class names by column, from the metadata that the `datasets` library writes. */
function classLabels({ key_value_metadata }: FileMetaData): ReadonlyMap<string, readonly string[]> {
  const text = key_value_metadata?.find(({ key }) => key === "huggingface")?.value;
  const found = new Map<string, readonly string[]>();
  if (text === undefined) return found;
  const features = field(field(parse(text), "info"), "features");
  if (!isRecord(features)) return found;
  for (const [column, feature] of Object.entries(features)) {
    const names = field(feature, "names");
    if (field(feature, "_type") !== "ClassLabel" || !Array.isArray(names)) continue;
    if (names.every((name): name is string => typeof name === "string" && name !== ""))
      found.set(column, names);
  }
  return found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const field = (value: unknown, name: string): unknown =>
  isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
