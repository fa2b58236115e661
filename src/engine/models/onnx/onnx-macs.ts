import { joined, message, text } from "../../../protocol/protobuf";
import { product } from "../runnable-model";
import type { OnnxGraph, OnnxNode } from "./onnx-graph";

/**
 * Counts the multiply-accumulates of convolutions and matrix products from the sizes that tensors have when the model runs:
 * no shapes need to be inferred from its operators.
 */

interface Counted {
  /** Which of the inputs holds the weights, or the second matrix. */
  readonly weight: number;
  readonly kind: "convolution" | "transposed" | "product";
}

const counted: Readonly<Record<string, Counted>> = {
  Conv: { weight: 1, kind: "convolution" },
  FusedConv: { weight: 1, kind: "convolution" },
  ConvInteger: { weight: 1, kind: "convolution" },
  QLinearConv: { weight: 3, kind: "convolution" },
  ConvTranspose: { weight: 1, kind: "transposed" },
  MatMul: { weight: 1, kind: "product" },
  Gemm: { weight: 1, kind: "product" },
  FusedMatMul: { weight: 1, kind: "product" },
  FusedGemm: { weight: 1, kind: "product" },
  MatMulInteger: { weight: 1, kind: "product" },
  QLinearMatMul: { weight: 3, kind: "product" },
};

const kindOf = ({ type }: OnnxNode): Counted | undefined =>
  Object.hasOwn(counted, type) ? counted[type] : undefined;

/** The tensors whose sizes must be known, without constants. */
export function measuredTensors({ nodes, constants, inputs }: OnnxGraph): readonly string[] {
  const given = new Set([...constants.keys(), ...inputs.map(({ name }) => name), ""]);
  const wanted = nodes.flatMap((node) => {
    const kind = kindOf(node);
    return kind ? [node.inputs[0] ?? "", node.inputs[kind.weight] ?? "", node.outputs[0] ?? ""] : [];
  });
  return [...new Set(wanted)].filter((name) => !given.has(name));
}

/** The file with these tensors as outputs, too: messages that occur twice are merged when they are read. */
export function withOutputs(file: Uint8Array, names: readonly string[]): Uint8Array<ArrayBuffer> {
  const outputs = names.map((name) => message(12, [text(1, name)]));
  return joined([[file], message(7, outputs)]);
}

/** @param sizes shapes of {@link measuredTensors} for these images */
export function macsOf(
  { nodes, constants, inputs }: OnnxGraph,
  sizes: ReadonlyMap<string, readonly number[]>,
  images: readonly number[],
): number {
  const shape = (name = ""): readonly number[] => {
    const isImage = inputs.some((input) => input.name === name);
    return sizes.get(name) ?? constants.get(name)?.shape ?? (isImage ? images : []);
  };
  return nodes.reduce((sum, node) => {
    const kind = kindOf(node);
    if (!kind) return sum;
    const [input, weight] = [shape(node.inputs[0]), shape(node.inputs[kind.weight])];
    const output = shape(node.outputs[0]);
    if (kind.kind === "convolution") return sum + placesOf(output) * product(weight);
    if (kind.kind === "transposed") return sum + placesOf(input) * product(weight);
    // A Gemm may have its second matrix transposed: its inner side is what both matrices share.
    const inner = weight.length < 2 ? product(weight) : innerSide(node, weight, output);
    return sum + product(output) * inner;
  }, 0);
}

/** Of all images: [images, channels, …]. */
const placesOf = ([images = 1, , ...sides]: readonly number[]): number => images * product(sides);

function innerSide({ type }: OnnxNode, weight: readonly number[], output: readonly number[]): number {
  const [rows = 1, columns = 1] = weight.slice(-2);
  return type.endsWith("Gemm") && columns !== output.at(-1) ? columns : rows;
}
