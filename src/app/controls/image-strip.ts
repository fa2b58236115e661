import type { ImageStrip } from "../../protocol/messages";

/** The pixels of one image of a strip; a view, not a copy. */
export function imageAt({ rgba, size }: ImageStrip, index: number): Uint8ClampedArray<ArrayBuffer> {
  const bytes = 4 * size * size;
  return rgba.subarray(index * bytes, (index + 1) * bytes);
}
