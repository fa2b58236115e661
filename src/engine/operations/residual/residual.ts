import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../../backend/backend";
import { Backward } from "./backward";
import { Forward } from "./forward";
import type { Normed, ResidualNetwork, Trace } from "./trace";

const parametersOf = ({ stem, blocks }: ResidualNetwork): tf.Tensor[] => {
  const layers = blocks.flatMap(({ path, shortcut }) => [...path, ...(shortcut ? [shortcut] : [])]);
  return [stem, ...layers].flatMap(({ filter, gamma, beta }) => [filter, gamma, beta]);
};

/** All tensors that the gradient reads, each once. */
function tensorsOf({ stem, first, blocks }: Trace): tf.Tensor[] {
  const ofNorm = ({ z, table, y }: Normed) => [z, table, ...(y ? [y] : [])];
  const all = [
    ...stem.x.tensors,
    ...ofNorm(first),
    ...blocks.flatMap(({ inner, shortcut, end }) => [
      ...[...inner, end].flatMap(ofNorm),
      ...(shortcut ? [shortcut.z] : []),
    ]),
  ];
  return [...new Set(all)];
}

interface Differentiable {
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor;
  readonly backwardsFunc: (dy: tf.Tensor) => Readonly<Record<string, () => tf.Tensor>>;
}

/** What tf.customGrad calls, which computes every input's gradient, wanted or not. */
const differentiable = (made: Differentiable): tf.Tensor =>
  (tf.engine() as unknown as { runKernelFunc(made: Differentiable): tf.Tensor }).runKernelFunc(made);

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
  const parameters = parametersOf(network);
  const forGradient = (tf.engine() as unknown as { isTapeOn(): boolean }).isTapeOn();
  let trace: Trace | undefined;
  return differentiable({
    inputs: { images, ...Object.fromEntries(parameters.entries()) },
    forwardFunc: (_, save) => {
      trace = new Forward(backend, network, forGradient).run(images);
      if (forGradient) save(tensorsOf(trace));
      return lastOf(trace);
    },
    backwardsFunc: (dy) => {
      const backward = new Backward(backend);
      const ofImages = backward.run(trace as Trace, dy as tf.Tensor4D);
      const gradients = parameters.map((parameter, i) => [
        `${i}`,
        () => backward.gradients.get(parameter) as tf.Tensor,
      ]);
      return { images: ofImages, ...Object.fromEntries(gradients) };
    },
  }) as tf.Tensor4D;
}

function lastOf({ first, blocks }: Trace): tf.Tensor4D {
  const { y } = blocks.at(-1)?.end ?? first;
  if (!y) throw new Error("The last norm's output is not left to convolutions.");
  return y;
}
