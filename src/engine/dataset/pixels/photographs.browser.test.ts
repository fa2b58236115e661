/**
 * Photographs by class and part, as an archive and as folders. The long suite uses six thousand real ones if they exist
 * beside the checkout; otherwise pictures are generated.
 */
import { unzipSync, zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { commands } from "vitest/browser";
import type { FileEntry } from "../../../protocol/dataset";
import { isLong } from "../../test-size.test-support";
import { type Dataset, type ImageSet, imageBytes } from "../dataset";
import { defaultShares, importImages } from "../import";
import { encode } from "./encoded-images.testing";

const PUBLISHED = "../shared/data/cifar10-folders.zip";
const SIZE = 32;
const options = { name: "CIFAR-10", size: SIZE, seed: 0, shares: defaultShares };

type Files = Record<string, Uint8Array<ArrayBuffer>>;

const classNames = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");
const pathOf = (part: string, name: string, number: number) =>
  `${part}/${name}/${String(number).padStart(4, "0")}.jpg`;

const published = (): Promise<Files | undefined> =>
  commands.readFile(PUBLISHED, "base64").then(
    (text) => unzipSync(Uint8Array.from(atob(text), (character) => character.charCodeAt(0))) as Files,
    () => undefined,
  );

/** JPEG files of distinct stripes. */
async function made(perClass: Readonly<Record<string, number>>): Promise<Files> {
  const files: Files = {};
  for (const [part, count] of Object.entries(perClass)) {
    for (const [label, name] of classNames.entries()) {
      for (let number = 0; number < count; number++) {
        files[pathOf(part, name, number)] = await encode(SIZE, SIZE, "image/jpeg", (x, y) => [
          25 * label,
          (20 * (x + number) + 9 * label * y) % 256,
          (part === "test" ? 200 : 40) + number,
          255,
        ]);
      }
    }
  }
  return files;
}

async function load(entries: readonly FileEntry[]) {
  const outcome = await importImages(entries, options);
  if (!outcome.ok) throw new Error(outcome.problem.cause);
  return outcome;
}

/** Decodes a file independently: by the canvas, without our resizing. */
async function decodeAlone(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const bitmap = await createImageBitmap(new Blob([bytes]), { colorSpaceConversion: "none" });
  const context = new OffscreenCanvas(SIZE, SIZE).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  const rgba = context?.getImageData(0, 0, SIZE, SIZE).data ?? [];
  return Array.from(rgba)
    .filter((_, i) => i % 4 !== 3)
    .join();
}

function imageAt(set: ImageSet, index: number): string {
  return set.pixels.subarray(index * imageBytes(set), (index + 1) * imageBytes(set)).join();
}

/** Labels of all images with these pixels. */
function labelsOf(image: string, sets: readonly ImageSet[]): number[] {
  return sets.flatMap((set) => Array.from(set.labels).filter((_, index) => imageAt(set, index) === image));
}

let files: Files;
let perClass: { readonly train: number; readonly test: number };
let dataset: Dataset;

beforeAll(async () => {
  const found = isLong ? await published() : undefined;
  perClass = found ? { train: 500, test: 100 } : { train: 30, test: 8 };
  files = found ?? (await made(perClass));
});

test("the zip loads completely", async () => {
  const archive = new Blob([zipSync(files, { level: 0 })]);
  const started = performance.now();
  const { dataset: loaded, summary } = await load([{ path: "cifar10-folders.zip", file: archive }]);
  dataset = loaded;
  const count = 10 * (perClass.train + perClass.test);
  console.info(`${count} images in ${Math.round(performance.now() - started)} ms`);
  expect(summary).toMatchObject({ classNames, rejected: [], ignored: 0 });
  expect(summary.origins).toEqual({ train: "folder", validation: "drawn", test: "folder" });
  expect(summary.counts).toEqual({
    train: Array(10).fill(0.9 * perClass.train),
    validation: Array(10).fill(0.1 * perClass.train),
    test: Array(10).fill(perClass.test),
  });
});

test("every label is that of the file's folder", async () => {
  for (const [label, name] of classNames.entries()) {
    for (const number of [0, Math.floor(0.57 * perClass.test)]) {
      const path = pathOf("test", name, number);
      expect(imageAt(dataset.test, perClass.test * label + number), path).toBe(
        await decodeAlone(files[path]!),
      );
      expect(dataset.test.labels[perClass.test * label + number]).toBe(label);
    }
    const middle = pathOf("train", name, Math.floor(perClass.train / 4));
    const found = labelsOf(await decodeAlone(files[middle]!), [dataset.train, dataset.validation]);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set([label]));
  }
});

test("the unpacked folder gives the same dataset in any order", async () => {
  const entries = Object.entries(files).map(([path, bytes]) => ({
    path: `cifar/${path}`,
    file: new Blob([bytes]),
  }));
  expect((await load(entries.reverse())).dataset.hash).toBe(dataset.hash);
});
