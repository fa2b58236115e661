import { Rejection } from "../rejection";

/** Numbers in row-major order, as in IDX and NumPy files. */
export interface NumberArray {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/** Types of numbers in files, in NumPy's notation such as "u1": unsigned, signed or float, and the number of bytes. */
export const numberReaders = {
  u1: (view: DataView, at: number) => view.getUint8(at),
  b1: (view: DataView, at: number) => view.getUint8(at),
  i1: (view: DataView, at: number) => view.getInt8(at),
  u2: (view: DataView, at: number, little: boolean) => view.getUint16(at, little),
  i2: (view: DataView, at: number, little: boolean) => view.getInt16(at, little),
  u4: (view: DataView, at: number, little: boolean) => view.getUint32(at, little),
  i4: (view: DataView, at: number, little: boolean) => view.getInt32(at, little),
  u8: (view: DataView, at: number, little: boolean) => Number(view.getBigUint64(at, little)),
  i8: (view: DataView, at: number, little: boolean) => Number(view.getBigInt64(at, little)),
  f4: (view: DataView, at: number, little: boolean) => view.getFloat32(at, little),
  f8: (view: DataView, at: number, little: boolean) => view.getFloat64(at, little),
} as const;
export type NumberKind = keyof typeof numberReaders;

const width = (kind: NumberKind) => Number(kind[1]);

/** The number of elements of a shape. Throws a `Rejection` if it exceeds any memory. */
export function volumeOf(shape: readonly number[]): number {
  const volume = shape.reduce((product, side) => product * side, 1);
  if (!Number.isSafeInteger(volume) || shape.some((side) => side < 0)) {
    throw new Rejection("damaged", `Its header says ${shape.join(" × ")} numbers.`);
  }
  return volume;
}

/** Reads the numbers in the rest of a file. Throws a `Rejection` unless they fill it exactly. */
export function readNumbers(
  bytes: Uint8Array,
  from: number,
  shape: readonly number[],
  kind: NumberKind,
  little: boolean,
): NumberArray {
  const volume = volumeOf(shape);
  const [found, expected] = [bytes.length - from, volume * width(kind)];
  if (found !== expected) {
    const detail = `Its header says ${shape.join(" × ")} numbers in ${expected} bytes, but ${found} follow.`;
    throw new Rejection("damaged", detail);
  }
  if (kind === "u1" || kind === "b1") return { shape, values: bytes.subarray(from) };
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, expected);
  const read = numberReaders[kind];
  const step = width(kind);
  return { shape, values: Float64Array.from({ length: volume }, (_, i) => read(view, i * step, little)) };
}
