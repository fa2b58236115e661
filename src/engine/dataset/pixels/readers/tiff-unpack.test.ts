import fc from "fast-check";
import { zlibSync } from "fflate";
import { expect, test } from "vitest";
import { sized } from "../../../test-size.test-support";
import { inflate, type Unpack, unpackBits, unpackLzw } from "./tiff-unpack";

/** Packs by LZW, with a cleared table whenever it is full. */
function packLzw(bytes: Uint8Array): Uint8Array {
  const written: number[] = [];
  let [held, filled] = [0, 0];
  let table = new Map<string, number>();
  let bits = 9;
  const write = (code: number) => {
    held = (held << bits) | code;
    for (filled += bits; filled >= 8; filled -= 8) written.push((held >> (filled - 8)) & 255);
    held &= (1 << filled) - 1;
  };
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : (table.get(text) as number));
  const clear = () => {
    write(256);
    [table, bits] = [new Map(), 9];
  };
  clear();
  let text = "";
  for (const byte of bytes) {
    const longer = text + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      text = longer;
      continue;
    }
    write(codeOf(text));
    table.set(longer, 258 + table.size);
    if (258 + table.size === 1 << bits) bits++;
    if (table.size === 4094 - 258) clear();
    text = String.fromCharCode(byte);
  }
  if (text) {
    write(codeOf(text));
    if (258 + table.size + 1 === 1 << bits && bits < 12) bits++;
  }
  write(257);
  if (filled > 0) written.push((held << (8 - filled)) & 255);
  return Uint8Array.from(written);
}

function packBits(bytes: Uint8Array): Uint8Array {
  const written: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    let run = 1;
    while (run < 128 && bytes[at + run] === byte) run++;
    if (run > 1) written.push(257 - run, byte);
    else written.push(0, byte);
    at += run;
  }
  return Uint8Array.from(written);
}

const forms: readonly (readonly [string, Unpack, (bytes: Uint8Array) => Uint8Array])[] = [
  ["LZW", unpackLzw, packLzw],
  ["PackBits", unpackBits, packBits],
  ["Deflate", inflate, (bytes) => zlibSync(bytes)],
];

/** Few different bytes, so that there are long strings. */
const content = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 256 }), fc.nat())
  .map(([length, kinds, seed]) =>
    Uint8Array.from({ length }, (_, at) => (Math.imul(at ^ seed, 0x9e3779b1) >>> 9) % kinds),
  );

test.each(forms)("%s: what was packed is unpacked, up to the bytes asked for", (_, unpack, pack) => {
  fc.assert(
    fc.property(content, fc.nat(30_000), (bytes, most) => {
      const packed = pack(bytes);
      expect(unpack(packed, bytes.length)).toEqual(bytes);
      expect(unpack(packed, most)).toEqual(bytes.subarray(0, most));
    }),
    { numRuns: sized(30, 300) },
  );
});

test.each(forms)("%s: any bytes are refused, or unpacked to no more than asked for", (_, unpack) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(1_000), (packed, most) => {
      expect(lengthOf(() => unpack(packed, most))).toBeLessThanOrEqual(most);
    }),
    { numRuns: sized(200, 5_000) },
  );
});

/** 0 for bytes that are refused. */
function lengthOf(unpacked: () => Uint8Array): number {
  try {
    return unpacked().length;
  } catch {
    return 0;
  }
}
