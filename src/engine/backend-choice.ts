import * as tf from "@tensorflow/tfjs-core";
import { type BackendName, type BackendTime, backendNames } from "../protocol/messages";
import { type StartedBackend, startBackend } from "./backend";
import { EngineFailure, noBackend, noSuchBackend } from "./failures";
import { batchNormTrain } from "./kernels/batch-norm";
import { conv2d } from "./kernels/conv2d";

/** The best way to compute that there is, and what it was measured against. */
export interface ChosenBackend extends StartedBackend {
  /** Fastest first; absent where there was nothing to choose. */
  readonly measured?: readonly BackendTime[];
}

/** A layer of the page's default network: what its steps spend their time on. */
const images = [64, 16, 16, 16] as const;
const filter = [3, 3, 16, 16] as const;
/** The first time compiles. */
const times = 3;

/** Milliseconds of one layer forwards and backwards on the backend in use; the least of some. */
async function timeLayer(): Promise<number> {
  const channels = filter[3];
  const inputs = tf.tidy(() => [
    tf.randomUniform([...images], -1, 1, "float32", 1),
    tf.randomUniform([...filter], -1, 1, "float32", 2),
    tf.ones([channels]),
    tf.zeros([channels]),
  ]);
  const gradients = tf.grads((x: tf.Tensor, w: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
    const z = conv2d(x as tf.Tensor4D, w as tf.Tensor4D, { stride: 1, padding: 1 });
    const options = { groups: 1, epsilon: 1e-5, relu: true };
    return tf.sum(batchNormTrain(z, gamma as tf.Tensor1D, beta as tf.Tensor1D, options).y);
  });
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    const found = gradients(inputs);
    // Whoever waits for the filter's gradient has waited for everything before it.
    await found[1]?.data();
    if (time > 0) least = Math.min(least, performance.now() - start);
    tf.dispose(found);
  }
  tf.dispose(inputs);
  return least;
}

/**
 * A GPU by WebGPU is taken at once. Where the processor would have to draw it, or there is none, what this machine has is
 * measured and the fastest taken; plain JavaScript only where there is nothing else.
 *
 * @param wanted a backend's name: that one is taken, whatever it is like
 * @throws EngineFailure when there is no such backend, or none that works
 */
export async function chooseBackend(wanted = "auto"): Promise<ChosenBackend> {
  const reasons: string[] = [];
  const started = async (name: BackendName) => {
    try {
      return await startBackend(name);
    } catch (error) {
      reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  if (wanted !== "auto") {
    const named = backendNames.find((name) => name === wanted);
    if (!named) throw new EngineFailure(noSuchBackend(wanted, ["auto", ...backendNames]));
    const only = await started(named);
    if (!only) throw new EngineFailure(noBackend(reasons.join(" ")));
    return only;
  }
  const first = await started("webgpu");
  if (first && !first.software) return first;
  const measured: BackendTime[] = [];
  const candidates = backendNames.filter((name) => name !== "cpu" && (name !== "webgpu" || first));
  for (const backend of candidates) {
    if (!(backend === "webgpu" ? first : await started(backend))) continue;
    try {
      measured.push({ backend, ms: await timeLayer() });
    } catch (error) {
      reasons.push(`${backend}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  measured.sort((a, b) => a.ms - b.ms);
  for (const { backend } of measured) {
    const chosen = await started(backend);
    if (chosen) return { ...chosen, measured };
  }
  const last = await started("cpu");
  if (!last) throw new EngineFailure(noBackend(reasons.join(" ")));
  return last;
}
