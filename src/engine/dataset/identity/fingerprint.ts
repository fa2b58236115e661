import type { RawImage } from "../pixels/raw-image";

/** Contents up to this many bytes are read whole; longer ones at both ends and at samples between. */
const WHOLE_BYTES = 16 * 1024;
const STRIDE = 61;

/**
 * A fast 64-bit fingerprint of a file's content, as two words. Equal files have equal fingerprints; the converse has
 * to be checked by comparing.
 */
export function fingerprint(content: Uint8Array | RawImage): readonly [number, number] {
  const bytes = content instanceof Uint8Array ? content : content.pixels;
  let [a, b] = [bytes.length | 0, ~bytes.length];
  const take = (from: number, to: number, step: number) => {
    for (let at = from; at < to; at += step) {
      const byte = bytes[at] as number;
      a = Math.imul(a ^ byte, 0x0100_0193);
      b = Math.imul(b + byte, 0x5bd1_e995) ^ (b >>> 15);
    }
  };
  if (bytes.length <= WHOLE_BYTES) take(0, bytes.length, 1);
  else {
    const end = WHOLE_BYTES / 4;
    take(0, end, 1);
    take(end, bytes.length - end, STRIDE);
    take(bytes.length - end, bytes.length, 1);
  }
  return [a >>> 0, b >>> 0];
}
