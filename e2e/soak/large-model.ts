/**
 * npm run soak:model -- [--write]: the page takes a model of 400 MB as teacher: reads it, runs it, keeps it, reads it again
 * and asks it about images. Watches the page's main thread and the memory of its process. --write updates docs/teachers.md.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import type { Experiment, ExperimentInput } from "../../src/protocol/experiment";
import { servePage } from "../build/serve";
import { chromiumArguments, requireChromium } from "../commands/chromium";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { giveTeacher } from "../driven-page/teaching";
import { largeModels } from "../fixtures/large-model";
import { addressOf, fewShapes, smallest } from "../fixtures/tiny-experiments";
import { type Observed, observeDuring, watch } from "../streaming/observe";
import { residentMemory } from "./process-memory";

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });

const PAGE = "docs/teachers.md";
const MIB = 1024 ** 2;
const longestTask = 50;
const input: ExperimentInput = {
  dataset: fewShapes,
  arms: [{ name: "Taught", scheme: { method: "seed", queue: 40 }, student: smallest, steps: 6 }],
};

interface Outcome {
  readonly format: string;
  readonly observed: Observed;
  /** Largest resident memory of the process that the page and its workers share, in bytes, before and during it. */
  readonly before: number;
  readonly peak: number;
}

async function take(address: string, format: keyof typeof largeModels): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "retort-large-model-"));
  const browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumArguments] });
  try {
    const path = largeModels[format](folder);
    const page = await browser.newPage();
    await watch(page);
    const driven = new DrivenPage(page);
    await driven.open(new URL(addressOf(input), address).href);
    await page
      .getByText(/^Ready/)
      .first()
      .waitFor();
    await driven.save("experiment.json", join(folder, "experiment.json"));
    const experiment = JSON.parse(readFileSync(join(folder, "experiment.json"), "utf8")) as Experiment;
    const before = (await residentMemory(browser, "most")).page;
    const observed = await observeDuring(browser, page, () => giveTeacher(driven, experiment, { path }));
    return { format, observed, before, peak: (await residentMemory(browser, "most")).page };
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

function report(outcomes: readonly Outcome[]): readonly string[] {
  const { model = "unknown" } = cpus()[0] ?? {};
  const mib = (bytes: number) => `${(bytes / MIB).toFixed(0)} MiB`;
  return [
    `\`npm run soak:model\`, a model of 100,675,584 parameters (403 MB), headless Chromium on ${cpus().length} cores (${model.trim()}), load average ${(loadavg()[0] ?? 0).toFixed(0)}:`,
    "",
    "| format | seconds | longest task of the page, CPU time | tasks over 50 ms wall time | memory of page and workers before | at most |",
    "|---|---|---|---|---|---|",
    ...outcomes.map(
      ({ format, observed: { seconds, longestBusy, longTasks }, before, peak }) =>
        `| ${format} | ${seconds.toFixed(0)} | ${longestBusy.toFixed(0)} ms | ${longTasks.length} | ${mib(before)} | ${mib(peak)} |`,
    ),
  ];
}

const served = await servePage(4497, "warn");
try {
  const outcomes: Outcome[] = [];
  for (const format of Object.keys(largeModels) as (keyof typeof largeModels)[])
    outcomes.push(await take(served.address, format));
  const lines = report(outcomes);
  console.info(lines.join("\n"));
  const slow = outcomes.filter(({ observed }) => observed.longestBusy > longestTask);
  for (const { format, observed } of slow)
    console.error(`Failed: ${format}: a task of ${observed.longestBusy.toFixed(0)} ms of processor time.`);
  if (values.write) writeFigures(PAGE, "large-model", lines);
  process.exitCode = slow.length === 0 ? 0 : 1;
} finally {
  await served.close();
}
