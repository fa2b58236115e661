import type { Inspection } from "../../protocol/messages";
import { topIndices } from "./classification";
import type { Nearest } from "./knn";

/** More would add little for a reader and make the final evaluation slow. */
export const inspectedImages = 500;
const iterations = 30;
/**
 * The number of principal components that a neighborhood map is computed from; the rest of the features is mostly
 * noise.
 */
const componentsOfEach = 16;

export interface Inspected {
  /** The training images that were searched, by their places in the bank. */
  readonly bank: ArrayLike<number>;
  /** [labels.length, dimension]: every held-out image. */
  readonly test: { readonly features: Float32Array; readonly labels: ArrayLike<number> };
  /** Of every held-out image. */
  readonly nearest: Nearest;
}

/** Picks the inspected ones among `count` held-out images, evenly: the same for every encoder at any time. */
export function inspectedOf(count: number): readonly number[] {
  const shown = Math.min(count, inspectedImages);
  return Array.from({ length: shown }, (_, at) => Math.floor((at * count) / shown));
}

/** Inspects an encoder on some held-out images: predicted classes, places on a map, nearest training images. */
export function inspect({ bank, test, nearest }: Inspected): Inspection {
  const count = test.labels.length;
  const images = inspectedOf(count);
  return inspectPicked({
    bank,
    images,
    features: rowsAt(test.features, images, count),
    labels: images.map((image) => test.labels[image] as number),
    nearest: {
      votes: rowsAt(nearest.votes, images, count),
      neighbors: rowsAt(nearest.neighbors, images, count),
    },
  });
}

export interface Picked {
  readonly bank: Inspected["bank"];
  /** Indices within the held-out part, and their labels. */
  readonly images: readonly number[];
  readonly labels: readonly number[];
  /** [images.length, dimension] */
  readonly features: Float32Array;
  /** Of the picked images. */
  readonly nearest: Nearest;
}

/** Like {@link inspect}, if only the picked images were embedded. */
export function inspectPicked({ bank, images, labels, features, nearest }: Picked): Inspection {
  const { votes, neighbors } = nearest;
  const count = Math.max(1, images.length);
  const [dimension, classes] = [features.length / count, votes.length / count];
  const asked = unitRows(features, dimension);
  const rows = images.map((_, at) => asked.subarray(at * dimension, (at + 1) * dimension));
  const places = principalPlaces(rows, Math.min(componentsOfEach, dimension));
  const dimensions = Math.max(1, places.length / count);
  return {
    images,
    labels,
    predictions: images.map(
      (_, at) => topIndices(votes.subarray(at * classes, (at + 1) * classes), 1)[0] as number,
    ),
    map: planeOf(places, dimensions),
    components: { dimensions, places: places.map((place) => Math.round(1e4 * place) / 1e4) },
    neighbors: Array.from(neighbors, (place) => bank[place] as number),
  };
}

/** The rows of a matrix of `count` rows at some places. */
function rowsAt<Values extends Float32Array | Int32Array>(
  values: Values,
  places: readonly number[],
  count: number,
): Values {
  const width = values.length / Math.max(1, count);
  const picked = values.slice(0, places.length * width) as Values;
  for (const [at, place] of places.entries()) {
    picked.set(values.subarray(place * width, (place + 1) * width), at * width);
  }
  return picked;
}

function unitRows(features: Float32Array, dimension: number): Float32Array {
  const rows = features.slice();
  for (let from = 0; from < rows.length; from += dimension) {
    const row = rows.subarray(from, from + dimension);
    const length = Math.hypot(...row) || 1;
    for (let d = 0; d < dimension; d++) row[d] = (row[d] as number) / length;
  }
  return rows;
}

/**
 * Projects rows onto their first principal components, row by row, scaled so that the farthest row has distance 1 in
 * the first two. Uses power iteration from fixed directions, so that the same rows always give the same places.
 */
export function principalPlaces(rows: readonly Float32Array[], count: number): number[] {
  const dimension = rows[0]?.length ?? 0;
  const mean = new Float64Array(dimension);
  for (const row of rows) {
    for (let d = 0; d < dimension; d++) mean[d] = (mean[d] as number) + (row[d] as number) / rows.length;
  }
  const centered = rows.map((row) => Float64Array.from(row, (value, d) => value - (mean[d] as number)));
  const spread = spreadOf(centered, dimension);
  const directions: Float64Array[] = [];
  for (let found = 0; found < count; found++)
    directions.push(leadingDirection(spread, dimension, directions));
  const places = centered.flatMap((row) => directions.map((direction) => dot(row, direction)));
  const farthest = centered.reduce((most, _, at) => {
    return Math.max(
      most,
      Math.hypot(places[at * count] as number, count > 1 ? (places[at * count + 1] as number) : 0),
    );
  }, 0);
  return places.map((place) => (farthest > 0 ? place / farthest : 0));
}

/** The first two components: x and y of each row in turn. */
function planeOf(places: readonly number[], dimensions: number): number[] {
  const rows = Array.from({ length: places.length / dimensions }, (_, row) => row * dimensions);
  return rows.flatMap((at) => [places[at] ?? 0, dimensions > 1 ? (places[at + 1] ?? 0) : 0]);
}

/** The product of the scatter matrix Σ x xᵀ of centered rows x and a direction. */
type Spread = (direction: Float64Array) => Float64Array;

/** Of more features than this, the scatter matrix would take longer than the products that it saves. */
const widestScatter = 512;

function spreadOf(centered: readonly Float64Array[], dimension: number): Spread {
  const sumOf = (weights: (row: Float64Array) => number) => {
    const sum = new Float64Array(dimension);
    for (const row of centered) {
      const weight = weights(row);
      for (let d = 0; d < dimension; d++) sum[d] = (sum[d] as number) + weight * (row[d] as number);
    }
    return sum;
  };
  if (dimension > widestScatter) return (direction) => sumOf((row) => dot(row, direction));
  const scatter = Array.from({ length: dimension }, (_, d) => sumOf((row) => row[d] as number));
  return (direction) => Float64Array.from(scatter, (row) => dot(row, direction));
}

/** The unit direction of largest variance that is orthogonal to the known ones; zero if the rows do not vary. */
function leadingDirection(spread: Spread, dimension: number, known: readonly Float64Array[]): Float64Array {
  let direction = Float64Array.from({ length: dimension }, (_, d) => 1 + Math.sin(d + known.length));
  for (let turn = 0; turn < iterations; turn++) {
    const next = spread(direction);
    for (const other of known) {
      const along = dot(next, other);
      for (let d = 0; d < dimension; d++) next[d] = (next[d] as number) - along * (other[d] as number);
    }
    const length = Math.hypot(...next);
    if (!(length > 0)) return new Float64Array(dimension);
    direction = next.map((value) => value / length);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let d = 0; d < a.length; d++) sum += (a[d] as number) * (b[d] as number);
  return sum;
}
