/** Tensors by name in one file, as https://huggingface.co/docs/safetensors describes it. */

export interface NamedNumbers {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array;
}

const headerAlignment = 8;

/**
 * Length of the header (uint64, little-endian), the header as JSON padded by spaces, then the numbers, little-endian.
 *
 * @param metadata what the numbers are of; texts only, as the format wants it
 * @throws Error when two tensors have the same name
 */
export function encodeSafetensors(
  tensors: readonly NamedNumbers[],
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
  const headerLength = Math.ceil(text.length / headerAlignment) * headerAlignment;
  const file = new Uint8Array(8 + headerLength + offset);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerLength), true);
  file.fill(" ".charCodeAt(0), 8, 8 + headerLength);
  file.set(text, 8);
  let at = 8 + headerLength;
  for (const { values } of tensors) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return file;
}
