import * as tf from "@tensorflow/tfjs-core";
import { type CompiledRows, compileRows } from "../compiled/compiled-rows";
import { compiledSteps } from "../compiled/in-use";
import type { Refusal, StepCompiler } from "../compiled/step-compiler";
import type { Backbone } from "../networks/backbone";
import { encoderParameters, encoderStatistics } from "../networks/encoders";
import { renderPlain, renderWhole } from "../views/render-views";
import type { ResidentImages } from "../views/resident-images";

/**
 * Computes encoder features of unchanged images, using the running statistics of batch norm.
 *
 * @param indices into `images`
 * @param side pixels per side that they are resized to
 * @param chunk images per forward pass. The last chunk is filled up, so that all use the same kernels; with the batch
 *   size of training, no additional kernels are compiled.
 * @returns [indices.length, features]; the caller owns it
 */
export function embedImages(
  backbone: Backbone,
  images: ResidentImages,
  indices: Int32Array,
  chunk: number,
  side = images.set.size,
): tf.Tensor2D {
  const rendered = (some: tf.Tensor1D) =>
    side === images.set.size
      ? renderPlain(images, some)
      : renderWhole(images, some, tf.tensor1d([0, 0], "int32"), side);
  const features = (some: tf.Tensor1D) => backbone.features(rendered(some), { kind: "evaluate" });
  const variables = variablesOf(backbone);
  const shape = JSON.stringify([backbone.encoder, backbone.binaryWeights, chunk, side]);
  const compiled = compiledFeatures(images, shape, (steps) => compileRows(steps, chunk, features, variables));
  const rowsOf = compiled ? (some: Int32Array) => compiled.of(some, variables) : onTensor(features);
  return inChunks(images, indices, chunk, rowsOf);
}

/** Those of the encoder alone: networks of one shape may have other projectors. */
const variablesOf = ({ encoder, parameters, statistics }: Backbone): readonly tf.Variable[] => [
  ...encoderParameters(encoder).map(({ name }) => parameters.get(name)),
  ...encoderStatistics(encoder).map(({ name }) => statistics.get(name)),
];

/** The compiled features of images, by what they were compiled for; undefined where that could not be. */
const known = new WeakMap<ResidentImages, Map<string, CompiledRows | undefined>>();

/** Compiles features once for all networks of the same shape; they are released with the images. */
function compiledFeatures(
  images: ResidentImages,
  shape: string,
  compile: (steps: StepCompiler) => CompiledRows | Refusal,
): CompiledRows | undefined {
  const steps = compiledSteps();
  if (!steps) return undefined;
  const ofImages = known.get(images) ?? new Map<string, CompiledRows | undefined>();
  if (!known.has(images)) {
    known.set(images, ofImages);
    images.whenDisposed(() => {
      for (const rows of ofImages.values()) rows?.release();
      known.delete(images);
    });
  }
  if (!ofImages.has(shape)) {
    const made = compile(steps);
    ofImages.set(shape, "reason" in made ? undefined : made);
  }
  return ofImages.get(shape);
}

const onTensor =
  (rowsOf: (some: tf.Tensor1D) => tf.Tensor2D) =>
  (some: Int32Array): tf.Tensor2D =>
    rowsOf(tf.tensor1d(some, "int32"));

/** Normalized pixels, flat: the baseline that an encoder has to beat. [indices.length, pixels] */
export function flattenImages({ set, normalization }: ResidentImages, indices: Int32Array): tf.Tensor2D {
  const { pixels, channels, size } = set;
  const { mean, std } = normalization;
  const length = size * size * channels;
  const rows = new Float32Array(indices.length * length);
  for (const [row, index] of indices.entries()) {
    for (let at = 0; at < length; at++) {
      const channel = at % channels;
      const value = (pixels[index * length + at] as number) / 255;
      rows[row * length + at] = (value - (mean[channel] as number)) / (std[channel] as number);
    }
  }
  return tf.tensor2d(rows, [indices.length, length]);
}

/** Yields chunks of equal size, the last one filled up. */
function* chunksOf(indices: Int32Array, size: number, from = 0): Generator<Int32Array<ArrayBuffer>> {
  for (let start = from; start < indices.length; start += size) {
    const chunk = new Int32Array(size);
    chunk.set(indices.subarray(start, start + size));
    yield chunk;
  }
}

function inChunks(
  images: ResidentImages,
  indices: Int32Array,
  size: number,
  rowsOf: (chunk: Int32Array) => tf.Tensor2D,
): tf.Tensor2D {
  return tf.tidy(() => {
    const parts: tf.Tensor2D[] = [];
    let start = 0;
    for (const chunk of chunksOf(indices, size)) {
      images.hold(chunk, chunksOf(indices, size, start + size));
      const rows = tf.tidy(() => rowsOf(chunk));
      const wanted = Math.min(size, indices.length - start);
      parts.push(wanted === size ? rows : tf.slice(rows, [0, 0], [wanted, rows.shape[1]]));
      start += size;
    }
    return parts.length === 1 ? tf.clone(parts[0] as tf.Tensor2D) : tf.concat(parts);
  });
}

/**
 * Sets the running statistics of batch norm to the mean of those of `batches` batches, for the second baseline of an
 * untrained encoder.
 * @param indices at least `batches` · `batch`
 */
export function calibrate(
  backbone: Backbone,
  images: ResidentImages,
  indices: Int32Array,
  { batch, batches }: { readonly batch: number; readonly batches: number },
): void {
  for (let i = 0; i < batches; i++) {
    const some = indices.slice(i * batch, (i + 1) * batch);
    images.hold(some, chunksOf(indices, batch, (i + 1) * batch));
    tf.tidy(() => {
      const x = renderPlain(images, tf.tensor1d(some, "int32"));
      backbone.features(x, { kind: "train", groups: 1, keep: i / (i + 1) });
    });
  }
}
