import { existsSync } from "node:fs";
import { installPackages } from "./debian-packages.ts";

/** Flags for headless Chromium without dialogs. Without a GPU it has no WebGPU. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Flags for headless Chromium with a WebGPU adapter that needs no GPU (SwiftShader). */
export const chromiumArguments = [
  ...browserArguments,
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

/** Flags for headless Chromium with the machine's own GPU; on Linux through Vulkan. */
export const hardwareArguments = [
  ...browserArguments,
  "--enable-unsafe-webgpu",
  "--ignore-gpu-blocklist",
  ...(process.platform === "linux" ? ["--enable-features=Vulkan", "--use-angle=vulkan"] : []),
];

const usualPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  `${process.env["PROGRAMFILES"] ?? "C:\\Program Files"}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env["LOCALAPPDATA"] ?? ""}\\Google\\Chrome\\Application\\chrome.exe`,
];

/** The browser for tests and the runner: `CHROME_PATH`, otherwise one of the usual paths. */
function findChromium(): string | undefined {
  const chosen = process.env["CHROME_PATH"];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH names ${chosen}, where there is no file.`);
    return chosen;
  }
  return usualPaths.find((path) => path !== "" && existsSync(path));
}

/** The path of a browser. @throws if there is none, with instructions */
export function requireChromium(): string {
  const found = findChromium();
  if (found) return found;
  throw new Error(
    "No Chrome or Chromium found: install Google Chrome or Debian's package `chromium`, or set CHROME_PATH to its executable.",
  );
}

/** For the test commands only: if there is no browser, installs Debian's package `chromium` if this process may. */
export function installMissingChromium(): void {
  installPackages(["chromium"], () => findChromium() !== undefined);
}
