import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../backend/resident-tensor";

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

const ints = (count: number) => ResidentTensor.of(tf.tensor1d(new Int32Array(count), "int32"));

/**
 * All that a step is told: which images, which epoch, which rates. They are written before the step, so that a recorded
 * step sees new values when it is replayed.
 */
export class StepInputs {
  private numbers: Scalars = idleScalars;
  /** Decides what a step does, not what it reads: a step with it is another recording. */
  freshRoots = true;
  /** The same goes for this one. */
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

  /** float32, in the order of {@link scalarIndex}. */
  get scalars(): tf.Tensor1D {
    return this.resident.scalars.tensor;
  }

  /** Indices into the training images, int32 [batch]. */
  get batch(): tf.Tensor1D {
    return this.resident.batch.tensor;
  }

  /** Seed and epoch, int32 [2]: what views are drawn from. */
  get clock(): tf.Tensor1D {
    return this.resident.clock.tensor;
  }

  /** An order of the batch that is drawn anew for every step, int32 [batch]. */
  get shuffle(): tf.Tensor1D {
    return this.resident.shuffle.tensor;
  }

  /** Where each place of the batch went: gathering by it undoes {@link shuffle}. */
  get unshuffle(): tf.Tensor1D {
    return this.resident.unshuffle.tensor;
  }

  /** A scalar as a tensor: a recorded step reads it anew at each replay. */
  scalar(name: ScalarName): tf.Scalar {
    return tf.reshape(tf.slice(this.scalars, scalarIndex(name), 1), []);
  }

  /** For backends that compute updates with numbers of JavaScript. */
  value(name: ScalarName): number {
    return this.numbers[name];
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

/** An order, and the one that undoes it. */
function bothWays(shuffle: Uint32Array) {
  const order = Int32Array.from(shuffle);
  const back = new Int32Array(order.length);
  for (const [to, from] of order.entries()) back[from] = to;
  return { order, back };
}
