import type { OutputUse } from "../../protocol/teacher-model";
import { ModelUnreadable } from "./model-unreadable";
import type { ImageInput, ModelTensor } from "./runnable-model";

/** What an output of this shape, with the batch, can be taken for; nothing if it describes no images one by one. */
export function usesOf(shape: readonly number[]): readonly OutputUse[] {
  switch (shape.length) {
    case 2:
      return ["embedding", "logits"];
    case 3:
      return ["classToken", "meanToken"];
    case 4:
      return ["map"];
    default:
      return [];
  }
}

/**
 * An output as one row of numbers per image: [images, dimension].
 *
 * @param layout of feature maps, as of the model's images
 * @throws ModelUnreadable if the output has another shape
 */
export function rowsOf(
  { shape, values }: ModelTensor,
  use: OutputUse,
  layout: ImageInput["layout"],
): { readonly dimension: number; readonly rows: Float32Array<ArrayBuffer> } {
  if (!usesOf(shape).includes(use))
    throw new ModelUnreadable(`Its output has the shape [${shape.join(", ")}], which is no ${wordsOf[use]}.`);
  const [count = 0, second = 0, third = 0] = shape;
  if (shape.length === 2) {
    const rows = use === "logits" ? logitsOf(values, second) : Float32Array.from(values);
    return { dimension: second, rows };
  }
  if (use === "classToken") return { dimension: third, rows: firstOf(values, count, second, third) };
  if (use === "meanToken") return { dimension: third, rows: meanOver(values, count, second, third) };
  const last = shape[3] ?? 0;
  return layout === "channelsLast"
    ? { dimension: last, rows: meanOver(values, count, second * third, last) }
    : { dimension: second, rows: meanWithin(values, count * second, third * last) };
}

/** As far as float32 tells a sum from 1. */
const tolerance = 1e-4;
/** Of a class that rounding leaves nothing. */
const leastShare = 1e-7;

/** Where a model ends in softmax, the logarithms of its shares are logits: softmax gives the shares again. */
function logitsOf(values: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const rows = Float32Array.from(values);
  for (let from = 0; from < rows.length; from += classes) {
    const row = rows.subarray(from, from + classes);
    const areShares =
      row.every((value) => value >= 0) &&
      Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) < tolerance;
    if (areShares)
      row.forEach((share, at) => {
        row[at] = Math.log(Math.max(share, leastShare));
      });
  }
  return rows;
}

const wordsOf: Readonly<Record<OutputUse, string>> = {
  embedding: "embedding [images, numbers]",
  logits: "list of classes [images, classes]",
  classToken: "list of tokens [images, tokens, numbers]",
  meanToken: "list of tokens [images, tokens, numbers]",
  map: "feature map of four sides",
};

function firstOf(values: Float32Array, count: number, places: number, size: number) {
  const rows = new Float32Array(count * size);
  for (let i = 0; i < count; i++)
    rows.set(values.subarray(i * places * size, i * places * size + size), i * size);
  return rows;
}

/** [count, places, size] → [count, size] */
function meanOver(values: Float32Array, count: number, places: number, size: number) {
  const rows = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    for (let d = 0; d < size; d++) {
      let sum = 0;
      for (let p = 0; p < places; p++) sum += values[(i * places + p) * size + d] as number;
      rows[i * size + d] = sum / places;
    }
  }
  return rows;
}

/** [count, places] → [count] */
function meanWithin(values: Float32Array, count: number, places: number) {
  return Float32Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let p = 0; p < places; p++) sum += values[i * places + p] as number;
    return sum / places;
  });
}
