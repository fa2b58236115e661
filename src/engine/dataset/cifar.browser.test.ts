/** Six thousand real photographs: the archive that the project's machines share, where it is there. */
import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { commands } from "vitest/browser";
import type { FileEntry } from "../../protocol/dataset";
import { type Dataset, type ImageSet, imageBytes } from "./dataset";
import { defaultShares, importImages } from "./import";

const PATH = "../shared/data/cifar10-folders.zip";
const SIZE = 32;
const options = { name: "CIFAR-10", size: SIZE, seed: 0, shares: defaultShares };

const archive = await commands.readFile(PATH, "base64").then(
  (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
  () => undefined,
);
const reason = archive ? "" : ` (skipped: ${PATH} is not there)`;

const classNames = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");

async function load(entries: readonly FileEntry[]) {
  const outcome = await importImages(entries, options);
  if (!outcome.ok) throw new Error(outcome.problem.cause);
  return outcome;
}

/** A file decoded on another way: by the canvas, without our resizing. */
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

let files: Record<string, Uint8Array<ArrayBuffer>>;
let dataset: Dataset;

beforeAll(async () => {
  if (!archive) return;
  files = unzipSync(archive) as typeof files;
});

test.runIf(archive)(`the zip loads whole, and quickly${reason}`, async () => {
  const started = performance.now();
  const { dataset: loaded, summary } = await load([
    { path: "cifar10-folders.zip", file: new Blob([archive!]) },
  ]);
  dataset = loaded;
  console.info(`6,000 images in ${Math.round(performance.now() - started)} ms`);
  expect(summary).toMatchObject({ classNames, rejected: [], ignored: 0 });
  expect(summary.origins).toEqual({ train: "folder", validation: "drawn", test: "folder" });
  expect(summary.counts).toEqual({
    train: Array(10).fill(450),
    validation: Array(10).fill(50),
    test: Array(10).fill(100),
  });
  expect(performance.now() - started).toBeLessThan(60_000);
});

test.runIf(archive)(`every label is that of the file's folder${reason}`, async () => {
  for (const [label, name] of classNames.entries()) {
    for (const number of [0, 57]) {
      const path = `test/${name}/${String(number).padStart(4, "0")}.jpg`;
      expect(imageAt(dataset.test, 100 * label + number), path).toBe(await decodeAlone(files[path]!));
      expect(dataset.test.labels[100 * label + number]).toBe(label);
    }
    const trained = await decodeAlone(files[`train/${name}/0123.jpg`]!);
    const found = labelsOf(trained, [dataset.train, dataset.validation]);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set([label]));
  }
});

test.runIf(archive)(`the unpacked folder, in any order, is the same dataset${reason}`, async () => {
  const entries = Object.entries(files).map(([path, bytes]) => ({
    path: `cifar/${path}`,
    file: new Blob([bytes]),
  }));
  expect((await load(entries.reverse())).dataset.hash).toBe(dataset.hash);
});
