import * as tf from "@tensorflow/tfjs-core";
import type { Experiment } from "../../protocol/experiment";
import type { ImageStrip, Look, Seen, Similarities } from "../../protocol/messages";
import type { Backbone } from "../networks/backbone";
import { previewView } from "../views/preview";
import type { ResidentImages } from "../views/resident-images";
import { embedImages } from "./embed";
import type { Classifier } from "./evaluator";

/** The number of pairs of views of the selected image, and of other images, in one look. */
const pairsShown = 4;
const otherPairs = 24;
/** The number of training images among which neighbors are searched, or `chunk` if that is larger. */
const bankImages = 128;

/** A network that views are shown to, with the classifier on its features. */
export interface ViewedNetwork {
  readonly role: Seen["role"];
  readonly backbone: Backbone;
  /** Its momentum copy, if it has one. */
  readonly momentum?: Backbone;
  readonly classifier: Classifier;
}

export interface Scene {
  readonly images: ResidentImages;
  readonly views: Experiment["views"];
  readonly seed: number;
  /**
   * Images per forward pass, an even number; preferably as many as a training step stacks, for which kernels are
   * already compiled.
   */
  readonly chunk: number;
}

/**
 * Shows views of one training image to networks: their class predictions, nearest training images, and the similarity
 * of their embeddings of two views. Uses the running statistics of batch norm and changes nothing. Another `roll`
 * gives other views.
 * @throws RangeError if there is no such image
 */
export async function look(
  scene: Scene,
  networks: readonly ViewedNetwork[],
  { index, roll }: { readonly index: number; readonly roll: number },
): Promise<Pick<Look, "views" | "bank" | "seen" | "similarities">> {
  const { count } = scene.images.set;
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`There is no training image ${index}; there are ${count}.`);
  }
  const { strips, shown, pairs } = renderPairs(scene, index, roll);
  const images = tensorOf(scene, strips);
  const bank = bankBeside(index, count, Math.max(bankImages, scene.chunk));
  try {
    const seen: Seen[] = [];
    const embedded: Embedded[] = [];
    for (const { role, backbone, momentum, classifier } of networks) {
      const online = await outputsOf(backbone, images, classifier);
      const rows = Array.from({ length: shown }, (_, pair) => [pair, scene.chunk / 2 + pair]).flat();
      const rowsOf = (values: Float32Array) => {
        const width = values.length / scene.chunk;
        return rows.map((row) => values.subarray(row * width, (row + 1) * width));
      };
      const known = await read(embedImages(backbone, scene.images, Int32Array.from(bank), scene.chunk));
      seen.push({
        role,
        logits: rowsOf(online.logits).map((row) => Array.from(row)),
        cosines: rowsOf(online.features).map((row) => cosinesTo(row, known)),
      });
      const name = role === "student" ? "S" : "T";
      embedded.push({ name, dimension: backbone.dimension, projections: online.projections });
      if (!momentum) continue;
      const { projections } = await outputsOf(momentum, images);
      embedded.push({ name: `${name}\u0302`.normalize(), dimension: momentum.dimension, projections });
    }
    const similarities = similaritiesOf(embedded, scene.chunk, pairs);
    return { views: interleaved(strips, shown), bank, seen, ...(similarities && { similarities }) };
  } finally {
    images.dispose();
  }
}

/** Picks training images evenly, without the selected one. */
function bankBeside(index: number, count: number, most: number): readonly number[] {
  const size = Math.min(most, count - 1);
  const at = (place: number) => Math.floor((place * (count - 1)) / size);
  return Array.from({ length: size }, (_, place) => (at(place) < index ? at(place) : at(place) + 1));
}

/** The cosines of a row with each of `rows`, which have the same length. */
const cosinesTo = (row: Float32Array, rows: Float32Array): readonly number[] =>
  Array.from({ length: rows.length / row.length }, (_, at) =>
    cosine(row, rows.subarray(at * row.length, (at + 1) * row.length)),
  );

type Strips = readonly [v: ImageStrip, vPrime: ImageStrip];

/** Renders pairs of views: first those of the selected image, then one pair of each of some other images. */
function renderPairs({ images: { set }, views, seed, chunk }: Scene, index: number, roll: number) {
  const shown = Math.min(pairsShown, chunk / 2);
  const otherCount = Math.min(otherPairs, chunk / 2 - shown, set.count);
  const others = Array.from({ length: otherCount }, (_, at) => Math.floor((at * set.count) / otherCount));
  // Each view has its own epoch, so that views are drawn independently, as in training.
  const strips = [views.first, views.second].map((recipe, side) => {
    const epoch = (pair: number) => 2 * (shown * roll + pair) + side;
    const own = Array.from({ length: shown }, (_, pair) =>
      previewView(set, recipe, seed, epoch(pair), [index]),
    );
    return joined([...own, previewView(set, recipe, seed, epoch(0), others)], set.size);
  }) as unknown as Strips;
  return { strips, shown, pairs: shown + otherCount };
}

function joined(strips: readonly ImageStrip[], size: number): ImageStrip {
  const count = strips.reduce((sum, strip) => sum + strip.count, 0);
  const rgba = new Uint8ClampedArray(count * size * size * 4);
  let at = 0;
  for (const strip of strips) {
    rgba.set(strip.rgba, at);
    at += strip.rgba.length;
  }
  return { count, size, rgba };
}

/** Interleaves views: v and v′ of the first pair, then of the next. */
function interleaved([v, vPrime]: Strips, pairs: number): ImageStrip {
  const { size } = v;
  const bytes = 4 * size * size;
  const rgba = new Uint8ClampedArray(2 * pairs * bytes);
  for (let pair = 0; pair < pairs; pair++) {
    const from = pair * bytes;
    rgba.set(v.rgba.subarray(from, from + bytes), 2 * from);
    rgba.set(vPrime.rgba.subarray(from, from + bytes), 2 * from + bytes);
  }
  return { count: 2 * pairs, size, rgba };
}

/**
 * Stacks all v, then all v′, each padded to half a chunk: [chunk, size, size, channels]. The caller owns the result.
 */
function tensorOf({ images: { set, normalization }, chunk }: Scene, strips: Strips): tf.Tensor4D {
  const { size, channels } = set;
  const pixels = size * size;
  const values = new Float32Array(chunk * pixels * channels);
  strips.forEach(({ rgba, count }, side) => {
    const start = (side * chunk * pixels * channels) / 2;
    for (let pixel = 0; pixel < count * pixels; pixel++) {
      for (let channel = 0; channel < channels; channel++) {
        const byte = rgba[4 * pixel + channel] as number;
        const [mean, std] = [normalization.mean[channel] as number, normalization.std[channel] as number];
        values[start + pixel * channels + channel] = (byte / 255 - mean) / std;
      }
    }
  });
  return tf.tensor4d(values, [chunk, size, size, channels]);
}

async function outputsOf(backbone: Backbone, images: tf.Tensor4D, classifier?: Classifier) {
  const { features, projections } = tf.tidy(() => backbone.embed(images, { kind: "evaluate" }));
  const logits = classifier ? tf.tidy(() => classifier.logits(features)) : undefined;
  const values = [projections, features, logits].map((tensor) => tensor && read(tensor));
  const none = new Float32Array();
  const [ofProjections = none, ofFeatures = none, ofLogits = none] = await Promise.all(values);
  return { projections: ofProjections, features: ofFeatures, logits: ofLogits };
}

/** Reads a tensor's values and disposes of it. */
async function read(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

interface Embedded {
  readonly name: string;
  readonly dimension: number;
  /** [chunk, dimension]: first v, then v′. */
  readonly projections: Float32Array;
}

/** The mean cosines over all pairs, for networks whose embeddings have the same length as the first one's. */
function similaritiesOf(all: readonly Embedded[], chunk: number, pairs: number): Similarities | undefined {
  const comparable = all.filter(({ dimension }) => dimension === all[0]?.dimension);
  const sides = comparable.flatMap((one) => [
    { label: `${one.name}-v`, one, first: 0 },
    { label: `${one.name}-v′`, one, first: chunk / 2 },
  ]);
  if (sides.length === 0) return undefined;
  const values = sides.flatMap((a) =>
    sides.map((b) => {
      let sum = 0;
      for (let pair = 0; pair < pairs; pair++) {
        sum += cosine(rowOf(a.one, a.first + pair), rowOf(b.one, b.first + pair));
      }
      return sum / pairs;
    }),
  );
  return { labels: sides.map(({ label }) => label), values, pairs };
}

const rowOf = ({ projections, dimension }: Embedded, row: number): Float32Array =>
  projections.subarray(row * dimension, (row + 1) * dimension);

function cosine(a: Float32Array, b: Float32Array): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let d = 0; d < a.length; d++) {
    const [x, y] = [a[d] as number, b[d] as number];
    product += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return product / (Math.sqrt(ofA * ofB) || 1);
}
