import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../../backend/backend";
import { isSmall } from "../batch-norm/merge";
import { conv2d, conv2dWithMoments } from "../conv2d/conv2d";
import { convolutionShape } from "../conv2d/programs";
import { Backward } from "./backward";
import { Forward } from "./forward";
import type { Normed, ResidualNetwork, Trace } from "./trace";

/** Whether the first norm's rows are so few that it finds its moments itself. */
function withFewRows(images: tf.Tensor4D, { stem, groups, epsilon }: ResidualNetwork): boolean {
  const { batch, outHeight, outWidth, to } = convolutionShape(images.shape, stem.filter.shape, stem);
  const rows = (batch * outHeight * outWidth) / groups;
  return isSmall({ rows, groups, channels: to, epsilon, relu: true });
}

const parametersOf = ({ stem, blocks }: ResidualNetwork): tf.Tensor[] => {
  const layers = blocks.flatMap(({ path, shortcut }) => [...path, ...(shortcut ? [shortcut] : [])]);
  return [stem.gamma, stem.beta, ...layers.flatMap(({ filter, gamma, beta }) => [filter, gamma, beta])];
};

/** All tensors that the gradient reads, each once. */
function tensorsOf({ first, blocks }: Trace): tf.Tensor[] {
  const ofNorm = ({ z, table, y }: Normed) => [z, table, y];
  const all = [
    ...ofNorm(first),
    ...blocks.flatMap(({ inner, shortcut, end }) => [
      ...[...inner, end].flatMap(ofNorm),
      ...(shortcut ? [shortcut.z] : []),
    ]),
  ];
  return [...new Set(all)];
}

/**
 * A residual network in training mode on WebGPU: every batch norm's statistics
 * and gradients, ReLUs and sums are fused across layers. Differentiable in the images and in all parameters. He et al. 2016.
 *
 * @param images [groups · batch, side, side, channels]
 * @returns the last block's output; the caller owns it
 */
export function residualNetwork(images: tf.Tensor4D, network: ResidualNetwork): tf.Tensor4D {
  const backend = trainingBackend();
  if (!backend) throw new Error("Residual networks are fused on WebGPU only.");
  const { stem, groups } = network;
  const convolved = withFewRows(images, network)
    ? { z: conv2d(images, stem.filter, stem) }
    : conv2dWithMoments(images, stem.filter, stem, groups);
  const parameters = parametersOf(network);
  const forGradient = (tf.engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
  const compute = tf.customGrad((...given) => {
    const save = given.at(-1) as unknown as tf.GradSaveFunc;
    const [z] = given as [tf.Tensor4D];
    const trace = new Forward(backend, network, forGradient).run({ ...convolved, z });
    const value = trace.blocks.at(-1)?.end.y ?? trace.first.y;
    if (forGradient) save(tensorsOf(trace));
    return {
      value,
      gradFunc: (dy) => {
        const backward = new Backward(backend);
        const dz = backward.run(trace, dy as tf.Tensor4D);
        return [dz, ...parameters.map((parameter) => backward.gradients.get(parameter) as tf.Tensor)];
      },
    };
  });
  return compute(convolved.z, ...parameters) as tf.Tensor4D;
}
