import * as tf from "@tensorflow/tfjs-core";
import { trainingBackend } from "../backend/backend";
import { compiledSteps } from "../compiled/in-use";
import type { StepCompiler } from "../compiled/step-compiler";
import { batchNormTrain } from "../operations/batch-norm/batch-norm";
import { conv2d } from "../operations/conv2d/conv2d";

/** A typical layer of the page's default network: images [n, h, w, c], filter [kh, kw, from, to]. */
const images = [64, 16, 16, 16] as const;
const filter = [3, 3, 16, 16] as const;
/** Timed runs after the first one, which compiles. */
const times = 2;
/** The same for steps, which the engine compiles a second time once they have run. */
const stepTimes = 8;

export interface TrialTime {
  /** Milliseconds of a forward and backward pass of the layer: the minimum of several runs. */
  readonly ms: number;
  /** Present if the forward pass alone took longer than the time to beat, so that the backward pass was skipped. */
  readonly isAtLeast?: true;
}

/** Returns the shortest time, in milliseconds, from calling `compute` to reading its `result`. */
async function least(compute: () => tf.Tensor[], result: (found: tf.Tensor[]) => tf.Tensor): Promise<number> {
  await trainingBackend()?.prepare(() => tf.dispose(compute()));
  let best = Number.POSITIVE_INFINITY;
  for (let time = 0; time <= times; time++) {
    const start = performance.now();
    const found = compute();
    await result(found).data();
    if (time > 0) best = Math.min(best, performance.now() - start);
    tf.dispose(found);
  }
  return best;
}

/**
 * Returns the shortest time of a step that consists of what `compute` computes.
 * @returns undefined if it cannot be compiled
 */
async function leastOfStep(steps: StepCompiler, compute: () => tf.Tensor[]): Promise<number | undefined> {
  const kept: tf.Tensor[] = [];
  const step = steps.compile(() => {
    for (const tensor of compute()) {
      const place = steps.besides(() => tf.keep(tf.zeros(tensor.shape)));
      kept.push(place);
      steps.copyInPlace(tensor, place);
    }
  });
  try {
    if ("reason" in step) return undefined;
    await steps.ready();
    let best = Number.POSITIVE_INFINITY;
    for (let time = 0; time <= stepTimes; time++) {
      const start = performance.now();
      steps.run(step);
      if (time > 0) best = Math.min(best, performance.now() - start);
    }
    return best;
  } finally {
    if (!("reason" in step)) step.release();
    tf.dispose(kept);
  }
}

/** Times one layer on the backend in use. @param toBeat milliseconds of the fastest backend so far */
export async function tryLayer(toBeat: number): Promise<TrialTime> {
  const channels = filter[3];
  const inputs = tf.tidy(() => [
    tf.randomUniform([...images], -1, 1, "float32", 1),
    tf.randomUniform([...filter], -1, 1, "float32", 2),
    tf.ones([channels]),
    tf.zeros([channels]),
  ]);
  const convolved = (x: tf.Tensor, w: tf.Tensor) =>
    conv2d(x as tf.Tensor4D, w as tf.Tensor4D, { stride: 1, padding: 1 });
  const gradients = tf.grads((x: tf.Tensor, w: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
    const options = { groups: 1, epsilon: 1e-5, relu: true };
    return tf.sum(batchNormTrain(convolved(x, w), gamma as tf.Tensor1D, beta as tf.Tensor1D, options).y);
  });
  try {
    const steps = compiledSteps();
    const compiled = steps && (await leastOfStep(steps, () => gradients(inputs)));
    if (compiled !== undefined) return { ms: compiled };
    if (Number.isFinite(toBeat)) {
      const [x, w] = inputs as [tf.Tensor, tf.Tensor];
      const forwards = await least(
        () => [convolved(x, w)],
        ([y]) => y as tf.Tensor,
      );
      if (forwards > toBeat) return { ms: forwards, isAtLeast: true };
    }
    // The gradient of the filter is computed last, so reading it waits for all the rest.
    return {
      ms: await least(
        () => gradients(inputs),
        ([, dw]) => dw as tf.Tensor,
      ),
    };
  } finally {
    tf.dispose(inputs);
  }
}
