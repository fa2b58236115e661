import { describe, expect, test } from "vitest";
import { numpyArchive } from "./golden-tables.testing";
import { entriesOf, type Files, forMutations, gzipOf, idx, loadAll, npy, zipOf } from "./table-files.testing";

const labels = [3, 1, 4, 1, 5, 9];
const side = 4;
const pixels = Uint8Array.from({ length: labels.length * side * side }, (_, i) => (i * 37) % 251);
const imageAt = (index: number) => pixels.subarray(index * side * side, (index + 1) * side * side).join();

const idxPair: Files = {
  "train-images-idx3-ubyte": idx([labels.length, side, side], pixels),
  "train-labels-idx1-ubyte": idx([labels.length], Uint8Array.from(labels)),
};
const npyPair: Files = {
  "images.npy": npy([labels.length, side, side], pixels),
  "labels.npy": npy([labels.length], Uint8Array.from(labels)),
};

const expected = labels.map((label, index) => [String(label), imageAt(index)]);
const pairsOf = (images: Awaited<ReturnType<typeof loadAll>>["images"]) =>
  images.map(({ className, bytes }) => [className, bytes]);

describe("pairs of arrays", () => {
  test.each([
    ["IDX", idxPair],
    ["NumPy", npyPair],
  ])("%s: each image has the label at its index", async (_, files) => {
    const { images, reasons } = await loadAll(entriesOf(files));
    expect(reasons).toEqual([]);
    expect(pairsOf(images)).toEqual(expected);
  });

  test("files packed by gzip, zip, or one in the other give the same images", async () => {
    const packed = Object.fromEntries(
      await Promise.all(
        Object.entries(idxPair).map(async ([path, bytes]) => [`${path}.gz`, await gzipOf(bytes)] as const),
      ),
    );
    for (const files of [packed, { "mnist.zip": zipOf(packed) }, { "set.npz": zipOf(npyPair) }]) {
      expect(pairsOf((await loadAll(entriesOf(files))).images)).toEqual(expected);
    }
  });

  test("names determine the pairs and their part", async () => {
    const files: Files = {
      "t10k-images.idx3-ubyte": idx([2, side, side], pixels.subarray(0, 2 * side * side)),
      "t10k-labels.idx1-ubyte": idx([2], Uint8Array.of(7, 8)),
      ...idxPair,
    };
    const { images } = await loadAll(entriesOf(files));
    const parts = images.map(({ part, className }) => `${part} ${className}`);
    expect(parts).toEqual(["test 7", "test 8", ...labels.map((label) => `train ${label}`)]);
  });

  test("NumPy arrays are read in column-major order, in floats and in either byte order", async () => {
    const { images, reasons } = await loadAll([{ path: "set.npz", file: new Blob([numpyArchive]) }]);
    expect(reasons).toEqual([]);
    expect(images.map(({ className, part }) => `${part} ${className}`)).toEqual([
      ...[2, 0, 1, 1, 0, 2].map((label) => `test ${label}`),
      ...[2, 0, 1, 1, 0, 2].map((label) => `train ${label}`),
    ]);
    images.forEach(({ bytes }, place) => {
      const index = place % 6;
      expect(bytes).toBe(
        Array(20)
          .fill([10 * index + 1, 20 * index + 2, 30 * index + 3])
          .join(),
      );
    });
  });

  test("class names beside them are used", async () => {
    const names = new TextEncoder().encode("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
    const { images } = await loadAll(entriesOf({ ...npyPair, "class_names.txt": names }));
    expect(images.map(({ className }) => className)).toEqual([..."dbebfj"]);
  });
});

describe("inconsistent files are refused by name", () => {
  const refused = async (files: Files) => (await loadAll(entriesOf(files))).reasons;

  test("images without labels, labels without images, and unequal counts", async () => {
    const { "images.npy": images, "labels.npy": list } = npyPair as Record<string, Uint8Array>;
    expect(await refused({ "images.npy": images! })).toEqual(["unlabelled"]);
    expect(await refused({ "labels.npy": list! })).toEqual(["label-mismatch"]);
    const five = npy([5], Uint8Array.of(1, 2, 3, 4, 5));
    expect(await refused({ "images.npy": images!, "labels.npy": five })).toEqual(["label-mismatch"]);
    expect(await refused({ "train_images.npy": images!, "test_labels.npy": list! })).toEqual(
      ["label-mismatch", "unlabelled"].sort().reverse(),
    );
  });

  test("Python objects, odd shapes, negative labels and pixels out of range", async () => {
    const { "images.npy": images, "labels.npy": list } = npyPair as Record<string, Uint8Array>;
    const objects = npy([6], new Uint8Array(48), "|O");
    expect(await refused({ "images.npy": images!, "labels.npy": objects })).toContain("unsupported-table");
    expect(await refused({ "images.npy": npy([2, 3, 5, 7, 9], new Uint8Array(1890)) })).toEqual([
      "unsupported-table",
    ]);
    const negative = npy([6], Uint8Array.of(0, 1, 2, 3, 4, 255), "|i1");
    expect(await refused({ "images.npy": images!, "labels.npy": negative })).toContain("label-mismatch");
    const wide = npy([6, 4, 4], new Uint8Array(new Float32Array(96).fill(700).buffer), "<f4");
    expect(await refused({ "images.npy": wide, "labels.npy": list! })).toContain("unsupported-table");
  });
});

describe("200 damaged files of each kind", () => {
  const labelByte = (changed: Uint8Array, index: number) =>
    String(changed[changed.length - labels.length + index]);

  test.each([
    ["train-images-idx3-ubyte", idxPair],
    ["images.npy", npyPair],
  ])("%s: no label moves to another image", async (name, files) => {
    await forMutations(files, name, ({ images }) => {
      if (images.length === 0) return;
      expect(images.map(({ className }) => className)).toEqual(labels.map(String));
    });
  });

  test.each([
    ["train-labels-idx1-ubyte", idxPair],
    ["labels.npy", npyPair],
  ])("%s: labels match the file at their offsets", async (name, files) => {
    await forMutations(files, name, ({ images }, changed) => {
      if (images.length === 0) return;
      const isRead = images.map(({ className }, index) => className === labelByte(changed, index));
      expect([isRead, pairsOf(images).map(([, bytes]) => bytes)]).toEqual([
        labels.map(() => true),
        expected.map(([, bytes]) => bytes),
      ]);
    });
  });

  test("gzip and zip: any content read is unchanged", async () => {
    const whole = new Set(expected.map(String));
    const packed = { "images.gz": await gzipOf(idxPair["train-images-idx3-ubyte"]!) };
    const files = { ...packed, "labels.npy": npyPair["labels.npy"]! };
    await forMutations(files, "images.gz", ({ images }) => {
      for (const pair of pairsOf(images)) expect(whole).toContain(String(pair));
    });
    await forMutations({ "set.npz": zipOf(npyPair) }, "set.npz", ({ images }) => {
      for (const pair of pairsOf(images)) expect(whole).toContain(String(pair));
    });
  });
});
