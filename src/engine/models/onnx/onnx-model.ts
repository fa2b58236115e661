import { imageInputOf } from "../image-input";
import { ModelUnreadable } from "../model-unreadable";
import type { ModelTensor, ReadModel, RunnableModel } from "../runnable-model";
import { countedNames, product } from "../runnable-model";
import { elementTypes, type OnnxGraph, type OnnxValue, readOnnxGraph } from "./onnx-graph";
import { macsOf, measuredTensors, withOutputs } from "./onnx-macs";
import { createSession, type Session } from "./session";
import { type LeastApart, ownWeights, weightsApart } from "./weights-apart";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Reads what an ONNX file says of its model.
 *
 * @param given files beside it, by their names
 * @param least what is read apart from it
 * @throws ModelUnreadable with the reason
 */
export async function readOnnx(
  content: Blob,
  given: ReadonlyMap<string, Blob> = new Map(),
  least?: LeastApart,
): Promise<ReadModel> {
  const file = await weightsApart(content, least);
  const graph = readOnnxGraph(file);
  const files = [...graph.externalFiles.keys()].filter((name) => name !== ownWeights);
  const missing = files.filter((name) => !given.has(name));
  if (missing.length > 0)
    throw new ModelUnreadable(
      `Its weights are in ${missing.slice(0, 3).join(", ")}: choose this file together with the model.`,
    );
  for (const name of files) {
    const [size, wanted] = [given.get(name)?.size ?? 0, graph.externalFiles.get(name) ?? 0];
    if (size < wanted)
      throw new ModelUnreadable(
        `Its file of weights ${name.slice(0, 100)} has ${size} bytes; the model needs ${wanted}.`,
      );
  }
  const typed = graph.inputs.map((input) => ({
    name: input.name,
    type: elementTypes[input.type ?? 0] ?? "unknown",
    shape: withChannels(input, graph),
  }));
  const input = imageInputOf(typed);
  const floats = graph.outputs.filter(({ type }) => type === undefined || type === 1);
  if (floats.length === 0) throw new ModelUnreadable("It has no output of type float32.");
  const inner = featuresOf(graph).filter((name) => graph.outputs.every((output) => output.name !== name));
  return {
    format: "ONNX",
    files,
    input,
    operators: countedNames(graph.nodes.map(({ type }) => type)),
    parameters: [...graph.constants.values()].reduce((sum, { shape }) => sum + product(shape), 0),
    open: async () => {
      const holders = [...given, [ownWeights, content] as const];
      const beside = new Map(holders.filter(([name]) => graph.externalFiles.has(name)));
      const session = await createSession(withOutputs(file, inner), beside);
      return opened(session, input, [...floats.map(({ name }) => name), ...inner], (image, shape) =>
        count(file, beside, graph, image, shape),
      );
    },
  };
}

/**
 * The shape of an input. Exporters may leave all of its sides open: its channels are then what the convolution that reads it takes,
 * or else three, as of color images; a model that takes others cannot be run with them and is refused.
 */
function withChannels({ name, shape }: OnnxValue, { nodes, constants }: OnnxGraph): OnnxValue["shape"] {
  if (shape?.length !== 4 || shape[1] !== undefined || shape[3] !== undefined) return shape;
  const first = nodes.find(({ type, inputs }) => type === "Conv" && inputs[0] === name);
  const channels = constants.get(first?.inputs[1] ?? "")?.shape[1] ?? 3;
  return shape.map((side, at) => (at === 1 ? channels : side));
}

const linear = new Set(["Gemm", "MatMul", "MatMulInteger"]);
/** What gives weights in another type or form. */
const converting = new Set(["DequantizeLinear", "Cast", "Transpose", "Identity"]);

/** What the last linear layer reads: features, where a model only states classes. */
function featuresOf({ nodes, constants, inputs }: OnnxGraph): readonly string[] {
  const weights = new Set(constants.keys());
  for (const {
    type,
    inputs: [from = ""],
    outputs: [to = ""],
  } of nodes)
    if (converting.has(type) && weights.has(from)) weights.add(to);
  const last = nodes.findLast(({ type, inputs: [, weight = ""] }) => linear.has(type) && weights.has(weight));
  const [read] = last?.inputs ?? [];
  // Where weights are in 8 bits, so is what they are multiplied with: before that it is float32.
  const rounded = nodes.find(({ type, outputs }) => type === "DynamicQuantizeLinear" && outputs[0] === read);
  const name = rounded ? rounded.inputs[0] : read;
  const isComputed =
    name !== undefined && !constants.has(name) && inputs.every((input) => input.name !== name);
  return isComputed ? [name] : [];
}

function opened(
  session: Session,
  input: RunnableModel["input"],
  outputs: readonly string[],
  macs: RunnableModel["macs"],
): RunnableModel {
  return {
    input,
    outputs,
    macs,
    run: async (images, shape, wanted) => {
      const found = await session.run(input.name, images, shape, wanted);
      return wanted.map((name) => floatsOf(name, found.get(name)));
    },
    release: () => session.release(),
  };
}

function floatsOf(name: string, tensor: ModelTensor | undefined): ModelTensor {
  if (tensor?.values instanceof Float32Array) return tensor;
  throw new ModelUnreadable(`Its output ${name} is not of type float32.`);
}

async function count(
  file: Bytes,
  beside: ReadonlyMap<string, Blob>,
  graph: OnnxGraph,
  image: Float32Array<ArrayBuffer>,
  shape: readonly number[],
): Promise<number> {
  const known = new Set(graph.outputs.map(({ name }) => name));
  const wanted = measuredTensors(graph);
  const session = await createSession(
    withOutputs(
      file,
      wanted.filter((name) => !known.has(name)),
    ),
    beside,
    "measuring",
  );
  try {
    const [inner] = graph.inputs;
    const found = await session.run(inner?.name ?? "", image, shape, wanted);
    const sizes = new Map([...found].map(([name, tensor]) => [name, tensor.shape] as const));
    return macsOf(graph, sizes, shape);
  } finally {
    await session.release();
  }
}
