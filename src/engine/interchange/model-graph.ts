import type { EncoderPlan } from "../networks/encoders";
import type { NamedNumbers } from "../networks/parameters";
import { encoderGraph, type Numbers } from "./encoder-graph";
import type { GraphWriter } from "./graph-writer";

/** A trained network with the information needed to use it. */
export interface ModelDescription {
  readonly plan: EncoderPlan;
  readonly tensors: readonly NamedNumbers[];
  /** Pixels per side of its training images. */
  readonly size: number;
  /** Mean and standard deviation per channel, of pixels in [0, 1]. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Whether a binary network's weights are binary; they stay real in the first step of two-step training. */
  readonly binaryWeights: boolean;
}

/**
 * Writes the complete model, from pixels in [0, 1] to `features` and to what gives the class: `logits` of the network's
 * own classifier or of a linear probe trained alongside, otherwise `shares` estimated by the closed-form classifier of
 * evaluations. Normalization is part of the model.
 *
 * @throws Error if a tensor is missing
 */
export function drawModel(
  graph: GraphWriter,
  { plan, tensors, size, mean, std, binaryWeights }: ModelDescription,
): void {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const numbers: Numbers = (name) => {
    const found = byName.get(name);
    if (!found) throw new Error(`The network has no ${name}.`);
    return found;
  };
  const vector = (name: string, values: readonly number[]): NamedNumbers => ({
    name,
    shape: [values.length],
    values: Float32Array.from(values),
  });
  const scale = std.map((one) => 1 / one);
  const shift = mean.map((one, channel) => -one * (scale[channel] ?? 1));
  const scaled = graph.withChannels("multiply", graph.input, vector("normalisation/scale", scale));
  const images = graph.withChannels("add", scaled, vector("normalisation/shift", shift));
  const features = encoderGraph(plan, { graph, numbers, size, binaryWeights }, images);
  graph.output(features, "features", plan.features);
  for (const layer of ["classifier", "probe", "ridge"]) {
    const [weight, bias] = [byName.get(`${layer}/weight`), byName.get(`${layer}/bias`)];
    if (!weight || !bias) continue;
    const name = layer === "ridge" ? "shares" : "logits";
    graph.output(graph.linear(features, weight, bias), name, bias.values.length);
    break;
  }
}
