/**
 * npm run streaming -- [--write] [--picture FILE]: observes the built page with more measurements than any training
 * produces, and while it trains. --write updates docs/responsiveness.md.
 */
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright";
import { build } from "vite";
import type { ExperimentInput } from "../../src/protocol/experiment";
import { servePage } from "../build/serve";
import { chromiumArguments, requireChromium } from "../commands/chromium.ts";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf, fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";
import { fullSeconds, pointsPerRun, rampSeconds, rowsPerSecond, seeds } from "./load";
import { type Observed, observe, watch } from "./observe";

const PAGE = "docs/responsiveness.md";
const longestTask = 50;
const fewestUpdates = 2;

const { values } = parseArgs({
  options: { write: { type: "boolean", default: false }, picture: { type: "string" } },
});

/** Bundled into one file, for a worker with another address than its modules. */
async function sourceOfRows(): Promise<string> {
  const entry = fileURLToPath(new URL("source.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "warn",
    build: { write: false, target: "es2023", lib: { entry, formats: ["es"], fileName: "source" } },
  });
  const [{ output }] = (Array.isArray(built) ? built : [built]) as [
    { output: { type: string; code?: string }[] },
  ];
  const code = output.find(({ type }) => type === "chunk")?.code;
  if (!code) throw new Error("The source of rows could not be built.");
  return code;
}

async function openPage(browser: Browser, address: string, source?: string): Promise<DrivenPage> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    serviceWorkers: "block",
  });
  if (source !== undefined) {
    await context.route(/\/assets\/worker-[^/]*\.js$/, (route) =>
      route.fulfill({ contentType: "text/javascript", body: source, headers: isolated }),
    );
  }
  const page = await context.newPage();
  await watch(page);
  const driven = new DrivenPage(page);
  await driven.open(address);
  return driven;
}

/** In a cross-origin isolated page the worker also needs the header. */
const isolated = { "Cross-Origin-Embedder-Policy": "require-corp" };

async function start(driven: DrivenPage): Promise<void> {
  await driven.button("Start").click();
  await driven.chart("Student loss").locator("path.chart-line").first().waitFor({ timeout: 120_000 });
}

interface Phase {
  readonly what: string;
  readonly observed: Observed;
  /** Whether so much is streamed that charts must be redrawn twice a second. */
  readonly streams: boolean;
}

async function streamed(browser: Browser, address: string): Promise<Phase[]> {
  const experiment: ExperimentInput = { arms: [...fourTinyArms], seeds: [...seeds] };
  const driven = await openPage(
    browser,
    new URL(addressOf(experiment, "webgpu"), address).href,
    await sourceOfRows(),
  );
  await start(driven);
  const growing = await observe(browser, driven.page, rampSeconds);
  const full = await observe(browser, driven.page, fullSeconds);
  await photograph(driven.page);
  const longest = pointsPerRun.toLocaleString("en");
  await driven.page.context().close();
  return [
    { what: `12 runs that grow to ${longest} points`, observed: growing, streams: true },
    { what: `12 runs of ${longest} points and more`, observed: full, streams: true },
  ];
}

async function photograph(page: Page): Promise<void> {
  if (values.picture !== undefined) await page.screenshot({ path: values.picture, fullPage: true });
}

async function training(browser: Browser, address: string): Promise<Phase[]> {
  const arms = fourTinyArms.map((arm) => ({ ...arm, steps: 4_000, teacherSteps: 2_000 }));
  const experiment = addressOf({ dataset: fewShapes, arms }, "webgpu");
  const driven = await openPage(browser, new URL(experiment, address).href);
  await start(driven);
  const observed = await observe(browser, driven.page, fullSeconds);
  await driven.page.context().close();
  return [{ what: "a training of four arms", observed, streams: false }];
}

/** Redraws per second of each chart, ascending. */
const updates = ({ drawn, seconds }: Observed) =>
  Object.values(drawn)
    .map((times) => times / seconds)
    .sort((a, b) => a - b);
const longest = ({ longTasks }: Observed) => Math.max(0, ...longTasks);

function complaintsOf({ what, observed, streams }: Phase): string[] {
  const slow = observed.longestBusy > longestTask;
  const [seldom = 0] = updates(observed);
  const rare = streams && seldom < fewestUpdates;
  return [
    ...(slow ? [`${what}: a task of ${observed.longestBusy.toFixed(0)} ms of processor time`] : []),
    ...(rare ? [`${what}: ${seldom.toFixed(1)} updates of a chart a second`] : []),
  ];
}

function timesASecond(observed: Observed): string {
  const [least, most] = [updates(observed)[0], updates(observed).at(-1)].map((times = 0) => times.toFixed(1));
  return least === most ? `${least}` : `${least} to ${most}`;
}

function lines(phases: readonly Phase[]): string[] {
  const { model = "unknown" } = cpus()[0] ?? {};
  return [
    `\`npm run streaming\`, headless Chromium on ${cpus().length} cores (${model.trim()}), four visible charts, rows sent ${rowsPerSecond} times a second, load average ${(loadavg()[0] ?? 0).toFixed(0)}:`,
    "",
    "| the page shows | seconds | longest task, CPU time | tasks over 50 ms wall time | longest of them | redraws of a chart per second |",
    "|---|---|---|---|---|---|",
    ...phases.map(({ what, observed }) => {
      const most = longest(observed);
      return `| ${what} | ${observed.seconds.toFixed(0)} | ${observed.longestBusy.toFixed(0)} ms | ${observed.longTasks.length} | ${most > 0 ? `${most.toFixed(0)} ms` : "–"} | ${timesASecond(observed)} |`;
    }),
  ];
}

const served = await servePage(4491, "warn");
const browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumArguments] });
try {
  const phases = [...(await streamed(browser, served.address)), ...(await training(browser, served.address))];
  console.info(lines(phases).join("\n"));
  const complaints = phases.flatMap(complaintsOf);
  for (const complaint of complaints) console.error(`Failed: ${complaint}.`);
  if (values.write) writeFigures(PAGE, "streaming", lines(phases));
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  await browser.close();
  await served.close();
}
