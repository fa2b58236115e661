import * as tf from "@tensorflow/tfjs-core";
import type { Running } from "../batch-norm/batch-norm";
import type { NormShape } from "../batch-norm/programs";
import type { Moments } from "../conv2d/conv2d";
import type { Operand } from "../conv2d/operand";
import type { ConvolutionShape } from "../conv2d/programs";
import { normalized } from "./operands";

export interface ResidualNorm {
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
  /** Running statistics to update in place. */
  readonly running?: Running;
}

/** A convolution without bias, and the batch norm that follows. */
export interface ResidualLayer extends ResidualNorm {
  readonly filter: tf.Tensor4D;
  readonly stride: number;
  readonly padding: number;
}

/** relu(norm(… relu(norm(x)) …) + x), or with a shortcut's norm in place of the last x. */
export interface ResidualBlock {
  readonly path: readonly ResidualLayer[];
  readonly shortcut?: ResidualLayer;
}

export interface ResidualNetwork {
  readonly stem: ResidualLayer;
  readonly blocks: readonly ResidualBlock[];
  /** The number of consecutive groups in the batch, each with its own statistics. */
  readonly groups: number;
  readonly epsilon: number;
}

/** What a convolution reads: a tensor, or others of which its kernels compute it as they load. */
export interface Source {
  readonly shape: readonly number[];
  /** One, or those that `operand` reads. */
  readonly tensors: readonly tf.Tensor[];
  readonly operand?: Operand;
  /** Where the first convolution that reads it writes it, for all that read it later. */
  readonly kept?: tf.Tensor4D;
}

export const sourceOf = (x: tf.Tensor): Source => ({ shape: x.shape, tensors: [x] });

/** A convolution's output before its norm, and what its gradient needs. */
export interface Convolved {
  readonly layer: ResidualLayer;
  readonly shape: ConvolutionShape;
  readonly x: Source;
  readonly z: tf.Tensor4D;
  /** The moments of chunks of z, if its kernel found them too. */
  readonly moments?: Moments;
}

/** A norm with its ReLU inside of a path. */
export interface Normed {
  readonly norm: ResidualNorm;
  readonly shape: NormShape;
  readonly z: tf.Tensor4D;
  readonly table: tf.Tensor;
  /** Absent if the convolutions that follow compute it. */
  readonly y?: tf.Tensor4D;
}

/** What the convolutions after a norm read. */
export const outputOf = ({ shape, z, table, y }: Normed): Source =>
  y ? sourceOf(y) : { shape: z.shape, tensors: [z, table], operand: normalized(shape) };

export interface BlockTrace {
  readonly path: readonly Convolved[];
  /** The norms before the last. */
  readonly inner: readonly Normed[];
  readonly shortcut: Convolved | undefined;
  /** The table of the last norm and the shortcut's. */
  readonly end: Normed;
}

export interface Trace {
  readonly stem: Convolved;
  readonly first: Normed;
  readonly blocks: readonly BlockTrace[];
}

/** The tensor of what a program wrote; the caller owns it. */
export const made = <T extends tf.Tensor>(info: tf.TensorInfo): T =>
  tf.engine().makeTensorFromTensorInfo(info) as T;
