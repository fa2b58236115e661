import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { parquetWriteBuffer } from "hyparquet-writer";
import { encodeBitmap } from "../../src/engine/dataset/encoded-images.testing";
import {
  bytesOf,
  idx,
  npy,
  pickleOfPython2,
  tarOf,
} from "../../src/engine/dataset/tables/table-files.testing";
import { type GrayImages, packedIdx, SIDE } from "./gray-images";

/** The same images in every format that the page accepts, written by hand or by other libraries. */

const PADDED = 32;

const gray = (pixels: Uint8Array, x: number, y: number) => pixels[y * SIDE + x] ?? 0;
const bitmapOf = (pixels: Uint8Array) =>
  encodeBitmap(SIDE, SIDE, (x, y) => {
    const value = gray(pixels, x, y);
    return [value, value, value, 255];
  });

/** Centers an image in 32 × 32 pixels, the size of CIFAR's. */
export function padded(pixels: Uint8Array): Uint8Array {
  const out = new Uint8Array(PADDED * PADDED);
  for (let y = 0; y < SIDE; y++) out.set(pixels.subarray(y * SIDE, (y + 1) * SIDE), (y + 2) * PADDED + 2);
  return out;
}

/** A sheet with 20 tiles per row. */
function spriteSheet({ pixels }: GrayImages): Uint8Array {
  const columns = 20;
  return encodeBitmap(columns * SIDE, Math.ceil(pixels.length / columns) * SIDE, (x, y) => {
    const tile = pixels[Math.floor(y / SIDE) * columns + Math.floor(x / SIDE)];
    const value = tile ? gray(tile, x % SIDE, y % SIDE) : 0;
    return [value, value, value, 255];
  });
}

const textOf = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join("\n")}\n`);
const number = (index: number) => String(index).padStart(4, "0");

/** Files by format, with the side of the images in them. */
export function formatsOf(images: GrayImages) {
  const { pixels, labels } = images;
  const count = pixels.length;
  const all = bytesOf(...pixels);
  const list = Array.from(labels);
  const inFolders = Object.fromEntries(
    pixels.map((own, i) => [`fashion/${list[i]}/${number(i)}.bmp`, bitmapOf(own)] as const),
  );
  const beside = Object.fromEntries(
    pixels.map((own, i) => [`photos/${number(i)}.bmp`, bitmapOf(own)] as const),
  );
  const rows = list.map((label, i) => `photos/${number(i)}.bmp,${label}`);
  const planes = pixels.map((own) => bytesOf(padded(own), padded(own), padded(own)));
  const arrays = { "x_train.npy": npy([count, SIDE, SIDE], all), "y_train.npy": npy([count], labels) };
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: "image", data: pixels.map(bitmapOf), type: "BYTE_ARRAY" },
      { name: "label", data: list, type: "INT32" },
    ],
  });
  const cifarBinary = bytesOf(...planes.map((own, i) => bytesOf([list[i] ?? 0], own)));
  // A coarse label, which is not used, and a fine one.
  const cifar100 = bytesOf(...planes.map((own, i) => bytesOf([(list[i] ?? 0) >> 1, list[i] ?? 0], own)));
  const cifarPickle = tarOf({ "cifar/data_batch_1": pickleOfPython2(bytesOf(...planes), list) });
  return {
    "a zip file of folders": { side: SIDE, files: { "fashion.zip": zipSync(inFolders) } },
    "IDX files, packed": {
      side: SIDE,
      files: packedIdx("train", images),
    },
    "IDX files as they are": {
      side: SIDE,
      files: { "train.idx3-ubyte": idx([count, SIDE, SIDE], all), "train.idx1-ubyte": idx([count], labels) },
    },
    "NumPy arrays": { side: SIDE, files: arrays },
    "NumPy arrays in an .npz": { side: SIDE, files: { "fashion.npz": zipSync(arrays) } },
    "a sprite sheet with labels": {
      side: SIDE,
      files: { "sprites.bmp": spriteSheet(images), "labels.txt": textOf(list.map(String)) },
    },
    "a table of labels beside images": {
      side: SIDE,
      files: { "photos.zip": zipSync({ ...beside, "labels.csv": textOf(["file,label", ...rows]) }) },
    },
    "a Parquet file": { side: SIDE, files: { "train-00000-of-00001.parquet": new Uint8Array(parquet) } },
    "CIFAR's binary files": { side: PADDED, files: { "data_batch_1.bin": cifarBinary } },
    "CIFAR-100's binary files": { side: PADDED, files: { "train.bin": cifar100 } },
    "CIFAR's Python batches in a .tar.gz": {
      side: PADDED,
      files: { "cifar-10-python.tar.gz": gzipSync(cifarPickle) },
    },
  };
}

/** Writes files into a new folder and returns their paths. */
export function written(files: Readonly<Record<string, Uint8Array>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "retort-formats-"));
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}
