import * as tf from "@tensorflow/tfjs-core";
import { compiledSteps } from "../compiled/compiled-steps";
import { trainingBackend } from "../kernels/backend";
import type { StepScalar } from "../math/step-scalar";

/** Numbers that differ between steps, by their place in the tensor. */
const scalarNames = [
  "studentRate",
  "teacherRate",
  "probeRate",
  "tau",
  "line",
  /** Mixup's λ of the batch, and another for whoever mixes on their own. */
  "mixup",
  "ownMixup",
  /** Adam's 1 − β₁ᵗ and 1 − β₂ᵗ. */
  "adamFirst",
  "adamSecond",
  /** DINO's: the teacher's temperature, and 0 while the prototypes stand still, else 1. */
  "teacherTemperature",
  "prototypeGate",
] as const;
export type ScalarName = (typeof scalarNames)[number];
export type Scalars = Readonly<Record<ScalarName, number>>;

/** Where kernels find a scalar. */
export const scalarIndex = (name: ScalarName): number => scalarNames.indexOf(name);

/** Nothing moves: what a step that needs only some of the scalars leaves the others at. */
export const idleScalars: Scalars = {
  studentRate: 0,
  teacherRate: 0,
  probeRate: 0,
  tau: 1,
  line: 0,
  mixup: 1,
  ownMixup: 1,
  adamFirst: 1,
  adamSecond: 1,
  teacherTemperature: 1,
  prototypeGate: 1,
};

/** What one step is given. */
export interface StepValues {
  readonly scalars: Scalars;
  /** Indices into the training images. */
  readonly batch: Uint32Array;
  readonly seed: number;
  readonly epoch: number;
  /** An order of the batch, for steps that shuffle; without it the last one stays. */
  readonly shuffle?: Uint32Array | undefined;
  /** Whether Shampoo computes its roots anew. */
  readonly freshRoots?: boolean;
  /** Whether a binary network's weights are still real. */
  readonly firstPhase?: boolean;
}

/**
 * All that a step is told: which images, which epoch, which rates. Where steps are recorded or compiled these are tensors
 * written before the step, so that the next one sees new values; elsewhere they are replaced.
 */
export class StepInputs {
  private numbers: Scalars = idleScalars;
  /** Decides what a step does, not what it reads: a step with it is another recording. */
  freshRoots = true;
  /** The same goes for this one. */
  firstPhase = false;
  private scalarTensor: tf.Tensor1D;
  private batchTensor: tf.Tensor1D;
  private clockTensor: tf.Tensor1D;
  private shuffleTensor: tf.Tensor1D;
  private unshuffleTensor: tf.Tensor1D;

  constructor(batchSize: number) {
    this.scalarTensor = tf.keep(tf.tensor1d(scalarNames.map((name) => idleScalars[name])));
    this.batchTensor = tf.keep(tf.tensor1d(new Int32Array(batchSize), "int32"));
    this.clockTensor = tf.keep(tf.tensor1d(new Int32Array(2), "int32"));
    this.shuffleTensor = tf.keep(tf.tensor1d(new Int32Array(batchSize), "int32"));
    this.unshuffleTensor = tf.keep(tf.tensor1d(new Int32Array(batchSize), "int32"));
    const backend = trainingBackend();
    for (const { dataId } of this.tensors) backend?.uploadToGPU(dataId);
  }

  /** float32, in the order of {@link scalarIndex}. */
  get scalars(): tf.Tensor1D {
    return this.scalarTensor;
  }

  /** Indices into the training images, int32 [batch]. */
  get batch(): tf.Tensor1D {
    return this.batchTensor;
  }

  /** Seed and epoch, int32 [2]: what views are drawn from. */
  get clock(): tf.Tensor1D {
    return this.clockTensor;
  }

  /** An order of the batch that is drawn anew for every step, int32 [batch]. */
  get shuffle(): tf.Tensor1D {
    return this.shuffleTensor;
  }

  /** Where each place of the batch went: gathering by it undoes {@link shuffle}. */
  get unshuffle(): tf.Tensor1D {
    return this.unshuffleTensor;
  }

  /** A scalar as a tensor: a recorded step reads it anew at each replay. */
  scalar(name: ScalarName): tf.Scalar {
    return tf.reshape(tf.slice(this.scalarTensor, scalarIndex(name), 1), []);
  }

  /** A number of JavaScript where every step is computed as it is written down. */
  value(name: ScalarName): number {
    return this.numbers[name];
  }

  /** A tensor where steps are compiled, so that the next one finds another number; else a number. */
  stepScalar(name: ScalarName): StepScalar {
    return compiledSteps() ? this.scalar(name) : this.value(name);
  }

  write(values: StepValues): void {
    const { scalars, batch, seed, epoch, shuffle, freshRoots = true, firstPhase = false } = values;
    this.numbers = scalars;
    this.freshRoots = freshRoots;
    this.firstPhase = firstPhase;
    const packed = Float32Array.from(scalarNames, (name) => scalars[name]);
    const indices = Int32Array.from(batch);
    const clock = Int32Array.of(seed | 0, epoch);
    const backend = trainingBackend() ?? compiledSteps();
    if (backend) {
      backend.writeInPlace(this.scalarTensor, packed);
      backend.writeInPlace(this.batchTensor, indices);
      backend.writeInPlace(this.clockTensor, clock);
      if (!shuffle) return;
      const { order, back } = bothWays(shuffle);
      backend.writeInPlace(this.shuffleTensor, order);
      backend.writeInPlace(this.unshuffleTensor, back);
      return;
    }
    tf.dispose([this.scalarTensor, this.batchTensor, this.clockTensor]);
    this.scalarTensor = tf.keep(tf.tensor1d(packed));
    this.batchTensor = tf.keep(tf.tensor1d(indices, "int32"));
    this.clockTensor = tf.keep(tf.tensor1d(clock, "int32"));
    if (!shuffle) return;
    const { order, back } = bothWays(shuffle);
    tf.dispose([this.shuffleTensor, this.unshuffleTensor]);
    this.shuffleTensor = tf.keep(tf.tensor1d(order, "int32"));
    this.unshuffleTensor = tf.keep(tf.tensor1d(back, "int32"));
  }

  dispose(): void {
    tf.dispose([...this.tensors]);
  }

  private get tensors(): readonly tf.Tensor[] {
    const { scalarTensor, batchTensor, clockTensor, shuffleTensor, unshuffleTensor } = this;
    return [scalarTensor, batchTensor, clockTensor, shuffleTensor, unshuffleTensor];
  }
}

/** An order, and the one that undoes it. */
function bothWays(shuffle: Uint32Array) {
  const order = Int32Array.from(shuffle);
  const back = new Int32Array(order.length);
  for (const [to, from] of order.entries()) back[from] = to;
  return { order, back };
}
