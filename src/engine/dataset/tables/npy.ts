/**
 * NumPy's .npy files (numpy.lib.format, versions 1 to 3): a magic string, a header that is a Python literal, and the
 * numbers. An .npz file is a zip archive of these.
 */
import { Rejection } from "../rejection";
import { type NumberArray, type NumberKind, numberReaders, readNumbers, volumeOf } from "./number-array";

const MAGIC = "\x93NUMPY";

/** Content of an array of texts: class names, or labels in words. */
export interface TextArray {
  readonly shape: readonly number[];
  readonly texts: readonly string[];
}

export function isNpy(head: Uint8Array): boolean {
  return String.fromCharCode(...head.subarray(0, MAGIC.length)) === MAGIC;
}

/** Throws a `Rejection`. */
export function readNpy(bytes: Uint8Array): NumberArray | TextArray {
  const { type, columnMajor, shape, from } = readHeader(bytes);
  const [order, kind, size] = [type[0] ?? "", type[1] ?? "", type.slice(1)];
  const little = order !== ">";
  if (kind === "U" || kind === "S") return readTexts(bytes, from, shape, kind, Number(type.slice(2)), little);
  if (!Object.hasOwn(numberReaders, size)) {
    const what = kind === "O" ? "Python objects, which are never unpacked here" : `the type «${type}»`;
    throw new Rejection("unsupported-table", `The NumPy array holds ${what}; save it as numbers.`);
  }
  const array = readNumbers(bytes, from, shape, size as NumberKind, little);
  return columnMajor ? toRowMajor(array) : array;
}

function readHeader(bytes: Uint8Array) {
  const wide = (bytes[6] ?? 0) > 1;
  const from = wide ? 12 : 10;
  if (bytes.length < from) throw new Rejection("damaged", "The NumPy file ends too early.");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (from + length > bytes.length || length > 0xffff) {
    throw new Rejection("damaged", "The NumPy file ends within its header.");
  }
  const header = new TextDecoder().decode(bytes.subarray(from, from + length));
  const type = /'descr':\s*'([<>|=][a-zA-Z]\d*)'/.exec(header)?.[1];
  const columnMajor = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const sides = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (columnMajor === undefined || sides === undefined) {
    throw new Rejection("damaged", "The header of the NumPy file cannot be read.");
  }
  if (type === undefined) {
    throw new Rejection("unsupported-table", "The NumPy array has a structured type; save plain numbers.");
  }
  const shape = sides.split(",").flatMap((side) => (side.trim() === "" ? [] : [Number(side)]));
  return { type, columnMajor: columnMajor === "True", shape, from: from + length };
}

/** Reads texts of a fixed number of characters of four bytes ("U") or one ("S"), padded with zeros. */
function readTexts(
  bytes: Uint8Array,
  from: number,
  shape: readonly number[],
  kind: "U" | "S",
  length: number,
  little: boolean,
): TextArray {
  const step = length * (kind === "U" ? 4 : 1);
  const count = volumeOf(shape);
  if (bytes.length - from !== count * step) {
    throw new Rejection("damaged", "The NumPy file is not as long as its header says.");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, count * step);
  const textAt = (at: number) => {
    let text = "";
    for (let i = 0; i < length; i++) {
      const code = kind === "U" ? view.getUint32(at + 4 * i, little) : view.getUint8(at + i);
      if (code > 0x10ffff) throw new Rejection("damaged", "The NumPy file contains invalid text.");
      if (code !== 0) text += String.fromCodePoint(code);
    }
    return text;
  };
  return { shape, texts: Array.from({ length: count }, (_, i) => textAt(i * step)) };
}

/** Reorders an array whose first index varies fastest (Fortran order). */
function toRowMajor({ shape, values }: NumberArray): NumberArray {
  const turned =
    values instanceof Uint8Array ? new Uint8Array(values.length) : new Float64Array(values.length);
  const index = shape.map(() => 0);
  for (let at = 0; at < values.length; at++) {
    let place = 0;
    for (let axis = 0; axis < shape.length; axis++) {
      place = place * (shape[axis] as number) + (index[axis] as number);
    }
    turned[place] = values[at] as number;
    for (let axis = 0; axis < shape.length; axis++) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return { shape, values: turned };
}
