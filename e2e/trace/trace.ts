import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { createServer } from "vite";
import type { Experiment } from "../../src/protocol/experiment";
import { chromiumArguments, requireChromium } from "../commands/chromium";
import type {} from "./page/main";

/** A file name for an arm. */
const slugOf = (name: string, index: number) =>
  `${index}-${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")}`;

/**
 * Writes the data that another implementation needs to replay the first steps of every arm with the first seed: a
 * safetensors file and a JSON index each. See docs/trace.md.
 */
export async function traceExperiment(
  experiment: Experiment,
  steps: number,
  folder: string,
  browserArguments: readonly string[] = chromiumArguments,
): Promise<void> {
  const server = await createServer({
    root: fileURLToPath(new URL("../..", import.meta.url)),
    logLevel: "error",
    server: { hmr: false, watch: null },
    cacheDir: "node_modules/.cache/vite-trace",
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("The server started without an address.");
  const browser = await chromium.launch({ executablePath: requireChromium(), args: [...browserArguments] });
  try {
    mkdirSync(folder, { recursive: true });
    const [seed = 1] = experiment.seeds;
    for (const [index, { name }] of experiment.arms.entries()) {
      const page = await browser.newPage();
      page.on("pageerror", ({ message }) => console.error(`\nThe page: ${message}`));
      page.setDefaultTimeout(0);
      await page.goto(`${address}e2e/trace/page/index.html`);
      await page.waitForFunction(() => "traceArm" in globalThis);
      console.log(`Tracing ${name} …`);
      const traced = await page.evaluate(([whole, arm, first, count]) => traceArm(whole, arm, first, count), [
        experiment,
        index,
        seed,
        steps,
      ] as const);
      const path = join(folder, slugOf(name, index));
      writeFileSync(`${path}.safetensors`, Buffer.from(traced.safetensors, "base64"));
      writeFileSync(`${path}.json`, `${traced.index}\n`);
      await page.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}
