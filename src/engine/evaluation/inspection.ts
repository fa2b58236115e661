import type { Inspection } from "../../protocol/messages";
import { topIndices } from "./classification";

/** More would tell a reader little and cost a final evaluation much. */
const inspectedImages = 500;
const neighboursOfEach = 3;
const iterations = 30;

export interface Inspected {
  /** [bank.indices.length, dimension] */
  readonly bank: { readonly features: Float32Array; readonly indices: ArrayLike<number> };
  /** [labels.length, dimension]: every held-out image. */
  readonly test: { readonly features: Float32Array; readonly labels: ArrayLike<number> };
  /** [labels.length, classes] */
  readonly votes: Float32Array;
  readonly classes: number;
}

/** What an encoder makes of some of the held-out images, evenly picked: classes, places on a map, nearest images. */
export function inspect({ bank, test, votes, classes }: Inspected): Inspection {
  const count = test.labels.length;
  const shown = Math.min(count, inspectedImages);
  const images = Array.from({ length: shown }, (_, at) => Math.floor((at * count) / shown));
  const dimension = test.features.length / Math.max(1, count);
  const known = unitRows(bank.features, dimension);
  const asked = unitRows(test.features, dimension);
  const rowOf = (image: number) => asked.subarray(image * dimension, (image + 1) * dimension);
  return {
    images,
    labels: images.map((image) => test.labels[image] as number),
    predictions: images.map(
      (image) => topIndices(votes.subarray(image * classes, (image + 1) * classes), 1)[0] as number,
    ),
    map: principalPlane(images.map(rowOf)),
    neighbours: images.flatMap((image) =>
      topIndices(similarities(known, rowOf(image)), neighboursOfEach).map(
        (row) => bank.indices[row] as number,
      ),
    ),
  };
}

function similarities(rows: Float32Array, asked: Float32Array): Float32Array {
  const dimension = asked.length;
  const result = new Float32Array(rows.length / dimension);
  for (let row = 0; row < result.length; row++) {
    let sum = 0;
    for (let d = 0; d < dimension; d++) sum += (rows[row * dimension + d] as number) * (asked[d] as number);
    result[row] = sum;
  }
  return result;
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
 * The first two principal components of the rows, x and y of each in turn, the farthest at a distance of 1. By power
 * iteration from fixed directions, so that the same rows always give the same map.
 */
export function principalPlane(rows: readonly Float32Array[]): number[] {
  const dimension = rows[0]?.length ?? 0;
  const mean = new Float64Array(dimension);
  for (const row of rows) {
    for (let d = 0; d < dimension; d++) mean[d] = (mean[d] as number) + (row[d] as number) / rows.length;
  }
  const centred = rows.map((row) => Float64Array.from(row, (value, d) => value - (mean[d] as number)));
  const first = leadingDirection(centred, []);
  const second = leadingDirection(centred, [first]);
  const places = centred.flatMap((row) => [dot(row, first), dot(row, second)]);
  const farthest = places.reduce((most, _, at) => {
    return at % 2 === 0 ? Math.max(most, Math.hypot(places[at] as number, places[at + 1] as number)) : most;
  }, 0);
  return places.map((place) => (farthest > 0 ? place / farthest : 0));
}

/** The unit direction in which the rows vary most, at right angles to those known; zero where they do not vary. */
function leadingDirection(rows: readonly Float64Array[], known: readonly Float64Array[]): Float64Array {
  const dimension = rows[0]?.length ?? 0;
  let direction = Float64Array.from({ length: dimension }, (_, d) => 1 + Math.sin(d + known.length));
  for (let turn = 0; turn < iterations; turn++) {
    const next = new Float64Array(dimension);
    for (const row of rows) {
      const along = dot(row, direction);
      for (let d = 0; d < dimension; d++) next[d] = (next[d] as number) + along * (row[d] as number);
    }
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
