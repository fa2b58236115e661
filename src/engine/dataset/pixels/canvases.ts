import { Purpose, type Random, randomFor } from "../../math/random";
import { type ImageSet, imageBytes } from "../dataset";

/** An item on a canvas. Lengths are fractions of the canvas's side. */
export interface Item {
  readonly label: number;
  /** Its center. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Larger pictures with one to three images of a set pasted into each, and their positions. */
export interface Canvases {
  /** The pictures; a canvas has the label of its first item. */
  readonly set: ImageSet;
  /** Items per canvas. */
  readonly items: readonly (readonly Item[])[];
}

export const mostItems = 3;
/** Side of a canvas in sides of an image: 64 pixels for 32 (docs/methods.md §9.4). */
export const canvasScale = 2;
/** Range of an item's side, as a fraction of the image's side. */
const smallest = 0.5;
/** Number of positions tried for an item before it is skipped. */
const tries = 12;

/**
 * Canvas i contains image i of the set and often one or two others, without overlap, at half to full side
 * of an image. A canvas depends only on the seed, its index and the set.
 *
 * @param count at most the number of images in the set
 */
export function pasteCanvases(set: ImageSet, count: number, seed: number): Canvases {
  const size = canvasScale * set.size;
  const { channels } = set;
  const canvas = { size, channels };
  const pixels = new Uint8Array(count * imageBytes(canvas));
  const random = randomFor(seed, Purpose.canvas);
  const items = Array.from({ length: count }, (_, place): readonly Item[] => {
    const into = pixels.subarray(place * imageBytes(canvas), (place + 1) * imageBytes(canvas));
    fillWithNoise(into, random, place);
    return paste(set, place, random, into);
  });
  const labels = set.labels.slice(0, count);
  return { set: { count, size, channels, pixels, labels }, items };
}

/** A prime, so that rows do not repeat it at the same position. */
const NOISE = 997;

function fillWithNoise(into: Uint8Array, random: Random, place: number): void {
  const [shade = 0, ...noise] = random.uniforms(1 + NOISE, place, 0);
  for (let at = 0; at < into.length; at++) {
    into[at] = 255 * (0.25 + 0.5 * shade + 0.2 * ((noise[at % NOISE] ?? 0) - 0.5));
  }
}

function paste(set: ImageSet, first: number, random: Random, into: Uint8Array): Item[] {
  const canvas = canvasScale * set.size;
  const draws = random.uniforms(1 + 4 * mostItems * tries, first, 2);
  const wanted = 1 + Math.floor((draws[0] ?? 0) * mostItems);
  const items: Item[] = [];
  for (let attempt = 0; attempt < wanted * tries && items.length < wanted; attempt++) {
    const [u = 0, v = 0, w = 0, z = 0] = draws.subarray(1 + 4 * attempt, 5 + 4 * attempt);
    const side = Math.round(set.size * (smallest + (1 - smallest) * u));
    const [left, top] = [Math.floor(v * (canvas - side + 1)), Math.floor(w * (canvas - side + 1))];
    const image = items.length === 0 ? first : Math.floor(z * set.count);
    const item = {
      label: set.labels[image] as number,
      x: (left + side / 2) / canvas,
      y: (top + side / 2) / canvas,
      side: side / canvas,
    };
    if (items.some((other) => overlap(item, other))) continue;
    drawInto(set, image, { left, top, side }, into);
    items.push(item);
  }
  return items;
}

const overlap = (a: Item, b: Item): boolean =>
  Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) < (a.side + b.side) / 2;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly side: number;
}

/** Copies by nearest neighbor; items are at most as large as the image. */
function drawInto(set: ImageSet, image: number, { left, top, side }: Box, into: Uint8Array): void {
  const { size, channels, pixels } = set;
  const from = image * imageBytes(set);
  const canvas = canvasScale * size;
  for (let y = 0; y < side; y++) {
    const row = Math.floor(((y + 0.5) * size) / side);
    for (let x = 0; x < side; x++) {
      const column = Math.floor(((x + 0.5) * size) / side);
      const source = from + (row * size + column) * channels;
      const to = ((top + y) * canvas + left + x) * channels;
      for (let channel = 0; channel < channels; channel++)
        into[to + channel] = pixels[source + channel] as number;
    }
  }
}
