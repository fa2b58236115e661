import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../backend/resident-tensor";
import { compiledSteps } from "../compiled/in-use";
import type { StepScalar } from "../math/step-scalar";

/**
 * The scalars that differ between steps, in the order of the tensor, with neutral values, under which nothing changes: the
 * defaults for steps that need only some of them.
 */
export const idleScalars = {
  studentRate: 0,
  teacherRate: 0,
  probeRate: 0,
  tau: 1,
  line: 0,
  /** Mixup's λ of the batch, and a second λ for networks that mix independently. */
  mixup: 1,
  ownMixup: 1,
  /** Adam's 1 − β₁ᵗ and 1 − β₂ᵗ. */
  adamFirst: 1,
  adamSecond: 1,
  /** DINO's teacher temperature, and its gate: 0 while the prototypes are frozen, else 1. */
  teacherTemperature: 1,
  prototypeGate: 1,
  /** The share of a term's weight that has been reached, from 0 to 1. */
  ramp: 1,
};
export type ScalarName = keyof typeof idleScalars;
export type Scalars = Readonly<Record<ScalarName, number>>;

const scalarNames = Object.keys(idleScalars) as readonly ScalarName[];

/** Returns the index of a scalar in the tensor. */
export const scalarIndex = (name: ScalarName): number => scalarNames.indexOf(name);

/** The values that one step reads. */
export interface StepValues {
  readonly scalars: Scalars;
  /** Indices into the training images. */
  readonly batch: Uint32Array;
  readonly seed: number;
  readonly epoch: number;
  /** An order of the batch, for steps that shuffle; if absent, the last one stays. */
  readonly shuffle?: Uint32Array | undefined;
  /** True (default) if Shampoo recomputes its roots. */
  readonly freshRoots?: boolean;
  /** True if a binary network's weights are still real numbers (default: false). */
  readonly firstPhase?: boolean;
}

const ints = (count: number) => ResidentTensor.of(tf.tensor1d(new Int32Array(count), "int32"));

/**
 * The tensors with all inputs of a step: image indices, seed and epoch, scalars. They are written before the step, so
 * that a replayed step reads the new values.
 */
export class StepInputs {
  private numbers: Scalars = idleScalars;
  /** Changes the commands of a step rather than its inputs: steps with and without it need separate recordings. */
  freshRoots = true;
  /** Likewise needs separate recordings. */
  firstPhase = false;
  private readonly resident: Readonly<
    Record<"scalars" | "batch" | "clock" | "shuffle" | "unshuffle", ResidentTensor<tf.Tensor1D>>
  >;

  constructor(batchSize: number) {
    this.resident = {
      scalars: ResidentTensor.of(tf.tensor1d(packed(idleScalars))),
      batch: ints(batchSize),
      clock: ints(2),
      shuffle: ints(batchSize),
      unshuffle: ints(batchSize),
    };
  }

  /** All scalars, float32 [count], in the order of {@link scalarIndex}. */
  get scalars(): tf.Tensor1D {
    return this.resident.scalars.tensor;
  }

  /** Indices into the training images, int32 [batch]. */
  get batch(): tf.Tensor1D {
    return this.resident.batch.tensor;
  }

  /** Seed and epoch, int32 [2], which determine the views. */
  get clock(): tf.Tensor1D {
    return this.resident.clock.tensor;
  }

  /** A new random order of the batch at every step, int32 [batch]. */
  get shuffle(): tf.Tensor1D {
    return this.resident.shuffle.tensor;
  }

  /** The inverse order, int32 [batch]: gathering by it undoes {@link shuffle}. */
  get unshuffle(): tf.Tensor1D {
    return this.resident.unshuffle.tensor;
  }

  /** Returns a scalar as a tensor, which a recorded step reads again at each replay. */
  scalar(name: ScalarName): tf.Scalar {
    return tf.reshape(tf.slice(this.scalars, scalarIndex(name), 1), []);
  }

  /** Returns a scalar as a number, as it is in this step. */
  value(name: ScalarName): number {
    return this.numbers[name];
  }

  /** Returns a scalar for updates without kernels: a tensor where steps are compiled, since the next step has another one. */
  stepScalar(name: ScalarName): StepScalar {
    return compiledSteps() ? this.scalar(name) : this.value(name);
  }

  write(values: StepValues): void {
    const { scalars, batch, seed, epoch, shuffle, freshRoots = true, firstPhase = false } = values;
    const { resident } = this;
    this.numbers = scalars;
    this.freshRoots = freshRoots;
    this.firstPhase = firstPhase;
    resident.scalars.write(packed(scalars));
    resident.batch.write(Int32Array.from(batch));
    resident.clock.write(Int32Array.of(seed | 0, epoch));
    if (!shuffle) return;
    const { order, back } = bothWays(shuffle);
    resident.shuffle.write(order);
    resident.unshuffle.write(back);
  }

  dispose(): void {
    for (const tensor of Object.values(this.resident)) tensor.dispose();
  }
}

const packed = (scalars: Scalars) => Float32Array.from(scalarNames, (name) => scalars[name]);

/** Returns an order and its inverse. */
function bothWays(shuffle: Uint32Array) {
  const order = Int32Array.from(shuffle);
  const back = new Int32Array(order.length);
  for (const [to, from] of order.entries()) back[from] = to;
  return { order, back };
}
