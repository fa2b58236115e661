import { type ImageSet, imageBytes } from "../dataset";
import { createShrinker } from "./resize";

/** The last result for each set: several parts of the engine ask for the same one. */
const known = new WeakMap<ImageSet, ImageSet>();

/**
 * The images of a set at fewer pixels per side, as means over areas; the set itself if it has no more. The larger ones
 * remain their `detail`.
 */
export function shrunk(set: ImageSet, size: number): ImageSet {
  if (set.size <= size) return set;
  const before = known.get(set);
  if (before?.size === size) return before;
  const { count, channels } = set;
  const [from, to] = [imageBytes(set), imageBytes({ size, channels })];
  const pixels = new Uint8Array(count * to);
  const shrinker = createShrinker(set.size, size);
  const row = new Uint8ClampedArray(4 * set.size);
  const colors = new Uint8Array(3 * size * size);
  for (let image = 0; image < count; image++) {
    shrinker.start();
    for (let y = 0; y < set.size; y++) {
      const start = image * from + y * set.size * channels;
      for (let x = 0; x < set.size; x++) {
        for (let channel = 0; channel < 3; channel++) {
          row[4 * x + channel] = set.pixels[start + x * channels + (channels === 1 ? 0 : channel)] as number;
        }
      }
      shrinker.addRow(row, 0);
    }
    shrinker.finish(colors);
    const own = pixels.subarray(image * to, (image + 1) * to);
    if (channels === 3) own.set(colors);
    else for (let at = 0; at < to; at++) own[at] = colors[3 * at] as number;
  }
  const made: ImageSet = { count, size, channels, pixels, labels: set.labels, detail: set };
  known.set(set, made);
  return made;
}
