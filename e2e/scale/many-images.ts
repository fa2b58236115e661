import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { realArchive } from "../fixtures/photographs";

/** Creates any number of small photographs in folders of ten classes by repeating the available ones. */
function* manyImages(count: number): Generator<readonly [path: string, content: Uint8Array]> {
  if (!existsSync(realArchive))
    throw new Error(`This needs real photographs; ${realArchive} does not exist.`);
  const found = Object.entries(unzipSync(new Uint8Array(readFileSync(realArchive)))).flatMap(
    ([path, content]) => {
      const name = /^train\/([^/]+)\/\d+\.jpg$/.exec(path)?.[1];
      return name ? [[name, content] as const] : [];
    },
  );
  for (let i = 0; i < count; i++) {
    const [name, content] = found[i % found.length] as (typeof found)[number];
    yield [`${name}/${String(i).padStart(6, "0")}.jpg`, content];
  }
}

/** Returns the path of a zip file. */
export function packedImages(folder: string, count: number): string {
  const path = join(folder, "many.zip");
  // Stored without compression, since JPEG files are already compressed.
  writeFileSync(path, zipSync(Object.fromEntries(manyImages(count)), { level: 0 }));
  return path;
}

/** Returns the path of a folder. */
export function unpackedImages(folder: string, count: number): string {
  const root = join(folder, "many");
  const made = new Set<string>();
  for (const [path, content] of manyImages(count)) {
    const file = join(root, path);
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, content);
  }
  return root;
}
