import { describe, expect, test } from "vitest";
import { cifarPython } from "./golden-tables.testing";
import {
  bytesOf,
  entriesOf,
  type Files,
  forMutations,
  gzipOf,
  loadAll,
  pickleOfPython2,
  tarOf,
} from "./table-files.testing";

const labels = [2, 0, 1, 1, 0, 2];
const names = new TextEncoder().encode("cat\ndog\nox\n\n");
const PIXELS = 1024;

/** Color planes of one value each. */
const planesOf = (index: number) =>
  bytesOf(...[1, 2, 3].map((channel) => new Uint8Array(PIXELS).fill(channel * (10 * index + 1))));
const planes = bytesOf(...labels.map((_, index) => planesOf(index)));
/** The same in pixel order. */
const pictureOf = (index: number) =>
  Array(PIXELS)
    .fill([1, 2, 3].map((channel) => channel * (10 * index + 1)))
    .join();
const pictures = labels.map((_, index) => pictureOf(index));
const classes = labels.map((label) => ["cat", "dog", "ox"][label] as string);

const binary = bytesOf(...labels.flatMap((label, index) => [[label], planesOf(index)]));
const binary100 = bytesOf(...labels.flatMap((label, index) => [[label % 2, label], planesOf(index)]));

describe("binary files", () => {
  test("records of CIFAR-10, with class names beside them", async () => {
    const files = { "data_batch_1.bin": binary, "test_batch.bin": binary, "batches.meta.txt": names };
    const { images, reasons } = await loadAll(entriesOf(files));
    expect(reasons).toEqual([]);
    expect(images.map(({ className }) => className)).toEqual([...classes, ...classes]);
    expect(images.map(({ bytes }) => bytes)).toEqual([...pictures, ...pictures]);
    expect(images.map(({ part }) => part)).toEqual([...Array(6).fill(undefined), ...Array(6).fill("test")]);
  });

  test("CIFAR-100 uses the fine label", async () => {
    const files: Files = {
      "train.bin": binary100,
      "coarse_label_names.txt": new TextEncoder().encode("pet\nbeast\n"),
      "fine_label_names.txt": names,
    };
    const { images } = await loadAll(entriesOf(files));
    expect(images.map(({ className }) => className)).toEqual(classes);
    expect(images.map(({ bytes }) => bytes)).toEqual(pictures);
  });

  test("a file with a label outside the classes is not recognized", async () => {
    const other = bytesOf(binary);
    other[3073] = 10;
    const { images, reasons } = await loadAll(entriesOf({ "data_batch_1.bin": other }));
    expect(images).toEqual([]);
    expect(reasons).toEqual(["not-an-image"]);
  });
});

describe("Python's batches", () => {
  test("are read from an archive like the authors', in pickle protocols 2 to 5", async () => {
    const archive = [{ path: "cifar-10-python.tar.gz", file: new Blob([cifarPython]) }];
    const { images, reasons } = await loadAll(archive);
    // The page included beside them.
    expect(reasons).toEqual(["not-an-image"]);
    for (const [batch, part] of [
      ["data_batch_1", undefined],
      ["data_batch_2", undefined],
      ["test_batch", "test"],
    ]) {
      const own = images.filter(({ path }) => path.includes(batch as string));
      expect(own.map(({ className }) => className)).toEqual(classes);
      expect(own.map((image) => image.part)).toEqual(Array(6).fill(part));
      own.forEach(({ bytes }, index) => {
        const color = [10 * index + 1, 20 * index + 2, 30 * index + 3];
        expect(bytes).toBe(Array(PIXELS).fill(color).join());
      });
    }
  });

  test("are read as written by Python 2", async () => {
    const { images, reasons } = await loadAll(entriesOf({ data_batch_1: pickleOfPython2(planes, labels) }));
    expect(reasons).toEqual([]);
    expect(images.map(({ className }) => className)).toEqual(labels.map(String));
    expect(images.map(({ bytes }) => bytes)).toEqual(pictures);
  });

  test("a pickle that would call anything else is refused and not run", async () => {
    const call = bytesOf("\x80\x02cos\nsystem\nX\x05\x00\x00\x00rm -r\x85R.");
    expect((await loadAll(entriesOf({ data_batch_1: call }))).reasons).toEqual(["unsupported-table"]);
    const stacked = bytesOf("\x80\x04\x8c\x08builtins\x8c\x04eval\x93\x8c\x011\x85R.");
    expect((await loadAll(entriesOf({ data_batch_1: stacked }))).reasons).toEqual(["unsupported-table"]);
  });
});

describe("200 damaged files of each kind", () => {
  test("binary: every image has the label byte before it", async () => {
    await forMutations({ "data_batch_1.bin": binary }, "data_batch_1.bin", ({ images }, changed) => {
      images.forEach(({ className, bytes }, index) => {
        expect(className).toBe(String(changed[index * 3073]));
        expect(bytes.startsWith(`${changed[index * 3073 + 1]},${changed[index * 3073 + 1025]},`)).toBe(true);
      });
    });
  });

  test("pickles: one label per image, a whole number from 0", async () => {
    await forMutations({ batch: pickleOfPython2(planes, labels) }, "batch", ({ images }) => {
      expect([0, labels.length]).toContain(images.length);
      for (const { className } of images) expect(className).toMatch(/^\d+$/);
    });
  });

  test("tar: reading stops at a damaged header, and all images read have their labels", async () => {
    const files: Files = { "a/data_batch_1.bin": binary, "a/test_batch.bin": binary };
    const whole = new Set(pictures.map((bytes, index) => `${labels[index]} ${bytes}`));
    await forMutations({ "cifar.tar": tarOf(files) }, "cifar.tar", ({ images }, changed) => {
      const sameBytes = changed.length === tarOf(files).length;
      const odd = images.filter(({ className, bytes }) => !whole.has(`${className} ${bytes}`));
      // Tar has no checksum of contents: a change affects at most two images.
      expect(odd.length).toBeLessThanOrEqual(sameBytes ? 2 : images.length);
    });
    await forMutations({ "cifar.tgz": await gzipOf(tarOf(files)) }, "cifar.tgz", ({ images }) => {
      for (const { className, bytes } of images) expect(whole).toContain(`${className} ${bytes}`);
    });
  });
});
