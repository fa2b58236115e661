import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "vite";
import { filesFor, type Host, hosts } from "../build/host-files";

/** `npm run build`: checks the types and builds the page into dist/, with `--target HOST` for a host of static files. */

function hostOf(words: string[]): Host | undefined {
  const { target } = parseArgs({ args: words, options: { target: { type: "string" } } }).values;
  const host = hosts.find((name) => name === target);
  if (target !== undefined && !host) throw new Error(`--target takes ${hosts.join(", ")}, not ${target}.`);
  return host;
}

try {
  const host = hostOf(process.argv.slice(2));
  const { status } = spawnSync("npx", ["tsc", "-b"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("The types are wrong.");
  await build();
  if (host) {
    const { files, remark } = filesFor(host);
    for (const [name, content] of Object.entries(files)) writeFileSync(join("dist", name), content);
    console.log(`\nAdded ${Object.keys(files).join(", ")}. ${remark}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
