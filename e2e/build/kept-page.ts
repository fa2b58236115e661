import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOf } from "../resume/content-hash";

/** The project's root, with a final slash. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Everything that a build can read, by its path from the root. */
const sources = [
  "index.html",
  "package.json",
  "package-lock.json",
  "vite.config.ts",
  "tsconfig.json",
  ".tsconfig.base.json",
  "src",
  "public",
  "python",
  "e2e",
];

/** Builds of other sources are deleted after this time: another process may be copying one. */
const keptHours = 1;

/** The same for builds of equal files. */
function nameOfBuild(folder: string): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    const path = join(folder, source);
    if (existsSync(path)) hash.update(`${source} ${hashOf(path)}\n`);
  }
  // Vite writes these into the page.
  const variables = Object.entries(process.env).filter(([name]) => /^(VITE_|NODE_ENV$)/.test(name));
  hash.update(JSON.stringify(variables.toSorted(([a], [b]) => (a < b ? -1 : 1))));
  return hash.digest("hex").slice(0, 16);
}

async function buildInto(outDir: string): Promise<unknown> {
  // A page that is kept needs no build.
  const { build } = await import("vite");
  return build({ root, logLevel: "warn", build: { outDir, emptyOutDir: true } });
}

/**
 * The folder of the page as its sources are now: built, unless the last build was of the same sources. Building takes
 * longer than many an experiment. Whoever wants to keep it copies it.
 *
 * @param from the project's root
 * @param make builds the page into a folder @throws its error, and keeps nothing
 */
export async function keptPage(from = root, make = buildInto): Promise<string> {
  const kept = join(from, "node_modules/.cache/retort/pages");
  const name = nameOfBuild(from);
  const folder = join(kept, name);
  if (existsSync(folder)) return folder;
  mkdirSync(kept, { recursive: true });
  const part = join(kept, `${name}.${process.pid}`);
  try {
    await make(part);
    // Another process may have been quicker.
    if (!existsSync(folder)) renameSync(part, folder);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  for (const other of readdirSync(kept)) {
    const path = join(kept, other);
    const hours = (Date.now() - statSync(path).mtimeMs) / 3_600_000;
    if (other !== name && hours > keptHours) rmSync(path, { recursive: true, force: true });
  }
  return folder;
}
