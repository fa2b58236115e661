import type { BlockPlan, ConvolutionPlan, ResNetPlan } from "../networks/architecture";
import type { EncoderPlan } from "../networks/encoders";
import type { MobileNetPlan } from "../networks/mobilenet";
import { isResidual } from "../networks/mobilenet";
import { normEpsilon } from "../networks/normalization";
import type { NamedNumbers } from "../networks/parameters";
import { pointwiseOf, type ReactNetPlan } from "../networks/reactnet";
import { layerNormEpsilon, patch, sineValues, type VitPlan } from "../networks/vit";
import type { GraphWriter, Value } from "./graph-writer";

/**
 * Encoders as graphs of plain operations: what `encoderFeatures` computes with the running statistics of batch norm.
 */

/** Returns a network's tensor by its name. @throws Error if there is none */
export type Numbers = (name: string) => NamedNumbers;

interface Drawing {
  readonly graph: GraphWriter;
  readonly numbers: Numbers;
  /** Pixels per side of the images. */
  readonly size: number;
  readonly binaryWeights: boolean;
}

/** Writes an encoder: normalized images → pooled features. */
export function encoderGraph(plan: EncoderPlan, drawing: Drawing, images: Value): Value {
  switch (plan.family) {
    case "resnet":
      return resNetGraph(plan, drawing, images);
    case "mobilenet":
      return mobileNetGraph(plan, drawing, images);
    case "reactnet":
      return reactNetGraph(plan, drawing, images);
    case "vit":
      return vitGraph(plan, drawing, images);
    default:
      return plan satisfies never;
  }
}

function norm({ graph, numbers }: Drawing, name: string, x: Value): Value {
  const [gamma, beta] = [numbers(`${name}/gamma`), numbers(`${name}/beta`)];
  const [mean, variance] = [numbers(`${name}/mean`), numbers(`${name}/variance`)];
  return graph.norm(x, { gamma, beta, mean, variance, epsilon: normEpsilon });
}

/** The same padding before and after. */
const evenly = (kernel: number) => [(kernel - 1) / 2, (kernel - 1) / 2] as const;

function resNetGraph(plan: ResNetPlan, drawing: Drawing, images: Value): Value {
  const { graph, numbers } = drawing;
  const layer = (name: string, { kernel, stride }: ConvolutionPlan, x: Value) =>
    norm(drawing, name, graph.conv(x, numbers(`${name}/filter`), { stride, padding: evenly(kernel) }));
  const block = (name: string, { path, shortcut }: BlockPlan, x: Value) => {
    const identity = shortcut ? layer(`${name}/shortcut`, shortcut, x) : x;
    const main = path.reduce((y, convolution, c) => {
      const next = layer(`${name}/conv${c}`, convolution, y);
      return c < path.length - 1 ? graph.relu(next) : next;
    }, x);
    return graph.relu(graph.add(main, identity));
  };
  const stem = graph.relu(layer("stem", plan.stem, images));
  return graph.pool(plan.blocks.reduce((x, one, b) => block(`block${b}`, one, x), stem));
}

/** TensorFlow's "same" padding; an odd pixel is added after the image. */
function same(size: number, kernel: number, stride: number): readonly [number, number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function mobileNetGraph(plan: MobileNetPlan, drawing: Drawing, images: Value): Value {
  const { graph, numbers } = drawing;
  const finish = (name: string, x: Value, activation: "none" | "relu" | "hard") => {
    const normal = norm(drawing, name, x);
    if (activation === "none") return normal;
    return activation === "relu" ? graph.relu(normal) : graph.hardSwish(normal);
  };
  const layer = (name: string, x: Value, kernel: number, activation: "none" | "relu" | "hard") =>
    finish(
      name,
      graph.conv(x, numbers(`${name}/filter`), { stride: 1, padding: evenly(kernel) }),
      activation,
    );
  const dense = (name: string, rows: Value) =>
    graph.linear(rows, numbers(`${name}/weight`), numbers(`${name}/bias`));
  let size = drawing.size;
  let x = layer("stem", images, 3, "hard");
  for (const [b, block] of plan.blocks.entries()) {
    const { kernel, stride, activation, squeezed } = block;
    const name = `block${b}`;
    const wide = layer(`${name}/expand`, x, 1, activation);
    const filter = numbers(`${name}/depthwise/filter`);
    const options = { stride, padding: same(size, kernel, stride), depthwise: true };
    let y = finish(`${name}/depthwise`, graph.conv(wide, filter, options), activation);
    if (squeezed > 0) {
      const hidden = graph.relu(dense(`${name}/squeeze`, graph.pool(y)));
      y = graph.gate(y, graph.hardSigmoid(dense(`${name}/excite`, hidden)));
    }
    const projected = layer(`${name}/project`, y, 1, "none");
    x = isResidual(block) ? graph.add(projected, x) : projected;
    size = Math.ceil(size / stride);
  }
  return graph.pool(layer("last", x, 1, "hard"));
}

/** The binarized filter: ± the mean absolute weight of each output channel. */
function binaryFilter({ name, shape, values }: NamedNumbers): NamedNumbers {
  const to = shape.at(-1) ?? 1;
  const scale = new Float64Array(to);
  values.forEach((value, at) => {
    scale[at % to] = (scale[at % to] ?? 0) + Math.abs(value) / (values.length / to);
  });
  const signed = values.map((value, at) => (value >= 0 ? 1 : -1) * (scale[at % to] ?? 0));
  return { name, shape, values: signed };
}

function reactNetGraph(plan: ReactNetPlan, drawing: Drawing, images: Value): Value {
  const { graph, numbers } = drawing;
  const binary = (name: string, x: Value, stride: number, kernel: number) => {
    const real = numbers(`${name}/filter`);
    const filter = drawing.binaryWeights ? binaryFilter(real) : real;
    return norm(drawing, name, graph.conv(x, filter, { stride, padding: evenly(kernel) }));
  };
  const signs = (name: string, x: Value) =>
    graph.signs(graph.withChannels("add", x, numbers(`${name}/threshold`)));
  const activation = (name: string, x: Value) => {
    const shifted = graph.withChannels("add", x, numbers(`${name}/shiftIn`));
    const bent = graph.withChannels("prelu", shifted, numbers(`${name}/slope`));
    return graph.withChannels("add", bent, numbers(`${name}/shiftOut`));
  };
  let x = norm(
    drawing,
    "stem",
    graph.conv(images, numbers("stem/filter"), { stride: 1, padding: evenly(3) }),
  );
  for (const [b, block] of plan.blocks.entries()) {
    const [spatial, pointwise] = [`block${b}/spatial`, `block${b}/pointwise`];
    const shortcut = block.stride === 2 ? graph.halve(x) : x;
    const mixed = graph.add(binary(spatial, signs(spatial, x), block.stride, 3), shortcut);
    const between = activation(spatial, mixed);
    const again = signs(pointwise, between);
    const parts = pointwiseOf(block).map((part) =>
      graph.add(binary(`block${b}/${part}`, again, 1, 1), between),
    );
    x = activation(pointwise, graph.concat(parts));
  }
  return graph.pool(x);
}

function vitGraph(plan: VitPlan, { graph, numbers, size }: Drawing, images: Value): Value {
  const { channels, features: length, heads, blocks } = plan;
  const side = Math.floor(size / patch);
  const shape = { places: side * side, heads, length };
  const linear = (name: string, rows: Value) =>
    graph.linear(rows, numbers(`${name}/weight`), numbers(`${name}/bias`));
  const layerNorm = (name: string, rows: Value) =>
    graph.layerNorm(rows, numbers(`${name}/gamma`), numbers(`${name}/beta`), layerNormEpsilon);
  // A linear layer on patches is a convolution that steps from patch to patch.
  const { values } = numbers("patches/weight");
  const filter = { name: "patches/filter", shape: [patch, patch, channels, length], values };
  const patches = graph.conv(images, filter, { stride: patch, padding: [0, 0] });
  const places = { name: "places", shape: [shape.places, length], values: sineValues(side, length) };
  let x = graph.addPlaces(
    graph.tokens(graph.withChannels("add", patches, numbers("patches/bias")), length),
    places,
  );
  for (let b = 0; b < blocks; b++) {
    const name = `block${b}`;
    const normal = layerNorm(`${name}/attention`, x);
    const [query, key, value] = [
      linear(`${name}/query`, normal),
      linear(`${name}/key`, normal),
      linear(`${name}/value`, normal),
    ];
    x = graph.add(x, linear(`${name}/join`, graph.attention(query, key, value, shape)));
    const wide = graph.gelu(linear(`${name}/widen`, layerNorm(`${name}/mlp`, x)));
    x = graph.add(x, linear(`${name}/narrow`, wide));
  }
  return graph.meanOfPlaces(layerNorm("last", x), shape.places, length);
}
