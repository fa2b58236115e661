/** Tables through the importer: from files to a dataset whose labels match its pixels. */
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { sized } from "../../test-size.test-support";
import { type Dataset, imageBytes } from "../dataset";
import { defaultShares, importImages } from "../import";
import { encode } from "../pixels/encoded-images.testing";
import { bytesOf, entriesOf, type Files, forMutations, idx, npy } from "./table-files.testing";

async function load(files: Files, size: number) {
  const options = { name: "mine", size, seed: 0, shares: defaultShares };
  const outcome = await importImages(entriesOf(files), options);
  if (!outcome.ok)
    throw new Error(`${outcome.problem.cause} ${JSON.stringify(outcome.rejected.slice(0, 3))}`);
  return outcome;
}

/** Twelve images of one color each, three per class: red encodes the image, green its class. */
const labels = Array.from({ length: 12 }, (_, i) => i % 4);
const colorOf = (index: number) => [index * 10, (labels[index] as number) * 60, 90] as const;
const side = 16;

function expectColors(dataset: Dataset) {
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
      return index < 12 ? [...colorOf(index), 255] : [0, 0, 0, 0];
    });
  const rows = () => encode(side * side, 12, "image/png", (_, y) => [...colorOf(y), 255]);
  const list = new TextEncoder().encode(labels.join("\n"));

  test("a grid of tiles, row by row", async () => {
    const { dataset, summary } = await load({ "sprites.png": await grid(), "labels.txt": list }, side);
    expect(summary.rejected).toEqual([]);
    expectColors(dataset);
  });

  test("a flattened image per row with one-hot labels, as in TensorFlow.js's examples", async () => {
    const hot = bytesOf(...labels.map((label) => [0, 1, 2, 3].map((place) => (place === label ? 1 : 0))));
    for (const given of [{ mnist_labels_uint8: hot }, { "labels.npy": npy([12], Uint8Array.from(labels)) }]) {
      expectColors((await load({ "mnist_images.png": await rows(), ...given }, side)).dataset);
    }
  });

  test("a sheet that cannot contain that many images is refused", async () => {
    const files = { "sprites.png": await grid(), "labels.txt": new TextEncoder().encode("1\n2\n3\n") };
    await expect(load(files, side)).rejects.toThrow(/label-mismatch/);
  });

  test("200 damaged sheets: refused, or each tile has its label", async () => {
    await forMutations({ "sprites.png": await grid(), "labels.txt": list }, "sprites.png", ({ images }) => {
      if (images.length === 0) return;
      expect(images.map(({ className }) => className)).toEqual(labels.map(String));
    });
  });
});

test("Parquet, arrays, and a table of labels beside images give the same images", async () => {
  const pngs = await Promise.all(
    labels.map((_, index) => encode(side, side, "image/png", () => [...colorOf(index), 255])),
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
        .fill(colorOf(index))
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
    expectColors(dataset);
    hashes.add(dataset.hash);
  }
  expect(hashes.size).toBe(1);
});

test("tens of thousands of images need little more memory than their own bytes", async () => {
  const count = sized(10_000, 60_000);
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
    `${count} images of 32 × 32 in ${seconds.toFixed(1)} s, held in ${(bytes / pixels.length).toFixed(2)} × their bytes`,
  );
  expect(bytes).toBeLessThanOrEqual(1.3 * pixels.length);
  for (let i = 0; i < train.count; i += 97) {
    expect((train.pixels[i * 3_072 + 5] as number) % 10).toBe(train.labels[i]);
  }
});
