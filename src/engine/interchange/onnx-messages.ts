import { bytes, type Field, float, integer, joined, message, text } from "../../protocol/protobuf";

/** The messages of ONNX files, with field numbers as in https://github.com/onnx/onnx/blob/main/onnx/onnx.proto. */

const IR_VERSION = 8;
const OPSET = 17;
const FLOAT = 1;
const INT8 = 3;
const INT64 = 7;

export type Attribute = number | string | readonly number[] | { readonly float: number };

function attribute(name: string, value: Attribute): Field {
  const head = text(1, name);
  if (typeof value === "number") return message(5, [head, integer(3, value), integer(20, 2)]);
  if (typeof value === "string") return message(5, [head, text(4, value), integer(20, 3)]);
  if ("float" in value) return message(5, [head, float(2, value.float), integer(20, 1)]);
  return message(5, [head, ...value.map((one) => integer(8, one)), integer(20, 7)]);
}

const littleEndian = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

function tensorOf(name: string, shape: readonly number[], type: number, raw: Uint8Array): Field {
  return message(5, [
    ...shape.map((side) => integer(1, side)),
    integer(2, type),
    text(8, name),
    bytes(9, raw),
  ]);
}

/** A type and shape. A named dimension may have any size. */
function valueInfo(field: number, name: string, shape: readonly (number | string)[]): Field {
  const sides = shape.map((side) =>
    message(1, [typeof side === "string" ? text(2, side) : integer(1, side)]),
  );
  const type = message(1, [integer(1, FLOAT), message(2, sides)]);
  return message(field, [text(1, name), message(2, [type])]);
}

/** A float constant of a graph. */
export const floats = (name: string, shape: readonly number[], values: Float32Array): Field =>
  tensorOf(name, shape, FLOAT, littleEndian(values));

/** A constant of a graph in 8 bits with a sign. */
export const signedBytes = (name: string, shape: readonly number[], values: Int8Array): Field =>
  tensorOf(name, shape, INT8, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));

/** An integer constant of a graph, for shapes and axes. */
export const wholeNumbers = (name: string, values: readonly number[]): Field =>
  tensorOf(name, [values.length], INT64, new Uint8Array(new BigInt64Array(values.map(BigInt)).buffer));

export const graphInput = (name: string, shape: readonly (number | string)[]): Field =>
  valueInfo(11, name, shape);
export const graphOutput = (name: string, shape: readonly (number | string)[]): Field =>
  valueInfo(12, name, shape);

/** An operation; it has the name of its first output. */
export const nodeOf = (
  type: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): Field =>
  message(1, [
    ...inputs.map((one) => text(1, one)),
    ...outputs.map((one) => text(2, one)),
    text(3, outputs[0] ?? type),
    text(4, type),
    ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
  ]);

/**
 * A complete file.
 *
 * @param graph nodes, constants, inputs and outputs
 * @param description metadata of the file, as keys and values
 */
export const onnxFile = (
  name: string,
  graph: readonly Field[],
  description: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> =>
  joined([
    integer(1, IR_VERSION),
    text(2, "Retort"),
    message(7, [...graph, text(2, name)]),
    message(8, [text(1, ""), integer(2, OPSET)]),
    ...Object.entries(description).map(([key, value]) => message(14, [text(1, key), text(2, value)])),
  ]);
