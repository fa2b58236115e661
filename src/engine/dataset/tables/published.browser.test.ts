/**
 * Four IDX files in the format of MNIST and similar datasets: each image gets its label in the files. The long suite
 * also uses the published ones if they exist beside the checkout.
 */
import { expect, test } from "vitest";
import { commands } from "vitest/browser";
import { isLong } from "../../test-size.test-support";
import { gunzip } from "../archives/gzip";
import { type Dataset, imageBytes } from "../dataset";
import { defaultShares, importImages } from "../import";
import { madeImages, type Part, SIDE } from "./gray-images.testing";
import { readIdx } from "./idx";
import { type Bytes, bytesOf, entriesOf, type Files, gzipOf, idx } from "./table-files.testing";

async function load(files: Files) {
  const options = { name: "mine", size: SIDE, seed: 0, shares: defaultShares };
  const outcome = await importImages(entriesOf(files), options);
  if (!outcome.ok) throw new Error(outcome.problem.cause);
  return outcome;
}

const countsOf = (labels: Iterable<number>) => {
  const counts: Record<string, number> = {};
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};

/** Labels by content: gray bytes of an image → its label, read from the files independently. */
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

const names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"];

async function published(folder: string): Promise<Record<string, Bytes> | undefined> {
  const read = async (name: string) => {
    const base64 = await commands.readFile(`../shared/data/${folder}/${name}-ubyte.gz`, "base64");
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  };
  try {
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [`${name}-ubyte.gz`, await read(name)] as const)),
    );
  } catch {
    return undefined;
  }
}

/** Files of generated images. */
async function made(): Promise<Record<string, Bytes>> {
  const part = (name: Part, count: number) => {
    const { labels, pixels } = madeImages(name, count);
    return [
      [`${name}-images-idx3-ubyte.gz`, idx([count, SIDE, SIDE], bytesOf(...pixels))],
      [`${name}-labels-idx1-ubyte.gz`, idx([count], labels)],
    ] as const;
  };
  const packed = [...part("train", 400), ...part("t10k", 100)].map(
    async ([name, bytes]) => [name, await gzipOf(bytes)] as const,
  );
  return Object.fromEntries(await Promise.all(packed));
}

test.for(isLong ? ["made here", "mnist", "fashion-mnist-1k"] : ["made here"])(
  "%s: every image has its label in the files",
  async (folder, { skip }) => {
    const files = folder === "made here" ? await made() : await published(folder);
    if (!files) return skip(`../shared/data/${folder} is not there`);
    const started = performance.now();
    const { dataset, summary } = await load(files);
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
  },
);
