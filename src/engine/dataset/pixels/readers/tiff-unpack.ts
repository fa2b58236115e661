/** Decompression of TIFF strips and tiles (TIFF 6.0, sections 9 and 13) that stops at the size stated by the file. */
import { Unzlib } from "fflate";

type Bytes = Uint8Array<ArrayBuffer>;

/** Unpacks at most `most` bytes. Throws for content that cannot be unpacked. */
export type Unpack = (packed: Uint8Array, most: number) => Bytes;

const CLEAR = 256;
const END = 257;
const FIRST_STRING = 258;
const FEWEST_BITS = 9;
const MOST_BITS = 12;

/** LZW, most significant bit first. A string of the table is a place in what was already unpacked. */
export const unpackLzw: Unpack = (packed, most) => {
  const out = new Uint8Array(most);
  const starts = new Uint32Array(1 << MOST_BITS);
  const lengths = new Uint16Array(1 << MOST_BITS);
  let [bits, next, to, last] = [FEWEST_BITS, FIRST_STRING, 0, 0];
  for (let at = 0; at + bits <= 8 * packed.length && to < most; ) {
    const code = bitsAt(packed, at, bits);
    at += bits;
    if (code === END) break;
    if (code === CLEAR) {
      [bits, next, last] = [FEWEST_BITS, FIRST_STRING, 0];
      continue;
    }
    // The previous string and the byte that is about to follow it.
    if (last > 0 && next < 1 << MOST_BITS) {
      starts[next] = to - last;
      lengths[next++] = last + 1;
    }
    if (code >= next) throw new RangeError("An LZW code is not in the table.");
    last = code < CLEAR ? 1 : Math.min(lengths[code] as number, most - to);
    if (code < CLEAR) out[to++] = code;
    else
      for (let from = starts[code] as number, end = to + last; to < end; ) out[to++] = out[from++] as number;
    if (next + 1 >= 1 << bits && bits < MOST_BITS) bits++;
  }
  return out.subarray(0, to);
};

function bitsAt(packed: Uint8Array, at: number, bits: number): number {
  const byte = at >> 3;
  const three = ((packed[byte] ?? 0) << 16) | ((packed[byte + 1] ?? 0) << 8) | (packed[byte + 2] ?? 0);
  return (three >> (24 - (at & 7) - bits)) & ((1 << bits) - 1);
}

/** Runs of equal bytes and of others, each after a signed count; -128 means nothing. */
export const unpackBits: Unpack = (packed, most) => {
  const out = new Uint8Array(most);
  let to = 0;
  for (let at = 0; at + 1 < packed.length && to < most; ) {
    const count = packed[at++] as number;
    if (count === 128) continue;
    if (count > 128) {
      out.fill(packed[at++] as number, to, to + 257 - count);
      to += 257 - count;
    } else {
      const run = packed.subarray(at, at + Math.min(count + 1, most - to));
      out.set(run, to);
      to += run.length;
      at += count + 1;
    }
  }
  return out.subarray(0, Math.min(to, most));
};

/** Bytes pushed at a time: Deflate makes at most about a thousand of each. */
const PIECE = 4096;

/** Deflate with zlib's header. */
export const inflate: Unpack = (packed, most) => {
  const out = new Uint8Array(most);
  let to = 0;
  const stream = new Unzlib((piece) => {
    const fitting = piece.subarray(0, most - to);
    out.set(fitting, to);
    to += fitting.length;
  });
  for (let at = 0; at < packed.length && to < most; at += PIECE)
    stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length);
  return out.subarray(0, to);
};
