/**
 * npm run estimates -- [--write] [--only ID,ID] [--seconds N]: compares how long the page says an experiment takes with how
 * long it takes, on WebAssembly. The steps of each experiment are chosen so that it takes about N seconds here. --write puts
 * the table into docs/estimates.md.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { type BrowserContext, chromium } from "playwright";
import type { Experiment } from "../../src/protocol/experiment";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { servePage } from "../build/serve";
import { chromiumArguments, requireChromium } from "../commands/chromium.ts";
import { writeFigures } from "../commands/write-figures";
import { catalogOf, shortened } from "./catalog";

const { values } = parseArgs({
  options: {
    write: { type: "boolean", default: false },
    only: { type: "string" },
    seconds: { type: "string", default: "30" },
  },
});
const wantedMs = 1_000 * Number(values.seconds);
const longestMs = 900_000;
/** An estimate holds if it is at most this share away from what the training took. */
const tolerance = 0.3;

interface Measured {
  readonly id: string;
  readonly experiment: Experiment;
  /** Milliseconds. */
  readonly estimated: number;
  readonly took: number;
}

/** Opens an experiment and returns the page with its estimate, in milliseconds. */
async function opened(context: BrowserContext, address: string, experiment: Experiment) {
  const page = await context.newPage();
  await page.goto(`${address}?backend=wasm${encodeExperiment(experiment)}`);
  const known = page.locator(".size-panel [data-ms]");
  await known.waitFor({ timeout: longestMs });
  return { page, estimated: Number(await known.getAttribute("data-ms")) };
}

async function measured(
  context: BrowserContext,
  address: string,
  id: string,
  whole: Experiment,
): Promise<Measured> {
  const full = await opened(context, address, whole);
  await full.page.close();
  const experiment = shortened(whole, Math.min(1, wantedMs / full.estimated));
  // What was measured for the whole experiment is remembered.
  const { page, estimated } = await opened(context, address, experiment);
  const bar = page.getByRole("region", { name: "Training", exact: true });
  const start = performance.now();
  await bar.getByRole("button", { name: "Start", exact: true }).click();
  await page.locator('.run-bar[data-status="finished"]').waitFor({ timeout: longestMs });
  const took = performance.now() - start;
  await page.close();
  return { id, experiment, estimated, took };
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

function row({ id, experiment, estimated, took }: Measured): string {
  const { arms } = experiment;
  const methods = [...new Set(arms.map(({ scheme }) => scheme.method))];
  const networks = [...new Set(arms.map(({ student }) => `${student.network} × ${student.width}`))];
  const steps = [...new Set(arms.map((arm) => arm.steps))];
  const off = `${estimated > took ? "+" : "−"}${Math.abs(100 * (estimated / took - 1)).toFixed(0)} %`;
  const cells = [
    id,
    arms.length,
    methods.join(", "),
    networks.join(", "),
    steps.join(", "),
    seconds(estimated),
    seconds(took),
    off,
  ];
  return `| ${cells.join(" | ")} |`;
}

const served = await servePage(4494, "warn");
const browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumArguments] });
const all: Measured[] = [];
try {
  for (const { id, experiment } of catalogOf(values.only?.split(","))) {
    // As on a first visit: nothing is remembered.
    const context = await browser.newContext();
    const found = await measured(context, served.address, id, experiment);
    await context.close();
    all.push(found);
    console.info(row(found));
  }
  const held = all.filter(({ estimated, took }) => Math.abs(estimated / took - 1) <= tolerance).length;
  const { model = "unknown" } = cpus()[0] ?? {};
  const lines = [
    `\`npm run estimates\`, headless Chromium with WebAssembly on ${cpus().length} cores (${model.trim()}), load average ${(loadavg()[0] ?? 0).toFixed(1)}: ${held} of ${all.length} estimates are within ${100 * tolerance} % of what the training took, from Start to its end.`,
    "",
    "| experiment | arms | methods | students | steps | estimated | took | off by |",
    "|---|---|---|---|---|---|---|---|",
    ...all.map(row),
  ];
  console.info(lines.join("\n"));
  if (values.write) writeFigures("docs/estimates.md", "estimates", lines);
} finally {
  await browser.close();
  await served.close();
}
