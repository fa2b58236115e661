import * as tf from "@tensorflow/tfjs-core";
import type { StepScalar } from "../../math/step-scalar";
import { type AdamMoments, type AdamState, adamDirection, type BiasCorrections } from "../adam/rule";

/**
 * Shampoo (Gupta et al. 2018, Algorithm 1) in the reduced form of docs/methods.md §3.1: a parameter's gradient as a
 * matrix G is preconditioned by L^{-¼} G R^{-¼} and scaled to the length of Adam's step. Buffers start at zero.
 */

/** Enough iterations for the smallest eigenvalue that the damping allows to converge, with a margin. */
const rounds = 24;

/**
 * A^{-¼} of a symmetric positive definite [n, n] by the coupled Newton iteration, which needs only matrix products. The
 * number of iterations is fixed, so no step has to wait for the GPU to report convergence.
 *
 * @returns the root [n, n], and max |M − I|, which is 0 at convergence
 */
export function inverseFourthRoot(matrix: tf.Tensor2D): { root: tf.Tensor2D; residual: tf.Scalar } {
  return tf.tidy(() => {
    const identity = tf.eye(matrix.shape[0]);
    // The iteration converges for eigenvalues of M in (0, 5); here they lie in (0, 2.5].
    const scale = tf.div(2.5, tf.norm(matrix));
    let m = tf.mul(scale, matrix) as tf.Tensor2D;
    let root = tf.mul(tf.pow(scale, 0.25), identity) as tf.Tensor2D;
    for (let round = 0; round < rounds; round++) {
      const n = tf.div(tf.sub(tf.mul(5, identity), m), 4) as tf.Tensor2D;
      const squared = tf.matMul(n, n);
      m = tf.matMul(tf.matMul(squared, squared), m);
      root = tf.matMul(root, n);
    }
    return { root, residual: tf.max(tf.abs(tf.sub(m, identity))) as tf.Scalar };
  });
}

/** The fraction of the mean eigenvalue that is added to every eigenvalue. */
const damping = 1e-4;
/** The least mean eigenvalue, for statistics that are still zero. */
const leastScale = 1e-30;

/** (A + ε I)^{-¼} with ε = 1e-4 tr(A)/n, of a symmetric positive semidefinite [n, n]. Caller owns the result. */
export function dampedInverseFourthRoot(statistics: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const [n] = statistics.shape;
    const identity = tf.eye(n);
    const meanEigenvalue = tf.maximum(tf.div(tf.sum(tf.mul(statistics, identity)), n), leastScale);
    // Gradients may be so small that their fourth powers underflow in float32: first scale them to size 1.
    const damped = tf.add(tf.div(statistics, meanEigenvalue), tf.mul(damping, identity)) as tf.Tensor2D;
    return tf.mul(inverseFourthRoot(damped).root, tf.pow(meanEigenvalue, -0.25));
  });
}

/** L^{-¼} G R^{-¼}, given G [m, n] and the roots L^{-¼} [m, m] and R^{-¼} [n, n]. → [m, n]; the caller owns it. */
export function precondition(gradient: tf.Tensor2D, left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.matMul(tf.matMul(left, gradient), right));
}

/** Scales `direction` to the norm `length` (a scalar). */
export function graft(direction: tf.Tensor, length: tf.Tensor): tf.Tensor {
  return tf.tidy(() => tf.mul(direction, tf.div(length, tf.maximum(tf.norm(direction), leastScale))));
}

/** Dimensions longer than `largestWhole` are cut into blocks of `size`. */
const blocks = { largestWhole: 256, size: 128 } as const;

/** Returns the start and length of each block of a dimension. */
export function blockRanges(length: number): { readonly begin: number; readonly size: number }[] {
  if (length <= blocks.largestWhole) return [{ begin: 0, size: length }];
  return Array.from({ length: Math.ceil(length / blocks.size) }, (_, i) => ({
    begin: i * blocks.size,
    size: Math.min(blocks.size, length - i * blocks.size),
  }));
}

export type ShampooBlock = {
  /** L ← βL + GGᵀ. */
  readonly left: tf.Tensor2D;
  /** R ← βR + GᵀG. */
  readonly right: tf.Tensor2D;
  readonly leftRoot: tf.Tensor2D;
  readonly rightRoot: tf.Tensor2D;
};

export type ShampooState = AdamState & {
  /** Blocks of the gradient's matrix, row by row; empty for a one-dimensional parameter, which follows Adam. */
  readonly blocks: readonly ShampooBlock[];
};

export interface ShampooSettings extends AdamMoments {
  readonly learningRate: StepScalar;
  /** Decoupled, as in AdamW. */
  readonly weightDecay: number;
  readonly corrections: BiasCorrections;
  /** β of the statistics L and R. */
  readonly statisticsMomentum: number;
  /** True if this step recomputes the roots: the first one, then every 20th. */
  readonly refreshRoots: boolean;
}

/** The shape of a parameter as a matrix: a filter [kh, kw, from, to] becomes [kh · kw · from, to]. */
function matrixShape(shape: readonly number[]): [number, number] {
  const columns = shape.at(-1) as number;
  return [shape.reduce((product, length) => product * length, 1) / columns, columns];
}

function gridOf(shape: readonly number[]) {
  const [rows, columns] = matrixShape(shape);
  return { rows: blockRanges(rows), columns: blockRanges(columns) };
}

/** Creates the state of a parameter before its first step. Caller owns the tensors, including `parameter`. */
export function startShampoo(parameter: tf.Tensor): ShampooState {
  const { rows, columns } = gridOf(parameter.shape);
  const square = (size: number) => tf.zeros([size, size]) as tf.Tensor2D;
  const grid =
    parameter.rank < 2 ? [] : rows.flatMap((row) => columns.map((column) => [row, column] as const));
  return {
    parameter,
    first: tf.zerosLike(parameter),
    second: tf.zerosLike(parameter),
    blocks: grid.map(([row, column]) => ({
      left: square(row.size),
      right: square(column.size),
      leftRoot: square(row.size),
      rightRoot: square(column.size),
    })),
  };
}

function updateBlock(block: ShampooBlock, gradient: tf.Tensor2D, settings: ShampooSettings): ShampooBlock {
  const { statisticsMomentum, refreshRoots } = settings;
  const left = tf.add(tf.mul(statisticsMomentum, block.left), tf.matMul(gradient, gradient, false, true));
  const right = tf.add(tf.mul(statisticsMomentum, block.right), tf.matMul(gradient, gradient, true, false));
  return {
    left: left as tf.Tensor2D,
    right: right as tf.Tensor2D,
    leftRoot: refreshRoots ? dampedInverseFourthRoot(left as tf.Tensor2D) : tf.clone(block.leftRoot),
    rightRoot: refreshRoots ? dampedInverseFourthRoot(right as tf.Tensor2D) : tf.clone(block.rightRoot),
  };
}

/** p ← p − η (graft(L^{-¼} G R^{-¼}, ‖Adam's direction‖) + λp), block by block. Caller owns the result. */
export function shampooUpdate(
  state: ShampooState,
  gradient: tf.Tensor,
  settings: ShampooSettings,
): ShampooState {
  const { learningRate, weightDecay, corrections } = settings;
  const updated = tf.tidy(() => {
    const { parameter } = state;
    const { first, second, direction } = adamDirection(state, gradient, settings, corrections);
    const matrix = tf.reshape(gradient, matrixShape(parameter.shape)) as tf.Tensor2D;
    const grid = gridOf(parameter.shape);
    const next: ShampooBlock[] = [];
    const bands = grid.rows.map((row, i) => {
      const parts = grid.columns.map((column, j) => {
        const block = state.blocks[i * grid.columns.length + j];
        const part = tf.slice(matrix, [row.begin, column.begin], [row.size, column.size]);
        if (!block) return part;
        const following = updateBlock(block, part, settings);
        next.push(following);
        return precondition(part, following.leftRoot, following.rightRoot);
      });
      return tf.concat(parts, 1);
    });
    const evened = tf.reshape(tf.concat(bands, 0), parameter.shape);
    const step = state.blocks.length === 0 ? direction : graft(evened, tf.norm(direction));
    const change = tf.mul(learningRate, tf.add(step, tf.mul(weightDecay, parameter)));
    return { parameter: tf.sub(parameter, change), first, second, blocks: next };
  });
  return updated;
}
