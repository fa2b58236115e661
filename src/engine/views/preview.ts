import type { ViewRecipe } from "../../protocol/experiment";
import type { ImageStrip } from "../../protocol/messages";
import type { ImageSet } from "../dataset/dataset";
import { shrunk } from "../dataset/pixels/shrunk";
import { subset } from "../dataset/unlabeled";
import { Purpose, randomFor } from "../math/random";
import { drawView } from "./parameters";
import { pictureOf } from "./picture";
import { renderView } from "./render";

/**
 * Renders one view of each of the images, without normalization: the first view that training with `seed` would
 * render in epoch `roll`.
 * @param size pixels per side that networks see
 * @throws RangeError if there is no image with an index
 */
export function previewView(
  given: ImageSet,
  recipe: ViewRecipe,
  seed: number,
  roll: number,
  indices: readonly number[],
  size = given.size,
): ImageStrip {
  const set = shrunk(subset(given, indices), size);
  const { channels } = set;
  const random = randomFor(seed, Purpose.views);
  const rgba = new Uint8ClampedArray(indices.length * size * size * 4);
  indices.forEach((sample, i) => {
    const view = drawView(recipe, random, { epoch: roll, sample, view: 0 });
    const pixels = renderView(pictureOf(set, i), view);
    rgba.set(opaque(pixels, channels), i * size * size * 4);
  });
  return { count: indices.length, size, rgba };
}

/** Pixels in [0, 1], [pixels, channels], as a canvas takes them: [pixels, 4]. */
export function opaque(pixels: Float32Array, channels: number): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((4 * pixels.length) / channels).fill(255);
  for (let pixel = 0; 4 * pixel < rgba.length; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const at = pixel * channels + (channels === 1 ? 0 : channel);
      rgba[4 * pixel + channel] = 255 * (pixels[at] as number);
    }
  }
  return rgba;
}
