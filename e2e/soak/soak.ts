/**
 * npm run soak -- [--steps N] [--write]: one long training in a real browser. Its memory at the end may be little
 * more than at a fifth of the way. --write updates docs/reliability.md.
 */
import { mkdtempSync, readFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright";
import { servePage } from "../build/serve";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { clearProfile, startBrowser } from "../faults/killable-browser";
import { addressOf, smallest } from "../fixtures/tiny-experiments";

const { values } = parseArgs({
  options: { steps: { type: "string", default: "5000" }, write: { type: "boolean", default: false } },
});
const steps = Number(values.steps);
if (!Number.isInteger(steps) || steps < 100)
  throw new Error("--steps must be a whole number of at least 100.");

const MIB = 1024 ** 2;
/**
 * The growth that is allowed between a fifth of the way and the end, since curves grow and garbage collection is
 * irregular.
 */
const slack = { heap: 48 * MIB, storage: 24 * MIB, history: 8 * MIB };
const PAGE = "docs/reliability.md";

interface Sample {
  readonly share: number;
  /** Bytes of the JavaScript heaps of page and worker. */
  readonly heap: number;
  readonly storage: number;
  /** The part of the storage that is in IndexedDB. */
  readonly history: number;
}

const experiment = addressOf(
  {
    dataset: { source: "shapes", difficulty: "easy", train: 100, test: 50 },
    evaluation: { everySteps: Math.ceil(steps / 5) },
    arms: [{ name: "Long", scheme: { method: "byol" }, student: smallest, teacher: smallest, steps }],
  },
  "webgpu",
);

async function sample(page: Page, share: number): Promise<Sample> {
  const [heap, storage, history] = (await page.evaluate(`(async () => {
    const { bytes } = await performance.measureUserAgentSpecificMemory();
    const { usage = 0, usageDetails = {} } = await navigator.storage.estimate();
    return [bytes, usage, usageDetails.indexedDB ?? 0];
  })()`)) as [number, number, number];
  return { share, heap, storage, history };
}

interface Outcome {
  readonly samples: readonly Sample[];
  /** Sums by row. */
  readonly gpuBytes: readonly number[];
  readonly minutes: number;
}

async function train(address: string): Promise<Outcome> {
  const profile = mkdtempSync(join(tmpdir(), "retort-soak-"));
  const browser = await startBrowser(profile);
  const samples: Sample[] = [];
  try {
    const driven = new DrivenPage(browser.page);
    await driven.open(address);
    await driven.button("Start").click();
    const began = performance.now();
    for (;;) {
      const { share = 0, status } = await driven.glance();
      if (status === "failed" || status === "stopped") throw new Error(`The training is “${status}”.`);
      if (status === "finished") break;
      const next = (samples.length + 1) / 10;
      if (next < 1 && share >= next) samples.push(await sample(driven.page, share));
      await driven.page.waitForTimeout(500);
    }
    samples.push(await sample(driven.page, 1));
    const minutes = (performance.now() - began) / 60_000;
    const file = join(profile, "metrics.json");
    await driven.save("metrics.json", file);
    const { runs } = JSON.parse(readFileSync(file, "utf8")) as {
      runs: readonly { rows: readonly { step: number; values: { gpuBytes?: number } }[] }[];
    };
    const rows = runs.flatMap((run) => run.rows).filter(({ step }) => step >= steps / 5);
    return { samples, minutes, gpuBytes: rows.flatMap(({ values: { gpuBytes } }) => gpuBytes ?? []) };
  } finally {
    await browser.close();
    await clearProfile(profile);
  }
}

const mib = (bytes: number) => `${(bytes / MIB).toFixed(1)} MiB`;

function report({ samples, gpuBytes, minutes }: Outcome): { lines: string[]; complaints: string[] } {
  const early = samples.find(({ share }) => share >= 0.2) ?? (samples[0] as Sample);
  const last = samples.at(-1) as Sample;
  const [least, most] = [Math.min(...gpuBytes), Math.max(...gpuBytes)];
  const complaints = [
    ...(least === most ? [] : [`GPU buffers went from ${mib(least)} to ${mib(most)}`]),
    ...(last.heap - early.heap <= slack.heap ? [] : [`the heap grew by ${mib(last.heap - early.heap)}`]),
    ...(last.storage - early.storage <= slack.storage
      ? []
      : [`storage grew by ${mib(last.storage - early.storage)}`]),
    ...(last.history > 0 && last.history - early.history <= slack.history
      ? []
      : [`IndexedDB went from ${mib(early.history)} to ${mib(last.history)}`]),
  ];
  const { model = "unknown" } = cpus()[0] ?? {};
  const lines = [
    `${steps.toLocaleString("en")} steps of BYOL in ${minutes.toFixed(1)} minutes, on a software GPU (${cpus().length} cores, ${model.trim()}):`,
    "",
    "| share of the training | JavaScript heap, page and worker | storage | IndexedDB's part |",
    "|---|---|---|---|",
    ...samples.map(
      ({ share, heap, storage, history }) =>
        `| ${Math.round(100 * share)} % | ${mib(heap)} | ${mib(storage)} | ${mib(history)} |`,
    ),
    "",
    `GPU buffers, in each of the ${gpuBytes.length} rows after the first fifth of the training: ${least === most ? mib(least) : `${mib(least)} to ${mib(most)}`}.`,
  ];
  return { lines, complaints };
}

const served = await servePage(4490, "warn");
try {
  const outcome = await train(new URL(experiment, served.address).href);
  const { lines, complaints } = report(outcome);
  console.info(lines.join("\n"));
  for (const complaint of complaints) console.error(`Failed: ${complaint}.`);
  if (values.write) writeFigures(PAGE, "soak", lines);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  await served.close();
}
