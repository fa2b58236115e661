import { type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { DatasetProgress, FileEntry } from "../../protocol/dataset";
import { type ImageSet, imageBytes } from "./dataset";
import { defaultShares, importImages } from "./import";
import type { LongTask } from "./long-task";
import { encode, encodeBitmap, type Painter, text } from "./pixels/encoded-images.testing";

const options = { name: "mine", size: 16, seed: 0, shares: defaultShares };

/** An image of one color that encodes its class and number: cats are red, dogs green. */
function picture(className: string, number: number): Uint8Array<ArrayBuffer> {
  const paint: Painter = () => [
    className === "cats" ? 250 : 20,
    className === "dogs" ? 250 : 20,
    4 * number,
    255,
  ];
  return encodeBitmap(20, 18, paint);
}

type Files = Record<string, Uint8Array<ArrayBuffer>>;

function pets(perClass = 10, root = "pets"): Files {
  const files: Files = {};
  for (const className of ["cats", "dogs"]) {
    for (let i = 0; i < perClass; i++) files[`${root}/${className}/${i}.bmp`] = picture(className, i);
  }
  return files;
}

const entries = (files: Files): FileEntry[] =>
  Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes]) }));

const zipped = (files: Zippable): FileEntry[] => [
  { path: "pets.zip", file: new Blob([zipSync(files) as Uint8Array<ArrayBuffer>]) },
];

async function load(given: readonly FileEntry[], task?: LongTask) {
  const outcome = await importImages(given, options, task);
  if (!outcome.ok) throw new Error(`${outcome.problem.title}: ${outcome.problem.cause}`);
  return outcome;
}

async function problemOf(given: readonly FileEntry[]) {
  const outcome = await importImages(given, options);
  return outcome.ok ? undefined : outcome;
}

const firstPixel = (set: ImageSet, index: number) =>
  Array.from(set.pixels.subarray(index * imageBytes(set), index * imageBytes(set) + 3));

test("folders become a dataset whose labels match its pixels", async () => {
  const { dataset, summary } = await load(entries(pets()));
  expect(dataset.classNames).toEqual(["cats", "dogs"]);
  expect(summary.counts).toEqual({ train: [7, 7], validation: [1, 1], test: [2, 2] });
  expect(summary.rejected).toEqual([]);
  const seen = new Set<string>();
  for (const set of [dataset.train, dataset.validation, dataset.test]) {
    expect(set).toMatchObject({ size: 16, channels: 3 });
    expect(set.pixels).toHaveLength(set.count * imageBytes(set));
    for (let i = 0; i < set.count; i++) {
      const [red, green, blue] = firstPixel(set, i);
      expect([red, green]).toEqual(set.labels[i] === 0 ? [250, 20] : [20, 250]);
      seen.add(`${set.labels[i]} ${blue}`);
    }
  }
  expect(seen.size).toBe(20);
});

test("the same files give the same dataset, in any order, and as a zip", async () => {
  const files = pets();
  const { dataset } = await load(entries(files));
  expect((await load(entries(files).reverse())).dataset).toEqual(dataset);
  expect((await load(zipped(files))).dataset).toEqual(dataset);
  expect((await load(entries(pets(10, "other/wrapping")))).dataset.hash).toBe(dataset.hash);
  const seeded = await importImages(entries(files), { ...options, seed: 1 });
  expect(seeded.ok && seeded.dataset.hash).not.toBe(dataset.hash);
});

test("bad files are listed with their reasons and do not affect the rest", async () => {
  const files = pets();
  const { dataset } = await load(entries(files));
  const png = await encode(30, 30);
  const spoilt: Files = {
    ...files,
    "pets/cats/text.png": text("this is no image"),
    "pets/cats/cut.png": png.slice(0, 200),
    "pets/dogs/empty.jpg": text(""),
    "pets/dogs/drawing.svg": text("<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "pets/notes.txt": text("notes"),
    "pets/cover.png": png,
    "pets/.DS_Store": text("x"),
    "pets/cats/Thumbs.db": text("x"),
  };
  for (const given of [entries(spoilt), zipped(spoilt)]) {
    const { dataset: rest, summary } = await load(given);
    expect(rest).toEqual(dataset);
    expect(summary.ignored).toBe(2);
    expect(Object.fromEntries(summary.rejected.map(({ path, reason }) => [path, reason]))).toEqual({
      "pets/cats/text.png": "not-an-image",
      "pets/cats/cut.png": "damaged",
      "pets/dogs/empty.jpg": "empty",
      "pets/dogs/drawing.svg": "unsupported-format",
      "pets/notes.txt": "not-an-image",
      "pets/cover.png": "no-class-folder",
    });
    for (const { detail } of summary.rejected) expect(detail).toMatch(/^[A-Z].+\.$/);
  }
});

test("an image with the wrong extension is read", async () => {
  const files = pets();
  files["pets/cats/really-a-jpeg.png"] = await encode(20, 20, "image/jpeg");
  files["pets/dogs/without-ending"] = await encode(20, 20, "image/webp");
  const { summary } = await load(entries(files));
  expect(summary.rejected).toEqual([]);
  expect(summary.counts.train[0]).toBe(8);
});

test("folders of parts stay separate", async () => {
  const files: Files = { ...pets(10, "Train"), ...pets(3, "test") };
  const { dataset, summary } = await load(entries(files));
  expect(summary.counts).toEqual({ train: [9, 9], validation: [1, 1], test: [3, 3] });
  expect(summary.origins).toEqual({ train: "folder", validation: "drawn", test: "folder" });
  expect(Array.from({ length: 6 }, (_, i) => firstPixel(dataset.test, i)[2])).toEqual([0, 4, 8, 0, 4, 8]);
});

describe("selections that are not a dataset", () => {
  test("an empty selection, or one without images", async () => {
    expect((await problemOf([]))?.problem.kind).toBe("no-images");
    const outcome = await problemOf(entries({ "a/1.png": text("no"), "a/2.png": text("") }));
    expect(outcome?.problem.kind).toBe("no-images");
    expect(outcome?.rejected.map(({ reason }) => reason)).toEqual(["not-an-image", "empty"]);
  });

  test("images without folders", async () => {
    expect((await problemOf(entries({ "1.bmp": picture("cats", 1) })))?.problem.kind).toBe("no-classes");
  });

  test("a single class", async () => {
    const outcome = await problemOf(entries({ "cats/1.bmp": picture("cats", 1), "dogs/1.bmp": text("no") }));
    expect(outcome?.problem).toMatchObject({ kind: "single-class", className: "cats" });
    expect(outcome?.problem.cause).toMatch(/two classes.*«cats»/);
    expect(outcome?.rejected).toHaveLength(1);
  });

  test("a class with too few images", async () => {
    const outcome = await problemOf(entries({ ...pets(), "pets/cows/1.bmp": picture("cows", 1) }));
    expect(outcome?.problem.kind).toBe("too-few-images");
    expect(outcome?.problem.cause).toContain("«cows» has 1 of 3 for train");
  });

  test("only a test folder", async () => {
    const outcome = await problemOf(entries({ ...pets(2, "d/test"), ...pets(2, "d/val") }));
    expect(outcome?.problem.kind).toBe("no-training-images");
  });

  test("more classes than supported, reported at once", async () => {
    const file = new Blob([picture("cats", 1)]);
    const many = Array.from({ length: 1_001 }, (_, i) => ({ path: `${i}/1.png`, file }));
    const phases = new Set<string>();
    const outcome = await importImages(many, options, { onProgress: ({ phase }) => phases.add(phase) });
    expect(outcome).toMatchObject({ ok: false, problem: { kind: "too-many-classes", found: 1_001 } });
    expect(phases.has("decoding")).toBe(false);
  });

  test("a truncated zip", async () => {
    const bytes = zipSync(pets());
    const cut = new Blob([bytes.slice(0, bytes.length - 30)]);
    expect((await problemOf([{ path: "pets.zip", file: cut }]))?.problem.kind).toBe("archive-unreadable");
  });
});

test("progress grows to the end; an abort stops the import with its reason", async () => {
  const files = entries(pets(150));
  const reports: DatasetProgress[] = [];
  await load(files, { onProgress: (progress) => reports.push(progress) });
  const decoding = reports.filter(({ phase }) => phase === "decoding").map(({ done }) => done);
  expect(decoding.at(-1)).toBe(300);
  expect(decoding).toEqual([...decoding].sort((a, b) => a - b));

  const controller = new AbortController();
  let reading = 0;
  const watched = files.map(({ path, file }) => ({
    path,
    file: Object.defineProperty(file.slice(), "arrayBuffer", {
      value: () => {
        if (++reading === 20) controller.abort(new Error("changed my mind"));
        return file.arrayBuffer();
      },
    }),
  }));
  await expect(load(watched, { signal: controller.signal })).rejects.toThrow("changed my mind");
  expect(reading).toBeLessThan(60);
});
