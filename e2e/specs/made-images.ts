import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const SIZE = 16;
const HEADER = 54;

/** A picture of one color with a stripe, as BMP, the only common format without compression. */
export function bitmap(red: number, green: number, stripe: number): Buffer {
  const bytes = Buffer.alloc(HEADER + SIZE * SIZE * 3);
  bytes.write("BM", 0, "ascii");
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(HEADER, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(SIZE, 18);
  bytes.writeInt32LE(SIZE, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
    const blue = Math.floor(pixel / SIZE) === stripe % SIZE ? 255 : 0;
    bytes.set([blue, green, red], HEADER + 3 * pixel);
  }
  return bytes;
}

/** The signature of a PNG followed by invalid bytes. */
export const brokenPng = Buffer.from([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4, 5, 6, 7, 8,
]);

/** Writes files into a new folder called `name` and returns its path. */
export function folderOf(name: string, files: Readonly<Record<string, Buffer | string>>): string {
  const folder = join(mkdtempSync(join(tmpdir(), "retort-images-")), name);
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Creates classes of `count` pictures each. */
export function classesOf(names: readonly string[], count: number): Record<string, Buffer> {
  const pictures = names.flatMap((name, at) =>
    Array.from({ length: count }, (_, i): [string, Buffer] => [
      `${name}/${i}.bmp`,
      bitmap(200 * (at % 2), 9 * i, i + at),
    ]),
  );
  return Object.fromEntries(pictures);
}
