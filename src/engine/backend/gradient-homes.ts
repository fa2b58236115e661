import type * as tf from "@tensorflow/tfjs-core";
import { type TrainingBackend, trainingBackend } from "./backend";
import type { Piece } from "./slab";

/** The places of parameters' gradients in flat tensors, by the ids of the parameters' data. */
export type GradientHomes = ReadonlyMap<object, GradientHome>;

export interface GradientHome {
  /** The flat tensor. */
  readonly slab: tf.TensorInfo;
  /** The index in it of the gradient's first number. */
  readonly offset: number;
}

interface Collection {
  readonly homes: Map<object, GradientHome>;
  /** The parameter whose gradient is being computed. */
  parameter?: object;
}

const collections = new WeakMap<TrainingBackend, Collection>();

/**
 * Runs `body`, which computes gradients. Operations write the first gradient of each parameter straight to its home:
 * then nothing has to be copied there. Another gradient of the same parameter gets a tensor of its own as usual.
 */
export function withGradientHomes<T>(homes: GradientHomes, body: () => T): T {
  const backend = trainingBackend();
  if (!backend || homes.size === 0) return body();
  const outer = collections.get(backend);
  collections.set(backend, { homes: new Map(homes) });
  try {
    return body();
  } finally {
    if (outer) collections.set(backend, outer);
    else collections.delete(backend);
  }
}

/** Runs `compute`, whose output is the gradient of `parameter`: {@link gradientOutput} finds its home. */
export function gradientOf<T>(parameter: tf.TensorInfo, compute: () => T): T {
  const backend = trainingBackend();
  const collection = backend && collections.get(backend);
  if (!collection) return compute();
  collection.parameter = parameter.dataId;
  try {
    return compute();
  } finally {
    delete collection.parameter;
  }
}

function takeHome(backend: TrainingBackend, parameter: object | undefined): GradientHome | undefined {
  const collection = collections.get(backend);
  const home = parameter && collection?.homes.get(parameter);
  if (home) collection?.homes.delete(parameter);
  return home;
}

/**
 * Returns the tensor for a gradient of the given shape: at the home of `parameter`, by default that of
 * {@link gradientOf}, or a new one. The caller owns it.
 */
export function gradientOutput(
  backend: TrainingBackend,
  shape: number[],
  parameter = collections.get(backend)?.parameter,
): tf.TensorInfo {
  const home = takeHome(backend, parameter);
  return home ? backend.viewOf(home.slab, 4 * home.offset, shape) : backend.output(shape);
}

/**
 * Finishes a gradient of which there are partial sums, [parts, size], and takes ownership of these. At a home it is
 * finished when something reads it, or together with others by {@link finishTogether}.
 *
 * @param sum adds the parts into the gradient
 */
export function gradientInParts(
  backend: TrainingBackend,
  shape: number[],
  sums: tf.TensorInfo,
  sum: (gradient: tf.TensorInfo) => unknown,
): tf.TensorInfo {
  const home = takeHome(backend, collections.get(backend)?.parameter);
  const gradient = home ? backend.viewOf(home.slab, 4 * home.offset, shape) : backend.output(shape);
  const finish = () => {
    sum(gradient);
    backend.disposeData(sums.dataId);
  };
  if (home) backend.postponed.add(gradient, { finish, drop: () => backend.disposeData(sums.dataId), sums });
  else finish();
  return gradient;
}

/** Which pieces of a flat tensor still have to be written there: those computed elsewhere, or in parts. */
export function unfinished(
  backend: TrainingBackend,
  slab: tf.TensorInfo,
  pieces: readonly Piece[],
): readonly Piece[] {
  return pieces.flatMap((piece) => {
    if (!backend.isAt(piece.tensor, slab, 4 * piece.offset)) return [piece];
    const sums = backend.postponed.take(piece.tensor);
    return sums ? [{ ...piece, tensor: sums, parts: sums.shape[0] ?? 1, owned: true }] : [];
  });
}
