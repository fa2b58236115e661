import * as tf from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { imageInputOf } from "../image-input";
import { ModelUnreadable } from "../model-unreadable";
import { countedNames, product, type ReadModel, type RunnableModel } from "../runnable-model";
import { reasonOf, tensorsOf } from "./tensors";
import { streamOf, type TfjsFiles } from "./weights";

const text = v.pipe(v.string(), v.maxLength(1_000));
const node = v.looseObject({
  name: text,
  op: text,
  input: v.exactOptional(v.pipe(v.array(text), v.maxLength(10_000))),
  attr: v.exactOptional(v.record(v.string(), v.unknown())),
});
const graph = v.looseObject({ node: v.pipe(v.array(node), v.minLength(1), v.maxLength(100_000)) });
type Node = v.InferOutput<typeof node>;

const placeholder = v.object({
  shape: v.exactOptional(
    v.object({
      shape: v.looseObject({
        dim: v.exactOptional(
          v.pipe(v.array(v.looseObject({ size: v.exactOptional(v.unknown()) })), v.maxLength(12)),
        ),
        unknownRank: v.exactOptional(v.unknown()),
      }),
    }),
  ),
  dtype: v.exactOptional(v.object({ type: v.union([v.string(), v.number()]) })),
});

/** The inputs of operations that hold their weights; of a product either. */
const counted = new Set([
  "Conv2D",
  "_FusedConv2D",
  "DepthwiseConv2dNative",
  "FusedDepthwiseConv2dNative",
  "MatMul",
  "_FusedMatMul",
  "BatchMatMul",
  "BatchMatMulV2",
]);

/** Reads a graph model. @throws ModelUnreadable */
export function readGraphModel(files: TfjsFiles): ReadModel {
  const checked = v.safeParse(graph, files.topology);
  if (!checked.success) throw new ModelUnreadable("The graph of model.json is not what it must be.");
  const nodes = checked.output.node;
  const input = imageInputOf(nodes.filter(({ op }) => op === "Placeholder").map(inputOf));
  return {
    format: "TensorFlow.js graph",
    input,
    operators: countedNames(nodes.map(({ op }) => op).filter((op) => op !== "Const" && op !== "Placeholder")),
    parameters: files.specs
      .filter(({ dtype }) => dtype === "float32")
      .reduce((sum, { shape }) => sum + product(shape), 0),
    open: () => open(files, nodes, input),
  };
}

function inputOf({ name, attr }: Node) {
  const checked = v.safeParse(placeholder, attr ?? {});
  const { shape, dtype } = checked.success ? checked.output : {};
  const sides = shape?.shape.dim?.map(({ size }) => {
    const side = Number(size);
    return Number.isSafeInteger(side) && side > 0 ? side : undefined;
  });
  const isFloat = dtype === undefined || dtype.type === "DT_FLOAT" || dtype.type === 1;
  return { name, type: isFloat ? "float32" : String(dtype.type).slice(0, 40), shape: sides };
}

async function open(
  files: TfjsFiles,
  nodes: readonly Node[],
  input: RunnableModel["input"],
): Promise<RunnableModel> {
  const { loadGraphModel } = await import("./graph-runtime");
  const load = async () => {
    const { all, topology: modelTopology, specs: weightSpecs } = files;
    return { ...all, modelTopology, weightSpecs, getWeightStream: () => streamOf(files) } as never;
  };
  const model = await loadGraphModel({ load }).catch((error: unknown) => {
    throw new ModelUnreadable(`TensorFlow.js cannot load the model: ${reasonOf(error)}`);
  });
  const execute = async (image: tf.Tensor, names: readonly string[]): Promise<readonly tf.Tensor[]> => {
    const found = await Promise.resolve()
      .then(() => tf.tidy(() => model.execute(image as never, [...names]) as never))
      .catch(() => model.executeAsync(image as never, [...names]))
      .catch((error: unknown) => {
        throw new ModelUnreadable(`TensorFlow.js cannot run the model: ${reasonOf(error)}`);
      });
    return (Array.isArray(found) ? found : [found]) as unknown as readonly tf.Tensor[];
  };
  const stated = model.outputs.map(({ name }) => name.replace(/:0$/, ""));
  const inner = featuresOf(nodes);
  return {
    input,
    outputs: [...new Set([...stated, ...(inner === undefined ? [] : [inner])])],
    run: (images, shape, names) => tensorsOf(images, shape, (image) => execute(image, names)),
    macs: async (image, shape) => {
      const some = nodes.filter(({ op }) => counted.has(op));
      // Weights are not asked for: what the model returns is disposed.
      const weights = new Map(files.specs.map(({ name, shape: of }) => [name, of] as const));
      const names = [
        ...new Set(
          some.flatMap(({ name, input: [first, second] = [] }) =>
            [name, first ?? "", second ?? ""].map(plain),
          ),
        ),
      ].filter((name) => !weights.has(name));
      const found = await tensorsOf(image, shape, (given) => execute(given, names));
      const sizes = new Map<string, readonly number[]>([
        ...weights,
        ...names.map((name, at) => [name, found[at]?.shape ?? []] as const),
      ]);
      return some.reduce((sum, one) => sum + macsOf(one, sizes), 0);
    },
    release: async () => model.dispose(),
  };
}

/** Names of inputs may say which output is meant, or that only the order matters. */
const plain = (name: string) => name.replace(/^\^/, "").replace(/:\d+$/, "");

function macsOf(
  { name, op, input: [first = "", second = ""] = [] }: Node,
  sizes: ReadonlyMap<string, readonly number[]>,
): number {
  const output = sizes.get(name) ?? [];
  if (!op.includes("MatMul")) return product(output.slice(0, -1)) * product(sizes.get(plain(second)) ?? []);
  // What both matrices share is what the first has and the output lacks.
  const from = product((sizes.get(plain(first)) ?? []).slice(-2));
  return (product(output) * from) / (output.at(-2) ?? 1);
}

/** What the last linear layer reads: features, where a model only states classes. */
function featuresOf(nodes: readonly Node[]): string | undefined {
  const last = nodes.findLast(({ op }) => op === "MatMul" || op === "_FusedMatMul");
  const name = last?.input?.[0];
  return name === undefined ? undefined : plain(name);
}
