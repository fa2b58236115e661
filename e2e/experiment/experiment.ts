import { existsSync, mkdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { chromium } from "playwright";
import { defaultExperiment, type Experiment } from "../../src/protocol/experiment";
import { studies } from "../../src/protocol/studies/studies";
import { presets } from "../../src/store/experiment/presets";
import { presetById } from "../../src/store/experiment/study-presets";
import { servePage } from "../build/serve";
import { chromiumArguments, hardwareArguments, requireChromium } from "../commands/chromium";
import { DrivenPage, exportNames, type Glance } from "../driven-page/driven-page";
import { traceExperiment } from "../trace/trace";
import { addressWith, completed, readExperiment } from "./fragment";
import { type Options, parseOptions, usage } from "./options";
import { progressPrinter } from "./progress-printer";

/** `npm run experiment` drives the page without a display, from a link to exported files. */

function wantedExperiment({ experiment, preset, data }: Options): Experiment {
  const wanted = preset === undefined ? experiment && readExperiment(experiment) : ofPreset(preset);
  const chosen = wanted || defaultExperiment();
  const { resolution, seed, source } = chosen.dataset;
  if (data === undefined) {
    if (source === "files")
      throw new Error("This experiment trains on imported images: pass them with --data.");
    return chosen;
  }
  if (source === "files") return chosen;
  const name = basename(data).slice(0, 60);
  return completed({ ...chosen, dataset: { source: "files", name, resolution, seed } }, "The command line");
}

function ofPreset(id: string): Experiment {
  const preset = presetById(id);
  if (!preset) {
    const ids = [...presets, ...studies].map((one) => one.id).join(", ");
    throw new Error(`There is no preset ${id}. Presets are ${ids}; studies also exist as …-full.`);
  }
  return completed(preset.experiment, `The preset ${id}`);
}

async function feed(driven: DrivenPage, data: string): Promise<void> {
  await driven.showOwnImages();
  if (statSync(data).isDirectory()) await driven.pickFolder(data);
  else await driven.pickArchive(data);
  const loaded = driven.page.getByRole("heading", { name: "loaded" });
  await loaded.or(driven.notices).first().waitFor({ timeout: 3_600_000 });
  const problems = await driven.notices.allInnerTexts();
  if (problems.length > 0) throw new Error(problems.join("\n"));
  console.log((await driven.found.innerText()).replace(/\n+/g, "\n"));
}

const isOver = ({ status }: Glance) => status === "finished" || status === "stopped" || status === "failed";

async function trainToTheEnd(driven: DrivenPage): Promise<Glance> {
  const printProgress = progressPrinter(process.stdout);
  await driven.button("Start").click();
  const interrupt = () => void driven.button("Stop").click();
  process.once("SIGINT", interrupt);
  for (;;) {
    const glance = await driven.glance();
    printProgress(glance);
    if (isOver(glance)) {
      printProgress.end();
      process.off("SIGINT", interrupt);
      return glance;
    }
    await driven.page.waitForTimeout(500);
  }
}

async function main(options: Options): Promise<boolean> {
  const { data, out, gpu } = options;
  if (data !== undefined && !existsSync(data)) throw new Error(`There is nothing at ${data}.`);
  const experiment = wantedExperiment(options);
  if (options.trace !== undefined) {
    await traceExperiment(experiment, options.trace, out, gpu ? hardwareArguments : chromiumArguments);
    console.log(`Saved a trace of ${options.trace} steps of each arm to ${out}.`);
    return true;
  }
  const executablePath = requireChromium();
  const served = await servePage(4290, "warn");
  const browser = await chromium.launch({
    executablePath,
    args: gpu ? hardwareArguments : chromiumArguments,
    handleSIGINT: false,
  });
  try {
    const driven = new DrivenPage(await browser.newPage({ viewport: { width: 1440, height: 1000 } }));
    driven.page.on("pageerror", ({ message }) => console.error(`\nThe page: ${message}`));
    await driven.open(addressWith(experiment, served.address, options.backend));
    if (data !== undefined) await feed(driven, data);
    if (options.pytorch) {
      mkdirSync(out, { recursive: true });
      await driven.save("pytorch.zip", join(out, "pytorch.zip"));
      console.log(`Saved pytorch.zip to ${out}.`);
      return true;
    }
    const { status, sentence, alerts } = await trainToTheEnd(driven);
    for (const alert of alerts) console.error(alert);
    mkdirSync(out, { recursive: true });
    for (const name of exportNames) await driven.save(name, join(out, name));
    await driven.page.screenshot({ path: join(out, "page.png"), fullPage: true });
    console.log(`${sentence}\nSaved ${exportNames.join(", ")} and page.png to ${out}.`);
    return status === "finished" && alerts.length === 0;
  } finally {
    await browser.close();
    await served.close();
  }
}

try {
  const options = parseOptions(process.argv.slice(2), new Date());
  if (options.help) console.log(usage);
  else process.exitCode = (await main(options)) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
