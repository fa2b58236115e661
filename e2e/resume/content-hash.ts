import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

/** Read at a time: archives of images may be larger than a buffer can be. */
const CHUNK_BYTES = 2 ** 20;

function addFile(hash: Hash, path: string): void {
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const file = openSync(path, "r");
  try {
    for (;;) {
      const bytes = readSync(file, chunk);
      if (bytes === 0) return;
      hash.update(chunk.subarray(0, bytes));
    }
  } finally {
    closeSync(file);
  }
}

/** SHA-256 of a file, or of a folder's files with their paths, whatever their order on the disk. */
export function hashOf(path: string): string {
  const hash = createHash("sha256");
  if (statSync(path).isDirectory()) {
    const files = readdirSync(path, { recursive: true, encoding: "utf8" });
    for (const file of files.map((name) => name.replaceAll("\\", "/")).sort()) {
      const found = statSync(join(path, file));
      if (found.isDirectory()) continue;
      hash.update(`${file}\n${found.size}\n`);
      addFile(hash, join(path, file));
    }
  } else addFile(hash, path);
  return hash.digest("hex");
}
