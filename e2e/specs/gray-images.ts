import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { bytesOf, idx } from "../../src/engine/dataset/tables/table-files.testing";
import { isLong } from "../tooling/test-size";

/** Gray images of ten classes, in the format of MNIST and Fashion-MNIST. */
export interface GrayImages {
  /** Gray bytes, [SIDE, SIDE] each; all images are different. */
  readonly pixels: readonly Uint8Array[];
  /** The label of each image, 0 to 9. */
  readonly labels: Uint8Array;
}

export const SIDE = 28;
const AREA = SIDE * SIDE;

export type Part = "train" | "t10k";

/** A thousand images of Fashion-MNIST, if they exist beside the checkout. */
const published = "../shared/data/fashion-mnist-1k";

/** The first images of a part: published ones in the long suite if they exist, otherwise generated. */
export function grayImages(part: Part, count: number): GrayImages {
  return isLong && existsSync(published) ? publishedImages(part, count) : madeImages(part, count);
}

/** Reads IDX files without code of the page. */
function publishedImages(part: Part, count: number): GrayImages {
  const unpacked = (name: string, header: number) =>
    new Uint8Array(gunzipSync(readFileSync(join(published, `${part}-${name}-ubyte.gz`)))).subarray(header);
  const labels = unpacked("labels-idx1", 8).slice(0, count);
  const pixels = unpacked("images-idx3", 16);
  return {
    labels,
    pixels: Array.from(labels, (_, i) => pixels.slice(i * AREA, (i + 1) * AREA)),
  };
}

/** Draws as many stripes as the index of the class; the first two bytes are the image's index and its part. */
function madeImages(part: Part, count: number): GrayImages {
  const labels = Uint8Array.from({ length: count }, (_, i) => (7 * i + (i >> 4)) % 10);
  const pixels = Array.from(labels, (label, i) => {
    const image = Uint8Array.from({ length: AREA }, (_, at) => {
      const [x, y] = [at % SIDE, Math.floor(at / SIDE)];
      return Math.round(127 + 120 * Math.sin(((label + 1) * x) / 4 + y + i));
    });
    image.set([i & 255, (i >> 8) + (part === "train" ? 0 : 128)]);
    return image;
  });
  return { labels, pixels };
}

/** The compressed IDX files of a part, by their published names. */
export function packedIdx(part: Part, { pixels, labels }: GrayImages): Record<string, Uint8Array> {
  const count = pixels.length;
  return {
    [`${part}-images-idx3-ubyte.gz`]: gzipSync(idx([count, SIDE, SIDE], bytesOf(...pixels))),
    [`${part}-labels-idx1-ubyte.gz`]: gzipSync(idx([count], labels)),
  };
}
