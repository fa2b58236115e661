import { Purpose, randomFor } from "../math/random";
import type { ImageSet } from "./dataset";
import { createRenderer } from "./drawing/shapes-render";
import { drawPixelNoise, drawScene, nuisances } from "./drawing/shapes-scene";
import { shapes } from "./drawing/signed-distance";
import { createBreather } from "./long-task";

/** Kinds of images from another domain than the dataset's, from most to least similar to Shapes. */
export type ForeignKind = "shapes" | "backgrounds" | "noise";

export interface ForeignOptions {
  readonly kind: ForeignKind;
  /** Seed of the accompanying dataset; the foreign images are drawn from a different one. */
  readonly seed: number;
  readonly size: number;
  readonly channels: 1 | 3;
  readonly count: number;
}

/** Added to the seed, modulo 2³². Never change it: recorded experiments would no longer reproduce. */
const SEED_OFFSET = 0x6a09_e667;
const luma = [0.299, 0.587, 0.114] as const;
const nowhere = () => Number.POSITIVE_INFINITY;

/**
 * Draws images without meaningful labels (all are 0): hard Shapes of another seed, their backgrounds with clutter but
 * without a shape, or an independent color for every pixel.
 */
export async function drawForeignImages(options: ForeignOptions): Promise<ImageSet> {
  const { size, channels, count } = options;
  const breathe = createBreather(undefined, () => undefined);
  const paint = createPainter(options);
  const bytes = size * size * channels;
  const colors = new Uint8Array(size * size * 3);
  const pixels = new Uint8Array(count * bytes);
  for (let index = 0; index < count; index++) {
    paint(index, colors);
    pixels.set(channels === 3 ? colors : grayOf(colors), index * bytes);
    await breathe();
  }
  return { count, size, channels, pixels, labels: new Int32Array(count) };
}

/** Paints the three channels of an image. */
function createPainter({ kind, seed, size }: ForeignOptions): (index: number, into: Uint8Array) => void {
  const random = randomFor((seed + SEED_OFFSET) >>> 0, Purpose.shapes);
  if (kind === "noise") {
    return (index, into) => into.set(random.words(into.length, index).map((word) => word >>> 24));
  }
  const render = createRenderer(size);
  return (index, into) => {
    const address = { part: 0, index };
    const shape = shapes[index % shapes.length];
    const distance = kind === "shapes" && shape ? shape.distance : nowhere;
    const noise = drawPixelNoise(random, address, into.length);
    render(drawScene(random, address, nuisances.hard), distance, noise, into);
  };
}

function grayOf(colors: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: colors.length / 3 }, (_, pixel) =>
    Math.round(luma.reduce((sum, weight, channel) => sum + weight * (colors[3 * pixel + channel] ?? 0), 0)),
  );
}
