/** Encodes 16-bit PNG images for tests, whose rows use all five filters. */
import { zlibSync } from "fflate";
import { crc32 } from "../../archives/crc32";
import type { DeepImage } from "./deep-png";

const colorTypes = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;

function chunk(type: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(
    Uint8Array.from(type, (character) => character.charCodeAt(0)),
    4,
  );
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes.subarray(4, 8 + content.length)));
  return bytes;
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  return [left, up, corner].reduce((best, other) =>
    Math.abs(estimate - other) < Math.abs(estimate - best) ? other : best,
  );
}

export function encodeDeepPng({ width, height, channels, values }: DeepImage): Uint8Array<ArrayBuffer> {
  const stride = 2 * channels * width;
  const step = 2 * channels;
  const plain = new Uint8Array(stride * height);
  for (const [i, value] of values.entries()) plain.set([value >> 8, value & 255], 2 * i);
  const rows = new Uint8Array((stride + 1) * height);
  for (let y = 0; y < height; y++) {
    const filter = y % 5;
    rows[y * (stride + 1)] = filter;
    for (let i = 0; i < stride; i++) {
      const at = (dx: number, dy: number) =>
        i < dx || y < dy ? 0 : (plain[(y - dy) * stride + i - dx] as number);
      const [left, up, corner] = [at(step, 0), at(0, 1), at(step, 1)];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] as number;
      rows[y * (stride + 1) + 1 + i] = (plain[y * stride + i] as number) - guess;
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([16, colorTypes[channels], 0, 0, 0], 8);
  const packed = zlibSync(rows);
  const middle = packed.length >> 1;
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", packed.subarray(0, middle)),
    chunk("IDAT", packed.subarray(middle)),
    chunk("IEND", new Uint8Array(0)),
  ];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
