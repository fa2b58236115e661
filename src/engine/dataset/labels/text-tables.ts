/** Texts that label images: separated values, lists with blanks, JSON lines or JSON files. */
import { nameOf, withoutEnding } from "../layout/paths";
import type { LabelTable, Rows } from "./columns";
import { parseCsv } from "./csv";
import { segmentsOf } from "./finder";

const LONGEST_FIELD = 4_096;
const MOST_KEYS = 200;
/** Number of lines checked to recognize a list. */
const SAMPLE = 50;

/** Names of a selection's images, with and without extension, in lower case. */
export function imageNames(paths: readonly string[]): ReadonlySet<string> {
  return new Set(
    paths.flatMap((path) => {
      const name = nameOf(path).toLowerCase();
      return [name, withoutEnding(name)];
    }),
  );
}

/** Returns undefined for a text that is not a table. */
export function textTable(path: string, text: string, names: ReadonlySet<string>): LabelTable | undefined {
  const trimmed = text.replace(/^\ufeff/, "").trimStart();
  if (trimmed.startsWith("{") || trimmed.startsWith("[")) return jsonTable(path, trimmed);
  const lineEnd = trimmed.indexOf("\n");
  if (lineEnd > 0 && /[,\t;]/.test(trimmed.slice(0, lineEnd))) return { path, cuts: [parseCsv(text)] };
  return blankTable(path, trimmed, names);
}

/** Reads lines of `path label`, and longer ones, whose paths may contain blanks. */
function blankTable(path: string, text: string, names: ReadonlySet<string>): LabelTable | undefined {
  const all = text.split(/\r\n|\n|\r/).map((line) => line.trim());
  const lines = all.filter((line) => line !== "" && !line.startsWith("#"));
  const namesImages = (line: string) =>
    line.split(/\s+/).some((field) => names.has((segmentsOf(field).at(-1) ?? "").toLowerCase())) ||
    names.has((segmentsOf(line.replace(/\s+\S+$/, "")).at(-1) ?? "").toLowerCase());
  const sample = lines.slice(0, SAMPLE);
  if (lines.length === 0 || 2 * sample.filter(namesImages).length < sample.length) return undefined;
  if (!sample.every((line) => /\s/.test(line))) return undefined;
  const head = all.find((line) => line.startsWith("#"))?.replace(/^#\s*/, "");
  const pairs = lines.map((line) => {
    const [, named = "", label = ""] = /^(.*\S)\s+(\S+)$/.exec(line) ?? [];
    return [named.slice(0, LONGEST_FIELD), label.slice(0, LONGEST_FIELD)];
  });
  const fields = lines.map((line) => line.split(/\s+/, MOST_KEYS));
  const titles = head === undefined ? [] : [head.split(/\s+/, MOST_KEYS)];
  return { path, cuts: [pairs, [...titles, ...fields]] };
}

function jsonTable(path: string, text: string): LabelTable | undefined {
  const rows = jsonRows(text);
  return rows && { path, cuts: [rows.rows], isTitled: rows.isTitled };
}

function jsonRows(text: string): { readonly rows: Rows; readonly isTitled: boolean } | undefined {
  const lines = parsedLines(text);
  const parsed = lines ?? parsedWhole(text);
  if (Array.isArray(parsed)) {
    const objects = parsed.filter(isObject);
    return objects.length > 0 && objects.length === parsed.length
      ? { rows: rowsOf(objects), isTitled: true }
      : undefined;
  }
  if (!isObject(parsed)) return undefined;
  // The format of StyleGAN's datasets: {"labels": [["00000/img.png", 3], …]}
  const listed = parsed["labels"];
  if (Array.isArray(listed) && listed.length > 0 && listed.every(isPair)) {
    return { rows: listed.map((pair) => pair.map(fieldOf)), isTitled: false };
  }
  const pairs = Object.entries(parsed);
  const isMap = pairs.length > 0 && pairs.every(([, value]) => isField(value));
  return isMap ? { rows: pairs.map(([key, value]) => [key, fieldOf(value)]), isTitled: false } : undefined;
}

/** Reads one object per line; undefined for any other text. */
function parsedLines(text: string): unknown[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length < 2 || !lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) return undefined;
  try {
    return lines.map((line) => JSON.parse(line) as unknown);
  } catch {
    return undefined;
  }
}

function parsedWhole(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isField = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
const isPair = (value: unknown): value is readonly unknown[] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === "string" && isField(value[1]);
const fieldOf = (value: unknown) => (isField(value) ? String(value).slice(0, LONGEST_FIELD) : "");

/** Returns a row of titles, then one row per object. */
function rowsOf(objects: readonly Fields[]): Rows {
  const keys = [...new Set(objects.slice(0, SAMPLE).flatMap((object) => Object.keys(object)))].slice(
    0,
    MOST_KEYS,
  );
  const value = (object: Fields, key: string) => (Object.hasOwn(object, key) ? fieldOf(object[key]) : "");
  return [keys, ...objects.map((object) => keys.map((key) => value(object, key)))];
}
