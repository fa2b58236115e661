import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { layersOf, learningRate, momentum, type SupervisedWorkload } from "../../workloads.ts";
import type { Contender } from "../contender.ts";
import { classifier, initialValues } from "../initial-values.ts";

/** Unmodified TensorFlow.js, with its own operations, gradients and optimizer. */
export async function stockTfjs(
  workload: SupervisedWorkload,
  backend: "webgpu" | "webgl",
): Promise<Contender> {
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no ${backend} here.`);
  await tf.ready();
  const { batch, size, channels, classes, network } = workload;
  const { images, labels, weights } = initialValues(workload);
  const x = tf.tensor4d(images, [batch, size, size, channels]);
  const wanted = tf.oneHot(tf.tensor1d(labels, "int32"), classes).toFloat();
  const layers = new Map(
    layersOf(workload).map(({ name, convolution: { kernel, from, to, stride } }) => [
      name,
      {
        filter: tf.variable(tf.tensor4d(weights.get(name) as Float32Array, [kernel, kernel, from, to])),
        gamma: tf.variable(tf.ones([to])) as tf.Variable<tf.Rank.R1>,
        beta: tf.variable(tf.zeros([to])) as tf.Variable<tf.Rank.R1>,
        stride,
        padding: (kernel - 1) / 2,
      },
    ]),
  );
  const weight = tf.variable(
    tf.tensor2d(weights.get(classifier) as Float32Array, [network.features, classes]),
  );
  const bias = tf.variable(tf.zeros([classes]));

  const layer = (name: string, input: tf.Tensor4D): tf.Tensor4D => {
    const {
      filter,
      gamma,
      beta,
      stride,
      padding: p,
    } = layers.get(name) as NonNullable<ReturnType<typeof layers.get>>;
    const pad: tf.backend_util.ExplicitPadding = [
      [0, 0],
      [p, p],
      [p, p],
      [0, 0],
    ];
    const y = tf.conv2d(input, filter as tf.Tensor as tf.Tensor4D, stride, p === 0 ? "valid" : pad);
    const { mean, variance } = tf.moments(y, [0, 1, 2]);
    return tf.batchNorm4d(y, mean as tf.Tensor1D, variance as tf.Tensor1D, beta, gamma, 1e-5);
  };
  const loss = (): tf.Scalar => {
    let y = tf.relu(layer("stem", x));
    for (const [b, { path, shortcut }] of network.blocks.entries()) {
      const identity = shortcut ? layer(`block${b}/shortcut`, y) : y;
      path.forEach((_, c) => {
        y = layer(`block${b}/conv${c}`, y);
        if (c < path.length - 1) y = tf.relu(y);
      });
      y = tf.relu(tf.add(y, identity));
    }
    const logits = tf.add(
      tf.matMul(tf.mean(y, [1, 2]) as tf.Tensor2D, weight as tf.Tensor as tf.Tensor2D),
      bias,
    );
    return tf.losses.softmaxCrossEntropy(wanted, logits) as tf.Scalar;
  };
  const optimiser = tf.train.momentum(learningRate, momentum);
  let last: tf.Scalar | null = null;
  return {
    step: () => {
      last?.dispose();
      last = optimiser.minimize(loss, true);
    },
    settle: async () => (await last?.data())?.[0] ?? Number.NaN,
    gpuBytes: () => {
      const memory = tf.memory() as { numBytesInGPUAllocated?: number; numBytesAllocatedInGPU?: number };
      return memory.numBytesAllocatedInGPU ?? memory.numBytesInGPUAllocated ?? 0;
    },
  };
}
