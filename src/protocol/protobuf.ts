/**
 * The parts of the protocol buffers' wire format that ONNX files and TensorBoard's events need
 * (https://protobuf.dev/programming-guides/encoding).
 */

export type Field = readonly Uint8Array[];

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** Whole numbers from 0 to 2⁵³. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...bytes, rest]);
}

/** A varint of the 64-bit two's complement. */
function signedVarint(value: number): Uint8Array {
  if (value >= 0) return varint(value);
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) + 128);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

const tag = (field: number, wire: number) => varint(8 * field + wire);

export const integer = (field: number, value: number): Field => [tag(field, VARINT), signedVarint(value)];

export function float(field: number, value: number): Field {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [tag(field, FIXED32), bytes];
}

export function double(field: number, value: number): Field {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return [tag(field, FIXED64), bytes];
}

/** What stands before the content of a nested message, a text or bytes. */
export const headOf = (field: number, length: number): Field => [tag(field, LENGTH), varint(length)];

export const bytes = (field: number, value: Uint8Array): Field => [...headOf(field, value.length), value];

export const text = (field: number, value: string): Field => bytes(field, new TextEncoder().encode(value));

/** A nested message. */
export function message(field: number, parts: readonly Field[]): Field {
  const inner = parts.flat();
  const length = inner.reduce((sum, part) => sum + part.length, 0);
  return [...headOf(field, length), ...inner];
}

/** Joins all parts to a complete file. */
export function joined(parts: readonly Field[]): Uint8Array<ArrayBuffer> {
  const all = parts.flat();
  const file = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
