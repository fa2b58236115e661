import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright";
import { servePage } from "../build/serve";
import { chromiumArguments, hardwareArguments, requireChromium } from "../commands/chromium";
import { DrivenPage } from "../driven-page/driven-page";
import { serveFolder } from "../resume/built-page";
import { feed } from "../resume/resumable-training";
import { addressWith } from "./fragment";
import type { Options } from "./options";
import { wantedExperiment } from "./wanted-experiment";

/** Saves an experiment as a PyTorch project, as the page exports it. @throws Error with a sentence for the terminal */
export async function saveProject(options: Options): Promise<void> {
  const { data, out, gpu, page, backend } = options;
  if (data !== undefined && !existsSync(data)) throw new Error(`There is nothing at ${data}.`);
  const experiment = wantedExperiment(options);
  const executablePath = requireChromium();
  const served = page === undefined ? await servePage(4290, "warn") : await serveFolder(resolve(page));
  const browser = await chromium.launch({
    executablePath,
    args: gpu ? hardwareArguments : chromiumArguments,
  });
  try {
    const driven = new DrivenPage(await browser.newPage());
    driven.page.on("pageerror", ({ message }) => console.error(`\nThe page: ${message}`));
    await driven.open(addressWith(experiment, served.address, backend));
    if (data !== undefined) await feed(driven, data);
    mkdirSync(out, { recursive: true });
    await driven.save("pytorch.zip", join(out, "pytorch.zip"));
    console.log(`Saved pytorch.zip to ${out}.`);
  } finally {
    await browser.close();
    await served.close();
  }
}
