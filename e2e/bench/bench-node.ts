import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

/** `npm run bench:node`: the engine on Dawn in Node, for machines with a GPU but without a browser. */

const root = fileURLToPath(new URL("../..", import.meta.url));
const outDir = join(root, "node_modules/.cache/bench-node");

/** Chromium comes with a Vulkan driver that needs no GPU, and a loader, for machines that have neither. */
const chromiumFolders = ["/usr/lib/chromium", "/opt/google/chrome"];
const driver = chromiumFolders
  .map((folder) => join(folder, "vk_swiftshader_icd.json"))
  .find((path) => existsSync(path));
const systemLoaders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];

function environment(): NodeJS.ProcessEnv {
  const isLinux = process.platform === "linux";
  const hasLoader = systemLoaders.some((folder) => existsSync(join(folder, "libvulkan.so.1")));
  if (!isLinux || !driver || (hasLoader && !process.env["RETORT_SOFTWARE_GPU"])) return process.env;
  const libraries = [dirname(driver), process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  return { VK_ICD_FILENAMES: driver, ...process.env, ...(hasLoader ? {} : { LD_LIBRARY_PATH: libraries }) };
}

await build({
  configFile: false,
  root,
  logLevel: "error",
  build: { ssr: "e2e/bench/node-main.ts", outDir, emptyOutDir: true, target: "node20", minify: false },
  ssr: { noExternal: true, external: ["webgpu"] },
  resolve: { mainFields: ["module", "main"] },
});
const { status } = spawnSync(process.execPath, [join(outDir, "node-main.js"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);
