import * as tf from "@tensorflow/tfjs-core";
import { Uploads } from "../backend/uploads";
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
  private readonly uploads: Uploads<"scalars" | "batch" | "clock" | "shuffle" | "unshuffle">;

  constructor(batchSize: number) {
    const ints = (size: number) => ({ size, dtype: "int32" as const });
    this.uploads = new Uploads({
      scalars: { size: scalarNames.length, dtype: "float32" },
      batch: ints(batchSize),
      clock: ints(2),
      shuffle: ints(batchSize),
      unshuffle: ints(batchSize),
    });
    this.pack(idleScalars);
    this.uploads.write("unshuffle");
  }

  /** All scalars, float32 [count], in the order of {@link scalarIndex}. */
  get scalars(): tf.Tensor1D {
    return this.uploads.tensor("scalars");
  }

  /** Indices into the training images, int32 [batch]. */
  get batch(): tf.Tensor1D {
    return this.uploads.tensor("batch");
  }

  /** Seed and epoch, int32 [2], which determine the views. */
  get clock(): tf.Tensor1D {
    return this.uploads.tensor("clock");
  }

  /** A new random order of the batch at every step, int32 [batch]. */
  get shuffle(): tf.Tensor1D {
    return this.uploads.tensor("shuffle");
  }

  /** The inverse order, int32 [batch]: gathering by it undoes {@link shuffle}. */
  get unshuffle(): tf.Tensor1D {
    return this.uploads.tensor("unshuffle");
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

  /** @throws RangeError when a batch or an order of it has another size */
  write(values: StepValues): void {
    const { scalars, batch, seed, epoch, shuffle, freshRoots = true, firstPhase = false } = values;
    const { numbers } = this.uploads;
    for (const indices of shuffle ? [batch, shuffle] : [batch]) {
      if (indices.length === numbers.batch.length) continue;
      throw new RangeError(`A batch of ${numbers.batch.length} images got ${indices.length} indices.`);
    }
    this.numbers = scalars;
    this.freshRoots = freshRoots;
    this.firstPhase = firstPhase;
    this.pack(scalars);
    numbers.batch.set(batch);
    numbers.clock[0] = seed | 0;
    numbers.clock[1] = epoch;
    if (shuffle) {
      numbers.shuffle.set(shuffle);
      for (let to = 0; to < shuffle.length; to++) numbers.unshuffle[shuffle[to] as number] = to;
    }
    this.uploads.write(shuffle ? "unshuffle" : "clock");
  }

  dispose(): void {
    this.uploads.dispose();
  }

  private pack(scalars: Scalars): void {
    const { numbers } = this.uploads;
    for (let i = 0; i < scalarNames.length; i++) numbers.scalars[i] = scalars[scalarNames[i] as ScalarName];
  }
}
