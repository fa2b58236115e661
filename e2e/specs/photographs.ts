import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";

/** Real photographs, where they lie beside the checkout: 500 + 100 of each of 10 classes. */
export const photographs = "../shared/data/cifar10-folders.zip";
export const havePhotographs = existsSync(photographs);

/** Unpacks the first images of every class into a folder of its own and returns its path. */
export function unpackPhotographs(trainPerClass: number, testPerClass: number): string {
  const folder = join(mkdtempSync(join(tmpdir(), "retort-photographs-")), "photographs");
  const files = unzipSync(new Uint8Array(readFileSync(photographs)), {
    filter: ({ name }) => {
      const [, part, number] = /^(train|test)\/[^/]+\/(\d+)\./.exec(name) ?? [];
      return Number(number) < (part === "train" ? trainPerClass : testPerClass);
    },
  });
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
  return folder;
}
