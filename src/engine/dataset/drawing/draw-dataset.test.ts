import { describe, expect, test } from "vitest";
import { type DatasetProgress, drawnDifficulties, drawnSources } from "../../../protocol/dataset";
import { imageBytes } from "../dataset";
import { sha256 } from "../identity/sha256";
import { drawDataset, drawnSets } from "./draw-dataset";
import { drawingDefaults } from "./drawn-set";

const small = { ...drawingDefaults, size: 16, train: 60, validation: 20, test: 30 };

/** SHA-256 of the first 40 test images of seed 20240229 at 24 px. A change here changes every user's dataset. */
const fingerprints = {
  shapes: {
    easy: "22e6d319350c42775ef53ce32602f0aaabd6c9ee7a9480b77622d83676258fe3",
    normal: "6857576af4d232bd7ec6c0ed682aaa1a3269db6cd5f430c9fcc13746f46013ba",
    hard: "da2cc1a59ca9c7f90bb469c64b2e45164f178b71916ab291aa7809dc6b62908d",
  },
  textures: {
    easy: "1c1f6e864ca70fd4fd81a6da110e72e92a99df688695b12df65f33424cea9170",
    normal: "a5ddfd6facb6ccb4590dc60f2037dbd72af38c9fbae7d69503e033fa9c4884e6",
    hard: "b565ddb87f52f9ddbd42e101f5c4775749c563049744e2e6360580d2358e036e",
  },
};

describe.each(drawnSources)("%s", (source) => {
  const { classNames, createPainter } = drawnSets[source];
  const draw = (options: Partial<typeof small> = {}) => drawDataset(source, { ...small, ...options });

  test.each(drawnDifficulties)("%s: the pixels have this hash on every machine", async (difficulty) => {
    const paint = createPainter({ seed: 20_240_229, size: 24, difficulty }, "test");
    const bytes = 24 * 24 * 3;
    const images = new Uint8Array(40 * bytes);
    for (let index = 0; index < 40; index++)
      paint(index, images.subarray(index * bytes, (index + 1) * bytes));
    expect(await sha256(images)).toBe(fingerprints[source][difficulty]);
  });

  test("parts, classes and labels match the options", async () => {
    const dataset = await draw();
    expect(dataset.classNames).toEqual(classNames);
    expect(new Set(classNames).size).toBe(10);
    for (const part of ["train", "validation", "test"] as const) {
      const set = dataset[part];
      expect(set.count).toBe(small[part]);
      expect(set.pixels).toHaveLength(set.count * imageBytes(set));
      for (let label = 0; label < 10; label++) {
        expect(set.labels.filter((found) => found === label)).toHaveLength(set.count / 10);
      }
    }
  });

  test("more images do not change the earlier ones", async () => {
    const few = await draw();
    const more = await draw({ train: 90, test: 35 });
    expect(more.train.pixels.subarray(0, few.train.pixels.length)).toEqual(few.train.pixels);
    expect(more.test.pixels.subarray(0, few.test.pixels.length)).toEqual(few.test.pixels);
    expect(more.validation).toEqual(few.validation);
    expect(more.hash).not.toBe(few.hash);
  });

  test("an image does not depend on those drawn before it, nor on other sizes drawn meanwhile", () => {
    const options = { seed: 8, difficulty: "normal" } as const;
    const painters = [16, 24, 64].map((size) => ({
      size,
      paint: createPainter({ ...options, size }, "train"),
    }));
    const image = ({ size, paint }: (typeof painters)[number], index: number) => {
      const into = new Uint8Array(size * size * 3);
      paint(index, into);
      return into;
    };
    const indices = [7, 0, 19, 3, 12];
    const there = indices.map((index) => painters.map((painter) => image(painter, index)));
    const back = indices
      .toReversed()
      .map((index) => painters.toReversed().map((painter) => image(painter, index)));
    expect(back.toReversed().map((images) => images.toReversed())).toEqual(there);
  });

  test("no image occurs twice, within or across parts", async () => {
    const dataset = await draw();
    const seen = new Set<string>();
    for (const set of [dataset.train, dataset.validation, dataset.test]) {
      const bytes = imageBytes(set);
      for (let i = 0; i < set.count; i++) seen.add(set.pixels.subarray(i * bytes, (i + 1) * bytes).join());
    }
    expect(seen.size).toBe(small.train + small.validation + small.test);
  });

  test("equal options give equal hashes; other seeds, sizes and difficulties differ", async () => {
    const hash = async (options: Partial<typeof small>) => (await draw(options)).hash;
    const first = await hash({});
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await hash({})).toBe(first);
    const others = await Promise.all([hash({ seed: 1 }), hash({ size: 17 }), hash({ difficulty: "hard" })]);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  test("an image shows the same scene at every resolution", () => {
    // The means of 4×4 areas, by color: pixel noise and edges almost vanish in them.
    const areas = (size: number, index: number) => {
      const image = new Uint8Array(size * size * 3);
      createPainter({ seed: 5, size, difficulty: "normal" }, "train")(index, image);
      const side = size / 4;
      const means = new Float64Array(48);
      image.forEach((value, at) => {
        const [pixel, channel] = [Math.floor(at / 3), at % 3];
        const [row, column] = [Math.floor(pixel / size), pixel % size];
        const area = 3 * (4 * Math.floor(row / side) + Math.floor(column / side)) + channel;
        means[area] = (means[area] as number) + value / side ** 2;
      });
      return means;
    };
    for (let index = 0; index < 20; index++) {
      const [coarse, fine] = [areas(16, index), areas(64, index)];
      const distance =
        coarse.reduce((sum, value, at) => sum + Math.abs(value - (fine[at] as number)), 0) / 48;
      expect(distance).toBeLessThan(5);
    }
  });

  test("drawing reports progress and can be aborted", async () => {
    const reports: DatasetProgress[] = [];
    const controller = new AbortController();
    const options = { ...drawingDefaults, train: 20_000 };
    const drawing = drawDataset(source, options, {
      signal: controller.signal,
      onProgress: (progress) => {
        reports.push(progress);
        if (reports.length === 2) controller.abort();
      },
    });
    await expect(drawing).rejects.toThrow(/abort/i);
    expect(reports[1]?.done).toBeGreaterThan(reports[0]?.done ?? 0);
    expect(reports[1]?.total).toBe(21_500);
    expect(reports[1]?.done).toBeLessThan(20_000);
  });
});
