/** IDX, the format of the MNIST family (http://yann.lecun.com/exdb/mnist): a magic number, sizes, big-endian numbers. */
import { Rejection } from "../rejection";
import { type NumberArray, type NumberKind, readNumbers } from "./number-array";

const kinds: Readonly<Record<number, NumberKind>> = {
  8: "u1",
  9: "i1",
  11: "i2",
  12: "i4",
  13: "f4",
  14: "f8",
};
const MOST_DIMENSIONS = 4;

export function isIdx(head: Uint8Array): boolean {
  const [zero, alsoZero, kind, dimensions] = head;
  return (
    zero === 0 &&
    alsoZero === 0 &&
    kinds[kind ?? 0] !== undefined &&
    dimensions !== undefined &&
    dimensions >= 1 &&
    dimensions <= MOST_DIMENSIONS
  );
}

/** Throws a `Rejection`. */
export function readIdx(bytes: Uint8Array): NumberArray {
  const kind = kinds[bytes[2] ?? 0];
  const dimensions = bytes[3] ?? 0;
  const from = 4 + 4 * dimensions;
  if (kind === undefined || bytes.length < from)
    throw new Rejection("damaged", "The IDX file ends too early.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, from);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  return readNumbers(bytes, from, shape, kind, false);
}
