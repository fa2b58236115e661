import type * as tf from "@tensorflow/tfjs-core";
import * as v from "valibot";
import { imageInputOf } from "../image-input";
import { ModelUnreadable } from "../model-unreadable";
import { countedNames, product, type ReadModel, type RunnableModel } from "../runnable-model";
import { reasonOf, tensorsOf } from "./tensors";
import { numbersOf, type TfjsFiles } from "./weights";

/** A layer of Keras, or a model that is one of another's layers. Only what is needed here is checked; the rest is the library's. */
interface Layer {
  readonly type: string;
  readonly name: string;
  readonly input: readonly (number | null)[] | undefined;
  readonly inner: readonly Layer[];
}

const sides = v.pipe(v.array(v.nullable(v.pipe(v.number(), v.safeInteger()))), v.maxLength(12));
const layer = v.looseObject({
  class_name: v.pipe(v.string(), v.maxLength(200)),
  config: v.unknown(),
});
const config = v.looseObject({
  name: v.exactOptional(v.pipe(v.string(), v.maxLength(1_000))),
  batch_input_shape: v.exactOptional(sides),
  layers: v.exactOptional(v.pipe(v.array(v.unknown()), v.maxLength(20_000))),
  input_layers: v.exactOptional(v.pipe(v.array(v.unknown()), v.maxLength(100))),
});
const mostNested = 8;

/** Reads a layers model. @throws ModelUnreadable */
export function readLayersModel(files: TfjsFiles): ReadModel {
  const { topology, specs } = files;
  const { layers, inputs } = readModel(topology["model_config"] ?? topology);
  const flat = flattened(layers);
  const shaped = flat.filter((one) => one.input !== undefined);
  const [first] = shaped;
  if (inputs > 1) throw new ModelUnreadable(`The model has ${inputs} inputs; a teacher takes one, an image.`);
  const shape = first?.input?.map((side) => (side !== null && side > 0 ? side : undefined));
  const input = imageInputOf(first ? [{ name: first.name, type: "float32", shape }] : []);
  if (input.layout === "channelsFirst") throw new ModelUnreadable("Its images have their channels first.");
  return {
    format: "TensorFlow.js layers",
    input,
    operators: countedNames(flat.filter(({ inner }) => inner.length === 0).map(({ type }) => type)),
    parameters: specs.reduce((sum, { shape: of }) => sum + product(of), 0),
    open: () => open(files, input),
  };
}

function readModel(given: unknown): { readonly layers: readonly Layer[]; readonly inputs: number } {
  const model = v.safeParse(layer, given);
  if (!model.success) throw new ModelUnreadable("The file model.json describes neither a graph nor layers.");
  const { layers, inputs } = readLayer(given, 0);
  return { layers: [layers], inputs };
}

function readLayer(given: unknown, depth: number): { readonly layers: Layer; readonly inputs: number } {
  const unreadable = () => new ModelUnreadable("A layer of model.json is not what it must be.");
  if (depth > mostNested) throw unreadable();
  const one = v.safeParse(layer, given);
  if (!one.success) throw unreadable();
  // Old sequential models are a list of layers.
  const settings = v.safeParse(
    config,
    Array.isArray(one.output.config) ? { layers: one.output.config } : one.output.config,
  );
  if (!settings.success) throw unreadable();
  const {
    name = one.output.class_name,
    batch_input_shape: input,
    layers = [],
    input_layers = [],
  } = settings.output;
  const inner = layers.map((next) => readLayer(next, depth + 1).layers);
  return { layers: { type: one.output.class_name, name, input, inner }, inputs: input_layers.length };
}

const flattened = (layers: readonly Layer[]): readonly Layer[] =>
  layers.flatMap((one) => [one, ...flattened(one.inner)]);

interface KerasLayer {
  readonly name: string;
  readonly outputShape: unknown;
  readonly inboundNodes: readonly unknown[];
  readonly getOutputAt: (node: number) => unknown;
  readonly weights: readonly { readonly originalName: string; readonly shape: readonly (number | null)[] }[];
  readonly layers?: readonly KerasLayer[];
}

async function open(files: TfjsFiles, input: RunnableModel["input"]): Promise<RunnableModel> {
  const { loadLayersModel, modelOf } = await import("./layers-runtime");
  const load = async () => {
    const { topology: modelTopology, specs: weightSpecs } = files;
    return { modelTopology, weightSpecs, weightData: await numbersOf(files) } as never;
  };
  const model = await loadLayersModel({ load }).catch((error: unknown) => {
    throw new ModelUnreadable(`TensorFlow.js cannot load the model: ${reasonOf(error)}`);
  });
  const layers = model.layers as unknown as readonly KerasLayer[];
  // Features are what a layer before the last gives: where a model ends in classes, they know more.
  const offered = layers
    .slice(-mostOffered)
    // A model among the layers also has the output that it had on its own; here it was applied last.
    .map((one) => [one.name, one.getOutputAt(one.inboundNodes.length - 1)] as const)
    .filter(([, output]) => !Array.isArray(output));
  const ends = new Map(offered.toReversed());
  return {
    input,
    outputs: [...ends.keys()],
    run: (images, shape, names) =>
      tensorsOf(images, shape, async (given) => {
        const outputs = names.map((name) => ends.get(name));
        const part = modelOf({ inputs: model.inputs, outputs: outputs as never });
        const found = part.predict(given as never) as unknown;
        return (Array.isArray(found) ? found : [found]) as readonly tf.Tensor[];
      }).catch((error: unknown) => {
        throw error instanceof ModelUnreadable
          ? error
          : new ModelUnreadable(`TensorFlow.js cannot run the model: ${reasonOf(error)}`);
      }),
    macs: async (_, [count = 1, side = 1]) => count * macsOf(layers, side, input.side ?? side),
    release: async () => void model.dispose(),
  };
}

const mostOffered = 6;

/** Of kernels with two sides or more, once for each place of the layer's output. */
function macsOf(layers: readonly KerasLayer[], side: number, stated: number): number {
  const scale = (side / stated) ** 2;
  return layers.reduce((sum, one) => {
    if (one.layers) return sum + macsOf(one.layers, side, stated);
    const shape = one.outputShape as readonly (number | null)[];
    const places = product(shape.slice(1, -1).map((places) => places ?? 1)) * scale;
    const kernels = one.weights
      .map(({ shape: of }) => of.map((side) => side ?? 1))
      .filter((of) => of.length > 1);
    return sum + Math.round(places) * kernels.reduce((all, kernel) => all + product(kernel), 0);
  }, 0);
}
