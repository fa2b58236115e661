import { basename } from "node:path";
import { defineConfig } from "@playwright/test";
import { chromiumArguments, requireChromium } from "./commands/chromium";
import { isLong, longTestFiles } from "./commands/test-size";

/** `PORT` for whoever has this one in use. */
const port = Number(process.env.PORT ?? 4190);

/** They take minutes, and at the end they would run alone: a project that comes first begins first. */
const longest = /(shards|compare-and-share|faults|states)\.spec\.ts$/;

/** Specs of the built page (`vite build` first). Three at a time: much of a walk is waiting for what the page shows. */
export default defineConfig({
  testDir: "specs",
  testMatch: isLong
    ? longTestFiles("e2e/specs", ".spec.ts").map((file) => basename(file))
    : /(?<!\.long)\.spec\.ts$/,
  ...(!isLong && {
    projects: [
      { name: "longest", testMatch: longest },
      { name: "walks", testIgnore: longest },
    ],
  }),
  outputDir: "../test-results",
  workers: 3,
  // Whatever else the machine does: on a software GPU programs take minutes to compile.
  timeout: 480_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 1000 },
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: { executablePath: requireChromium(), args: chromiumArguments },
    screenshot: "only-on-failure",
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    cwd: "..",
    url: `http://localhost:${port}/`,
    reuseExistingServer: false,
  },
});
