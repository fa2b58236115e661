import type { RawImage } from "../pixels/raw-image";

/** Contents up to this length are read whole; of longer ones both ends, and samples between. */
const WHOLE_BYTES = 16 * 1024;
const STRIDE = 61;

/** 64 bits of a file's content, as two words, quickly: files of the same bytes have the same; those that share it are to be compared. */
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
