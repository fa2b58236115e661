import { ModelUnreadable } from "../model-unreadable";
import { fieldsOf, textIn, type WireField, wholeNumbersIn } from "./wire";

/** What an ONNX file says of its graph (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Numbers of weights are not read. */
export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxConstant>;
  /** Without those that are constants. */
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Other files that hold weights, with the least number of bytes that each must have. */
  readonly externalFiles: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
}

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface OnnxConstant {
  readonly shape: readonly number[];
}

export interface OnnxValue {
  readonly name: string;
  /** The number of its element type; 1 is float32. Undefined if it is not stated. */
  readonly type: number | undefined;
  /** Undefined sides may have any size. An undefined shape is not stated. */
  readonly shape: readonly (number | undefined)[] | undefined;
}

/** The names of element types, by their number. */
export const elementTypes: Readonly<Record<number, string>> = {
  1: "float32",
  2: "uint8",
  3: "int8",
  6: "int32",
  7: "int64",
  9: "bool",
  10: "float16",
  11: "float64",
  16: "bfloat16",
};

const MOST_PARTS = 200_000;
const MOST_SIDES = 12;

/** Collects, and refuses more parts than any model has. */
class Parts<T> {
  readonly all: T[] = [];

  add(part: T): void {
    if (this.all.length >= MOST_PARTS)
      throw new ModelUnreadable(`The ONNX file has more than ${MOST_PARTS} parts of one kind.`);
    this.all.push(part);
  }
}

/** @throws ModelUnreadable with the reason */
export function readOnnxGraph(file: Uint8Array): OnnxGraph {
  const metadata = new Map<string, string>();
  const graphs: Uint8Array[] = [];
  for (const part of fieldsOf(file)) {
    if (part.field === 7 && part.bytes) graphs.push(part.bytes);
    if (part.field === 14 && part.bytes && metadata.size < 1_000) {
      const [key, value] = textsOf(part.bytes, 1, 2);
      metadata.set(key, value);
    }
  }
  const [graph, second] = graphs;
  if (!graph || second) throw new ModelUnreadable("The file is no ONNX model: it has not exactly one graph.");
  return { ...readGraph(graph), metadata };
}

function readGraph(graph: Uint8Array): Omit<OnnxGraph, "metadata"> {
  const [nodes, inputs, outputs] = [new Parts<OnnxNode>(), new Parts<OnnxValue>(), new Parts<OnnxValue>()];
  const constants = new Map<string, OnnxConstant>();
  const external = new Map<string, number>();
  for (const { field, bytes } of fieldsOf(graph)) {
    if (!bytes) continue;
    if (field === 1) nodes.add(readNode(bytes));
    else if (field === 11) inputs.add(readValue(bytes));
    else if (field === 12) outputs.add(readValue(bytes));
    else if (field === 5) {
      const { name, shape, file, end } = readConstant(bytes);
      if (constants.size >= MOST_PARTS) throw new ModelUnreadable("The ONNX file has too many weights.");
      constants.set(name, { shape });
      if (file !== undefined) external.set(file, Math.max(end, external.get(file) ?? 0));
    }
  }
  if (nodes.all.length === 0) throw new ModelUnreadable("The file is no ONNX model: its graph is empty.");
  return {
    nodes: nodes.all,
    constants,
    inputs: inputs.all.filter(({ name }) => !constants.has(name)),
    outputs: outputs.all,
    externalFiles: external,
  };
}

function textsOf(message: Uint8Array, first: number, second: number): [string, string] {
  let [one, two] = ["", ""];
  for (const part of fieldsOf(message)) {
    if (part.field === first) one = textIn(part);
    if (part.field === second) two = textIn(part);
  }
  return [one, two];
}

function readNode(message: Uint8Array): OnnxNode {
  const [inputs, outputs] = [new Parts<string>(), new Parts<string>()];
  let type = "";
  for (const part of fieldsOf(message)) {
    if (part.field === 1) inputs.add(textIn(part));
    if (part.field === 2) outputs.add(textIn(part));
    if (part.field === 4) type = textIn(part);
  }
  return { type, inputs: inputs.all, outputs: outputs.all };
}

function readConstant(message: Uint8Array) {
  let name = "";
  const external = new Map<string, string>();
  const shape: number[] = [];
  for (const part of fieldsOf(message)) {
    if (part.field === 1) shape.push(...sides(part, shape.length));
    if (part.field === 8) name = textIn(part);
    if (part.field === 13 && part.bytes) {
      external.set(...textsOf(part.bytes, 1, 2));
    }
  }
  const end = Number(external.get("offset") ?? 0) + Number(external.get("length") ?? 0);
  return { name, shape, file: external.get("location"), end: Number.isSafeInteger(end) ? end : 0 };
}

function sides(part: WireField, before: number): number[] {
  const given = wholeNumbersIn(part);
  if (before + given.length > MOST_SIDES || given.some((side) => side < 0 || side > 2 ** 31))
    throw new ModelUnreadable("The ONNX file has a tensor of an impossible shape.");
  return given;
}

function readValue(message: Uint8Array): OnnxValue {
  let name = "";
  let type: number | undefined;
  let shape: (number | undefined)[] | undefined;
  for (const part of fieldsOf(message)) {
    if (part.field === 1) name = textIn(part);
    if (part.field !== 2 || !part.bytes) continue;
    for (const tensor of nested(part.bytes, 1)) {
      for (const inner of fieldsOf(tensor)) {
        if (inner.field === 1) type = inner.value;
        if (inner.field === 2 && inner.bytes) shape = [...nested(inner.bytes, 1)].map(readSide);
      }
    }
  }
  return { name, type, shape };
}

function* nested(message: Uint8Array, field: number): Generator<Uint8Array> {
  for (const part of fieldsOf(message)) if (part.field === field && part.bytes) yield part.bytes;
}

/** A side of 0 or less, or one with a name, may have any size. */
function readSide(message: Uint8Array): number | undefined {
  for (const { field, value, bytes } of fieldsOf(message))
    if (field === 1 && !bytes && value > 0) return value;
  return undefined;
}
