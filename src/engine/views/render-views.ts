import * as tf from "@tensorflow/tfjs-core";
import { defaultExperiment } from "../../protocol/experiment";
import type { TrainingBackend } from "../backend/backend";
import { defineOperation } from "../backend/operation";
import { Purpose, randomFor } from "../math/random";
import type { Normalization } from "./normalization";
import { drawView, type RenderRecipe } from "./parameters";
import { pictureOf } from "./picture";
import { policySteps } from "./policy/policy";
import { factsOf, policyFactsProgram, policyProgram } from "./policy/policy-programs";
import { renderView } from "./render";
import type { ResidentImages } from "./resident-images";
import {
  blurProgram,
  blurs,
  changesContrast,
  drawProgram,
  pixelsProgram,
  plainProgram,
  type ViewsShape,
} from "./view-programs";
import { VIEW_WORDS } from "./views.wgsl";
import { isTraced, renderInStep } from "./views-in-steps";

interface Source {
  readonly images: ResidentImages;
}

interface Views extends Source {
  readonly recipes: readonly RenderRecipe[];
  readonly side: number;
}

const runViews = defineOperation<"batch" | "clock", Views>(["batch", "clock"], {
  name: "RetortViews",
  gpu: (backend, { batch, clock }, { images, recipes, side }) => {
    const { set, normalization } = images;
    const { size, channels } = set;
    const places = placesOf(images);
    const windowed = places.length > 0;
    const shape: ViewsShape = { size, side, channels, batch: batch.shape[0] as number, recipes, windowed };
    const pixels = packedOf(images);
    const count = recipes.length * shape.batch;
    const outputShape = [count, side, side, channels];
    const views = backend.output([count, VIEW_WORDS], "int32");
    const sums = changesContrast(shape) ? [backend.output([count, side])] : [];
    const read = sums.length > 0 ? [pixels, ...sums] : [];
    backend.run(drawProgram(shape), [batch, clock, views, ...read, ...places]);
    const out = backend.output(outputShape);
    backend.run(pixelsProgram(shape, normalization), [pixels, views, out, ...sums]);
    if (blurs(shape)) {
      // `out` is read while rows are blurred, and can be overwritten afterwards.
      const rows = backend.output(outputShape);
      backend.run(blurProgram(shape, "rows", normalization), [out, views, rows]);
      backend.run(blurProgram(shape, "columns", normalization), [rows, views, out]);
      backend.disposeData(rows.dataId);
    }
    const done = applyPolicies(backend, shape, normalization, views, out);
    for (const { dataId } of [views, ...sums]) backend.disposeData(dataId);
    return [done];
  },
  reference: ({ batch, clock }, { images, recipes, side }) => {
    const [seed = 0, epoch = 0] = clock.dataSync();
    const random = randomFor(seed, Purpose.views);
    const samples = Array.from(batch.dataSync());
    return [
      stack(
        images,
        side,
        recipes.flatMap((recipe, view) =>
          samples.map((sample) =>
            renderView(
              pictureOf(images.set, sample),
              drawView(recipe, random, { epoch, sample, view }),
              side,
            ),
          ),
        ),
      ),
    ];
  },
});

/** Applies the steps of augmentation policies, each from one tensor of pictures to the other. Returns the last. */
function applyPolicies(
  backend: TrainingBackend,
  shape: ViewsShape,
  normalization: Normalization,
  views: tf.TensorInfo,
  pictures: tf.TensorInfo,
): tf.TensorInfo {
  const steps = policySteps(shape.recipes);
  if (steps === 0) return pictures;
  const facts = backend.output([factsOf(shape)]);
  let [from, to] = [pictures, backend.output(pictures.shape)];
  for (let step = 0; step < steps; step++) {
    backend.run(policyFactsProgram(shape, step), [from, views, facts]);
    backend.run(policyProgram(shape, step, step === steps - 1, normalization), [from, views, to, facts]);
    [from, to] = [to, from];
  }
  for (const { dataId } of [facts, to]) backend.disposeData(dataId);
  return from;
}

const runPlain = defineOperation<"batch", Source>(["batch"], {
  name: "RetortPlainImages",
  gpu: (backend, { batch }, { images }) => {
    const { set, normalization } = images;
    const count = batch.shape[0] as number;
    const out = backend.output([count, set.size, set.size, set.channels]);
    const places = placesOf(images);
    const program = plainProgram(set, count, normalization, places.length > 0);
    backend.run(program, [packedOf(images), batch, out, ...places]);
    return [out];
  },
  reference: ({ batch }, { images }) => [
    stack(
      images,
      images.set.size,
      Array.from(batch.dataSync(), (sample) =>
        Float32Array.from(pictureOf(images.set, sample).pixels, (byte) => byte / 255),
      ),
    ),
  ],
});

/**
 * Renders views of a batch, normalized: [recipes · batch, side, side, channels], those of the first recipe first. The
 * caller owns the result. Views that are larger than the images come from their detail, if it was prepared. View number i is drawn from the same random numbers regardless of its recipe and of the
 * other recipes, so two calls can show the same crop at two sizes. Everything that changes from step to step is read
 * from tensors, so a recorded step renders new views: `batch` holds indices into `images`, int32 [batch]; `clock`
 * holds the seed (modulo 2³²) and the epoch, int32 [2].
 * @throws RangeError if there is no recipe, TypeError if `batch` or `clock` has another type or shape
 */
export function renderViews(
  images: ResidentImages,
  recipes: readonly RenderRecipe[],
  batch: tf.Tensor1D,
  clock: tf.Tensor1D,
  side = images.set.size,
): tf.Tensor4D {
  if (recipes.length === 0) throw new RangeError("Views need at least one recipe.");
  checkIntegers("batch", batch);
  checkIntegers("clock", clock);
  if (clock.size !== 2) throw new TypeError(`The clock holds seed and epoch, not ${clock.size} numbers.`);
  const source = images.for(side);
  const views = isTraced()
    ? renderInStep(source, recipes, batch, clock, side)
    : (runViews({ batch, clock }, { images: source, recipes, side })[0] as tf.Tensor4D);
  watcher?.(views);
  return views;
}

let watcher: ((views: tf.Tensor4D) => void) | undefined;

/**
 * Passes all views that are rendered while `body` runs to `watch`; their caller still owns them. Replayed steps are
 * not seen.
 */
export function watchViews(watch: (views: tf.Tensor4D) => void, body: () => void): void {
  watcher = watch;
  try {
    body();
  } finally {
    watcher = undefined;
  }
}

const { views: usual } = defaultExperiment();
/** The whole image, resized and otherwise unchanged. */
export const wholeImage: RenderRecipe = {
  ...usual.first,
  jitterProbability: 0,
  grayscaleProbability: 0,
  blurProbability: 0,
  solarizeProbability: 0,
  flipProbability: 0,
  crop: { left: 0, top: 0, side: 1 },
};

/** Renders the images of a batch resized, normalized, and otherwise unchanged: [batch, side, side, channels]. */
export function renderWhole(
  images: ResidentImages,
  batch: tf.Tensor1D,
  clock: tf.Tensor1D,
  side: number,
): tf.Tensor4D {
  return renderViews(images, [wholeImage], batch, clock, side);
}

/**
 * Renders the images of a batch unchanged but normalized: [batch, size, size, channels]. The caller owns the result.
 */
export function renderPlain(images: ResidentImages, batch: tf.Tensor1D): tf.Tensor4D {
  checkIntegers("batch", batch);
  if (isTraced())
    return renderInStep(images, [wholeImage], batch, tf.tensor1d([0, 0], "int32"), images.set.size);
  return runPlain({ batch }, { images })[0] as tf.Tensor4D;
}

function checkIntegers(name: string, tensor: tf.Tensor1D): void {
  if (tensor.dtype === "int32" && tensor.rank === 1 && tensor.size > 0) return;
  throw new TypeError(`${name} is ${tensor.dtype} [${tensor.shape}]; it must be int32 [n], n > 0.`);
}

function packedOf({ packed }: ResidentImages): tf.Tensor1D {
  if (!packed) throw new Error("These images were uploaded before WebGPU was started.");
  return packed;
}

const placesOf = ({ window }: ResidentImages): readonly tf.Tensor1D[] => (window ? [window.places] : []);

function stack(
  { set, normalization }: ResidentImages,
  side: number,
  views: readonly Float32Array[],
): tf.Tensor4D {
  const stacked = new Float32Array(views.length * side * side * set.channels);
  views.forEach((view, i) => {
    stacked.set(view, i * view.length);
  });
  normalize(stacked, normalization);
  return tf.tensor4d(stacked, [views.length, side, side, set.channels]);
}

/** Normalizes pixels [..., channels] in place. */
function normalize(pixels: Float32Array, { mean, std }: Normalization): void {
  const channels = mean.length;
  for (let at = 0; at < pixels.length; at++) {
    const channel = at % channels;
    pixels[at] = ((pixels[at] as number) - (mean[channel] as number)) / (std[channel] as number);
  }
}
