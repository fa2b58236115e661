import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { encodeBitmap } from "../../src/engine/dataset/encoded-images.testing";
import { isLong } from "../tooling/test-size";

/** Real photographs, if they exist beside the checkout: 500 + 100 of each of 10 classes, as JPEG. */
export const realArchive = "../shared/data/cifar10-folders.zip";
const takesReal = isLong && existsSync(realArchive);

export const classNames = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");
const SIDE = 32;

/** Files by their paths in the dataset, `train/cat/0007.bmp`. */
export type Photographs = Readonly<Record<string, Uint8Array>>;

const pathOf = (part: string, className: string, number: number, ending: string) =>
  `${part}/${className}/${String(number).padStart(4, "0")}.${ending}`;

/**
 * The first photographs of every class of both parts: real ones in the long suite if they exist, otherwise generated.
 */
export function photographs(trainPerClass: number, testPerClass: number): Photographs {
  const counts = { train: trainPerClass, test: testPerClass };
  return takesReal ? unpacked(counts) : made(counts);
}

type Counts = Readonly<Record<"train" | "test", number>>;

function unpacked(counts: Counts): Photographs {
  return unzipSync(new Uint8Array(readFileSync(realArchive)), {
    filter: ({ name }) => {
      const [, part, number] = /^(train|test)\/[^/]+\/(\d+)\./.exec(name) ?? [];
      return part !== undefined && Number(number) < counts[part as keyof Counts];
    },
  });
}

/** Draws stripes with the slope and color of the class, each at another place; all are different. */
function made(counts: Counts): Photographs {
  const files: Record<string, Uint8Array> = {};
  for (const [part, count] of Object.entries(counts)) {
    for (const [label, className] of classNames.entries()) {
      for (let number = 0; number < count; number++) {
        const shift = 7 * number + (part === "test" ? 3 : 0);
        files[pathOf(part, className, number, "bmp")] = encodeBitmap(SIDE, SIDE, (x, y) => [
          25 * label,
          (16 * (x + label * y + shift)) % 256,
          (number * 31 + (part === "test" ? 128 : 0) + y) % 256,
          255,
        ]);
      }
    }
  }
  return files;
}

/** Writes the files into a new folder called `photographs` and returns its path. */
export function asFolder(files: Photographs): string {
  const folder = join(mkdtempSync(join(tmpdir(), "retort-photographs-")), "photographs");
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  return folder;
}

/** Packs the files into a new archive called `archived.zip` and returns its path. */
export function asArchive(files: Photographs): string {
  const path = join(mkdtempSync(join(tmpdir(), "retort-photographs-")), "archived.zip");
  writeFileSync(path, zipSync(files as Record<string, Uint8Array>, { level: 0 }));
  return path;
}
