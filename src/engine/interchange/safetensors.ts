/** Reads and writes tensors by name in one file (https://huggingface.co/docs/safetensors). Everything in a file is checked. */
import * as v from "valibot";
import type { NamedNumbers } from "../networks/parameters";

export interface WeightsFile {
  readonly tensors: readonly NamedNumbers[];
  /** A description of the tensors; strings only, as the format requires. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes are not a safetensors file, or one that is not supported here. */
export class WeightsUnreadable extends Error {
  constructor(cause: string) {
    super(`The weights cannot be read: ${cause}.`);
    this.name = "WeightsUnreadable";
  }
}

const LENGTH_BYTES = 8;
const HEADER_ALIGNMENT = 8;
/** Networks here have a few hundred tensors. */
const MOST_HEADER_BYTES = 4 * 1024 ** 2;
const MOST_TENSORS = 10_000;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const entry = v.strictObject({
  dtype: v.literal("F32", "only numbers of type F32 are supported"),
  shape: v.pipe(v.array(count), v.maxLength(8)),
  data_offsets: v.tuple([count, count]),
});

/**
 * Length of the header (uint64, little-endian), the header as JSON padded by spaces, then the numbers, little-endian.
 *
 * @param metadata what the numbers are of; texts only, as the format wants it
 * @throws Error when two tensors have the same name
 */
export function encodeSafetensors(
  tensors: readonly NamedNumbers<Float32Array | Int32Array>[],
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  let offset = 0;
  for (const { name, shape, values } of tensors) {
    if (Object.hasOwn(header, name)) throw new Error(`Two tensors are called ${name}.`);
    const end = offset + values.byteLength;
    const dtype = values instanceof Float32Array ? "F32" : "I32";
    header[name] = { dtype, shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerLength = Math.ceil(text.length / HEADER_ALIGNMENT) * HEADER_ALIGNMENT;
  const file = new Uint8Array(LENGTH_BYTES + headerLength + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(" ".charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + headerLength);
  file.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + headerLength;
  for (const { values } of tensors) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}

/** Reads a file of float32 tensors. @throws WeightsUnreadable */
export function decodeSafetensors(bytes: Uint8Array<ArrayBuffer>): WeightsFile {
  if (bytes.length < LENGTH_BYTES) throw new WeightsUnreadable("the file ends too early");
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const from = LENGTH_BYTES + length;
  if (length > MOST_HEADER_BYTES || from > bytes.length) {
    throw new WeightsUnreadable("the file ends within its header");
  }
  const { __metadata__: metadata, ...entries } = parse(bytes.subarray(LENGTH_BYTES, from));
  const checkedMetadata = v.safeParse(v.optional(v.record(v.string(), v.string()), {}), metadata);
  if (!checkedMetadata.success) throw new WeightsUnreadable("its metadata are not strings");
  if (Object.keys(entries).length > MOST_TENSORS) {
    throw new WeightsUnreadable(`it names more than ${MOST_TENSORS} tensors`);
  }
  // In the format each byte belongs to one tensor; overlapping ones would unpack to many times the file's size.
  let left = bytes.length - from;
  const tensors = Object.entries(entries).map(([name, given]): NamedNumbers => {
    const checked = v.safeParse(entry, given);
    if (!checked.success) throw new WeightsUnreadable(`${name.slice(0, 60)}: ${checked.issues[0].message}`);
    const {
      shape,
      data_offsets: [start, end],
    } = checked.output;
    const size = shape.reduce((product, side) => product * side, 1);
    if (end - start !== 4 * size || from + end > bytes.length) {
      throw new WeightsUnreadable(`${name.slice(0, 60)} has a length that does not match its shape`);
    }
    left -= end - start;
    if (left < 0) throw new WeightsUnreadable(`${name.slice(0, 60)} overlaps another tensor`);
    return { name, shape, values: new Float32Array(bytes.slice(from + start, from + end).buffer) };
  });
  return { tensors, metadata: checkedMetadata.output };
}

function parse(json: Uint8Array): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(json));
    // Without a prototype, "__proto__" is an ordinary name.
    if (typeof parsed === "object" && parsed !== null) return Object.assign(Object.create(null), parsed);
  } catch {
    // Falls through.
  }
  throw new WeightsUnreadable("its header is not JSON");
}
