import { Rejection } from "../rejection";
import type { TextArray } from "./npy";
import type { NumberArray } from "./number-array";

/** A label in a file: a class's index or its name. */
export type Label = number | string;

const textLimits = { classNameCharacters: 100 } as const;
const titles = /^(label|labels|class|target)$/i;

/** Reads the labels of an array [n] or [n, 1]; undefined for any other shape. Throws a `Rejection`. */
export function arrayLabels(array: NumberArray | TextArray): readonly Label[] | undefined {
  const [count = 0, columns = 1] = array.shape;
  if (array.shape.length < 1 || array.shape.length > 2 || columns !== 1) return undefined;
  if ("texts" in array) return array.texts.map(checkedName);
  return Array.from({ length: count }, (_, i) => checkedIndex(array.values[i] as number));
}

function checkedIndex(value: number): number {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff) return value;
  throw new Rejection("label-mismatch", `${value} is not a label; labels are whole numbers from 0.`);
}

function checkedName(text: string): string {
  const name = text.trim().normalize("NFC");
  if (name !== "" && name.length <= textLimits.classNameCharacters) return name;
  throw new Rejection("label-mismatch", `«${name.slice(0, 40)}» is not a class name.`);
}

/** Reads one label per line or a JSON array of labels; undefined for any other text. Throws a `Rejection`. */
export function textLabels(text: string): readonly Label[] | undefined {
  const trimmed = text.trim();
  if (trimmed.startsWith("[")) return jsonLabels(trimmed);
  const all = trimmed.split(/\r\n|\n|\r/).map((line) => line.trim());
  const lines = titles.test(all[0] ?? "") ? all.slice(1) : all;
  const isList = lines.every((line) => line !== "" && line.length <= textLimits.classNameCharacters);
  if (!isList) return undefined;
  return lines.every((line) => /^\d{1,9}$/.test(line)) ? lines.map(Number) : lines.map(checkedName);
}

function jsonLabels(text: string): readonly Label[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  if (parsed.every((item): item is string => typeof item === "string")) return parsed.map(checkedName);
  if (parsed.every((item): item is number => typeof item === "number")) return parsed.map(checkedIndex);
  return undefined;
}

/** Reads one-hot rows, one per image, as used with the sprite sheets of TensorFlow.js. */
export function oneHotLabels(bytes: Uint8Array, count: number): readonly Label[] | undefined {
  const classes = bytes.length / count;
  if (!Number.isInteger(classes) || classes < 2) return undefined;
  const labels: number[] = [];
  for (let row = 0; row < count; row++) {
    const own = bytes.subarray(row * classes, (row + 1) * classes);
    const label = own.indexOf(1);
    if (label < 0 || own.some((value, place) => value !== (place === label ? 1 : 0))) return undefined;
    labels.push(label);
  }
  return labels;
}
