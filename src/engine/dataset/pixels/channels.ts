import type { ImageSet } from "../dataset";

/** Converts color to gray (the luma of ITU-R BT.601) if networks expect one channel. */
export function inChannels(set: ImageSet, channels: 1 | 3): ImageSet {
  if (set.channels === channels) return set;
  const { pixels } = set;
  const gray = Uint8Array.from({ length: pixels.length / 3 }, (_, i) => {
    const [red, green, blue] = pixels.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
  return { ...set, channels: 1, pixels: gray };
}
