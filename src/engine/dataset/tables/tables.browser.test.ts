/** Tables through the one door for everything: from files to a dataset whose labels fit its pixels. */
import { parquetWriteBuffer } from "hyparquet-writer";
import { beforeAll, describe, expect, test } from "vitest";
import { commands } from "vitest/browser";
import { type Dataset, imageBytes } from "../dataset";
import { encode } from "../encoded-images.testing";
import { gunzip } from "../gzip";
import { defaultShares, importImages } from "../import";
import { readIdx } from "./idx";
import { type Bytes, bytesOf, entriesOf, type Files, forMutations, idx, npy } from "./table-files.testing";

async function load(files: Files, size: number) {
  const options = { name: "mine", size, seed: 0, shares: defaultShares };
  const outcome = await importImages(entriesOf(files), options);
  if (!outcome.ok)
    throw new Error(`${outcome.problem.cause} ${JSON.stringify(outcome.rejected.slice(0, 3))}`);
  return outcome;
}

const countsOf = (labels: Iterable<number>) => {
  const counts: Record<string, number> = {};
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};

/** Label by content: gray bytes of an image → its label, read from the files on another way. */
function labelsByContent(images: Bytes, labels: Bytes): Map<string, number> {
  const [pixels, list] = [readIdx(images).values as Uint8Array, readIdx(labels).values];
  const area = pixels.length / list.length;
  return new Map(
    Array.from(list as Uint8Array, (label, i) => [pixels.subarray(i * area, (i + 1) * area).join(), label]),
  );
}

const grayAt = ({ pixels, ...set }: Dataset["train"], index: number) =>
  pixels
    .subarray(index * imageBytes(set), (index + 1) * imageBytes(set))
    .filter((_, i) => i % 3 === 0)
    .join();

describe.each(["mnist", "fashion-mnist-1k"])("%s, as it is published", (folder) => {
  const names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];
  let files: Record<string, Bytes> | undefined;

  beforeAll(async () => {
    const read = async (name: string) => {
      const base64 = await commands.readFile(`../shared/data/${folder}/${name}-ubyte.gz`, "base64");
      return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    };
    try {
      files = Object.fromEntries(
        await Promise.all(names.map(async (name) => [`${name}-ubyte.gz`, await read(name)] as const)),
      );
    } catch {
      files = undefined;
    }
  });

  test("every image has the label that the files give it", async ({ skip }) => {
    if (!files) return skip(`../shared/data/${folder} is not there`);
    const started = performance.now();
    const { dataset, summary } = await load(files, 28);
    console.info(`${folder}: ${dataset.train.count} images in ${Math.round(performance.now() - started)} ms`);
    expect(summary.rejected).toEqual([]);
    expect(summary.origins).toEqual({ train: "folder", validation: "drawn", test: "folder" });
    expect(dataset.classNames).toEqual([..."0123456789"]);
    const unpacked = await Promise.all(names.map((name) => gunzip(files?.[`${name}-ubyte.gz`] as Bytes)));
    const [trainImages, trainLabels, testImages, testLabels] = unpacked as [Bytes, Bytes, Bytes, Bytes];
    const [train, heldOut] = [
      labelsByContent(trainImages, trainLabels),
      labelsByContent(testImages, testLabels),
    ];
    for (const [set, truth] of [
      [dataset.train, train],
      [dataset.validation, train],
      [dataset.test, heldOut],
    ] as const) {
      for (let i = 0; i < set.count; i++) expect(truth.get(grayAt(set, i))).toBe(set.labels[i]);
    }
    expect(countsOf([...dataset.train.labels, ...dataset.validation.labels])).toEqual(
      countsOf(readIdx(trainLabels).values as Uint8Array),
    );
  });
});

/** Twelve images of one colour each, three of a class: red tells the image, green its class. */
const labels = Array.from({ length: 12 }, (_, i) => i % 4);
const colourOf = (index: number) => [index * 10, (labels[index] as number) * 60, 90] as const;
const side = 16;

function expectColours(dataset: Dataset) {
  const seen = new Set<number>();
  for (const set of [dataset.train, dataset.validation, dataset.test]) {
    for (let i = 0; i < set.count; i++) {
      const [red = 0, green, blue] = set.pixels.subarray(i * imageBytes(set), i * imageBytes(set) + 3);
      seen.add(red);
      expect([green, blue]).toEqual([(set.labels[i] as number) * 60, 90]);
      expect(set.labels[i]).toBe(labels[red / 10]);
    }
  }
  expect([...seen].sort((a, b) => a - b)).toEqual(labels.map((_, index) => index * 10));
}

describe("sprite sheets", () => {
  const grid = () =>
    encode(5 * side, 3 * side, "image/png", (x, y) => {
      const index = Math.floor(y / side) * 5 + Math.floor(x / side);
      return index < 12 ? [...colourOf(index), 255] : [0, 0, 0, 0];
    });
  const rows = () => encode(side * side, 12, "image/png", (_, y) => [...colourOf(y), 255]);
  const list = new TextEncoder().encode(labels.join("\n"));

  test("a grid of tiles, row by row", async () => {
    const { dataset, summary } = await load({ "sprites.png": await grid(), "labels.txt": list }, side);
    expect(summary.rejected).toEqual([]);
    expectColours(dataset);
  });

  test("a flattened image in each row, with labels of one hot byte, as TensorFlow.js's examples have them", async () => {
    const hot = bytesOf(...labels.map((label) => [0, 1, 2, 3].map((place) => (place === label ? 1 : 0))));
    for (const given of [{ mnist_labels_uint8: hot }, { "labels.npy": npy([12], Uint8Array.from(labels)) }]) {
      expectColours((await load({ "mnist_images.png": await rows(), ...given }, side)).dataset);
    }
  });

  test("a sheet that does not hold so many images is refused", async () => {
    const files = { "sprites.png": await grid(), "labels.txt": new TextEncoder().encode("1\n2\n3\n") };
    await expect(load(files, side)).rejects.toThrow(/label-mismatch/);
  });

  test("200 damaged sheets: refused, or each tile with its label", async () => {
    await forMutations({ "sprites.png": await grid(), "labels.txt": list }, "sprites.png", ({ images }) => {
      if (images.length === 0) return;
      expect(images.map(({ className }) => className)).toEqual(labels.map(String));
    });
  });
});

test("Parquet, arrays, and a table of labels beside images give the same images", async () => {
  const pngs = await Promise.all(
    labels.map((_, index) => encode(side, side, "image/png", () => [...colourOf(index), 255])),
  );
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: "image", data: pngs, type: "BYTE_ARRAY" },
      { name: "label", data: labels, type: "INT32" },
    ],
    rowGroupSize: 5,
  });
  const pixels = bytesOf(
    ...labels.map((_, index) =>
      Array(side * side)
        .fill(colourOf(index))
        .flat(),
    ),
  );
  const arrays = {
    "x.npy": npy([12, side, side, 3], pixels),
    "y.npy": idx([12], Uint8Array.from(labels)),
  };
  const rows = labels.map((label, index) => `${String(index).padStart(2, "0")},${label}`);
  const beside: Files = {
    ...Object.fromEntries(pngs.map((png, index) => [`photos/${String(index).padStart(2, "0")}.png`, png])),
    "labels.csv": new TextEncoder().encode(`id,label\n${rows.join("\n")}\n`),
  };
  const hashes = new Set<string>();
  for (const files of [{ "table.parquet": new Uint8Array(parquet) }, arrays, beside]) {
    const { dataset, summary } = await load(files, side);
    expect(summary.rejected).toEqual([]);
    expectColours(dataset);
    hashes.add(dataset.hash);
  }
  expect(hashes.size).toBe(1);
});

test("60,000 images of 32 × 32 load in seconds, into little more than their own bytes", async () => {
  const count = 60_000;
  const pixels = new Uint8Array(count * 32 * 32 * 3);
  for (let i = 0; i < count; i++) pixels.fill(i % 251, i * 3_072, (i + 1) * 3_072);
  const files = {
    "images.npy": new Blob([npy([count, 32, 32, 3], new Uint8Array(0)), pixels]),
    "labels.npy": new Blob([
      npy(
        [count],
        Uint8Array.from({ length: count }, (_, i) => (i % 251) % 10),
      ),
    ]),
  };
  const entries = Object.entries(files).map(([path, file]) => ({ path, file }));
  const started = performance.now();
  const outcome = await importImages(entries, { name: "m", size: 32, seed: 0, shares: defaultShares });
  const seconds = (performance.now() - started) / 1_000;
  if (!outcome.ok) throw new Error(outcome.problem.cause);
  const { train, validation, test: heldOut } = outcome.dataset;
  const held = new Set([train, validation, heldOut].map((set) => set.pixels.buffer));
  const bytes = [...held].reduce((sum, buffer) => sum + buffer.byteLength, 0);
  console.info(
    `60,000 images in ${seconds.toFixed(1)} s, held in ${(bytes / pixels.length).toFixed(2)} × their bytes`,
  );
  expect(bytes).toBeLessThanOrEqual(1.3 * pixels.length);
  expect(seconds).toBeLessThan(60);
  for (let i = 0; i < train.count; i += 97) {
    expect((train.pixels[i * 3_072 + 5] as number) % 10).toBe(train.labels[i]);
  }
});
