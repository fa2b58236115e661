import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Headless Chromium that asks nobody anything. Without a GPU it has no WebGPU. */
export const browserArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Headless Chromium with a WebGPU adapter that needs no GPU (SwiftShader). */
export const chromiumArguments = [
  ...browserArguments,
  "--enable-unsafe-webgpu",
  "--use-webgpu-adapter=swiftshader",
];

/** Headless Chromium with the machine's own GPU; on Linux through Vulkan. */
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

/** The browser that tests and the runner drive: `CHROME_PATH`, else one of the usual places. */
function findChromium(): string | undefined {
  const chosen = process.env["CHROME_PATH"];
  if (chosen) {
    if (!existsSync(chosen)) throw new Error(`CHROME_PATH names ${chosen}, where there is no file.`);
    return chosen;
  }
  return usualPaths.find((path) => path !== "" && existsSync(path));
}

/** Debian's package, where this process may install it. What goes wrong is on the terminal already. */
function tryInstalling(): void {
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return;
  console.error("No Chromium found: installing Debian's package `chromium` …");
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "inherit" });
  } catch {
    console.error("It could not be installed.");
  }
}

/** As `findChromium`; on Debian as root installs the package `chromium` when there is none. */
export function requireChromium(): string {
  const found = findChromium();
  if (found) return found;
  tryInstalling();
  const installed = findChromium();
  if (installed) return installed;
  throw new Error(
    "No Chrome or Chromium found: install Google Chrome or Debian's package `chromium`, or set CHROME_PATH to its executable.",
  );
}
