/**
 * Looks for settings that learn: trains every candidate of e2e/search/grid.ts and records its accuracy on validation images.
 * Continues where it was interrupted. npm run search -- --help
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright";
import { build } from "vite";
import { encodeExperiment } from "../../src/protocol/links/codec";
import type { SchemeMethod } from "../../src/protocol/schemes";
import { servePage } from "../build/serve";
import { chromiumArguments, hardwareArguments, requireChromium } from "../commands/chromium";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { addressWith } from "../experiment/fragment";
import { budgets, type Candidate, type SearchedImages, searchedMethods, searchSeeds, seeded } from "./grid";
import { rateBudget, rateSeeds } from "./rates";
import {
  appendRecord,
  lastEvaluation,
  presentRecords,
  readRecords,
  type Saved,
  type SearchRecord,
} from "./records";
import { bestOf, progressOf, reachedOf, tableHead, tableOf } from "./tables";

const root = fileURLToPath(new URL("../..", import.meta.url));

const usage = `npm run search -- [options]

Trains the candidates of e2e/search/grid.ts one after the other, with seed ${searchSeeds[0]} first, and writes docs/search.md.

  --images NAME    textures (default), shapes, or a folder or zip file of photographs, one folder per class
  --budget TFLOP   ${budgets.join(", ")} (default: ${budgets[0]})
  --methods LIST   only these, separated by commas
  --base           only the base of each method, without changes to it
  --best N         only the base and the N changes that did best: in the records of this budget, or else of the next smaller one
  --seeds N        only the first N of ${searchSeeds.join(", ")}
  --rates          instead, learning rates of the methods in e2e/search/rates.ts, at ${rateBudget} TFLOP on Textures
  --most N         ends after N runs
  --backend NAME   webgpu, wasm, webgl or cpu; without it the page takes the quickest it finds
  --gpu            use this machine's GPU
  --tables         train nothing, only write the tables`;

const { values } = parseArgs({
  options: {
    images: { type: "string", default: "textures" },
    budget: { type: "string", default: String(budgets[0]) },
    methods: { type: "string" },
    base: { type: "boolean", default: false },
    best: { type: "string" },
    seeds: { type: "string" },
    rates: { type: "boolean", default: false },
    most: { type: "string" },
    backend: { type: "string" },
    gpu: { type: "boolean", default: false },
    tables: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

const budget = budgets.find((one) => String(one) === values.budget);
const isDrawn = values.images === "textures" || values.images === "shapes";
const images: SearchedImages = isDrawn
  ? (values.images as "textures" | "shapes")
  : { photographs: basename(values.images).replace(/\.zip$/, "") };
const named = typeof images === "string" ? images : "photographs";
const recordsAt = (tflops: number | string) => `docs/search/${named}-${tflops}.jsonl`;
const recordsPath = values.rates ? "docs/search/textures-rates.jsonl" : recordsAt(values.budget);

function wantedMethods(): readonly SchemeMethod[] {
  if (values.methods === undefined) return searchedMethods;
  return values.methods.split(",").map((word) => {
    const method = searchedMethods.find((one) => one === word.trim());
    if (method) return method;
    throw new Error(`--methods takes ${searchedMethods.join(", ")}, not ${word}.`);
  });
}

async function feed(driven: DrivenPage): Promise<void> {
  await driven.showOwnImages();
  if (values.images.endsWith(".zip")) await driven.pickArchive(values.images);
  else await driven.pickFolder(values.images);
  await driven.page.getByRole("heading", { name: "loaded" }).waitFor({ timeout: 600_000 });
}

async function trained(
  browser: Browser,
  address: string,
  candidate: Candidate,
  seed: number,
): Promise<Saved> {
  const context = await browser.newContext({ viewport: { width: 1_280, height: 900 } });
  const out = mkdtempSync(join(tmpdir(), "retort-search-"));
  try {
    const driven = new DrivenPage(await context.newPage());
    await driven.open(addressWith(seeded(candidate, seed), address, values.backend));
    if (!isDrawn) await feed(driven);
    await driven.button("Start").click();
    for (;;) {
      const status = await driven.bar.getAttribute("data-status", { timeout: 600_000 });
      if (status === "finished") break;
      if (status === "failed" || status === "stopped") {
        throw new Error(`${status}: ${(await driven.glance()).alerts.join("; ")}`);
      }
      await driven.page.waitForTimeout(1_000);
    }
    const path = join(out, "metrics.json");
    await driven.save("metrics.json", path);
    return JSON.parse(readFileSync(path, "utf8")) as Saved;
  } finally {
    await context.close();
    rmSync(out, { recursive: true });
  }
}

function writeTables(candidates: readonly Candidate[], tflops: number): void {
  const seeds = values.rates ? rateSeeds : searchSeeds;
  const records = presentRecords(readRecords(recordsPath), candidates, seeds);
  if (values.rates) {
    const progress = progressOf(candidates, records, rateSeeds);
    const rows = searchedMethods.flatMap((method) =>
      tableOf(
        candidates.filter((one) => one.method === method),
        records,
      ),
    );
    writeFigures("docs/search.md", "rates", [progress, "", ...tableHead, ...rows]);
    return;
  }
  const rows = tableOf(candidates, records);
  const reached = reachedOf(records, tflops).flatMap((line) => ["", line]);
  const table = rows.length > 0 ? ["", ...tableHead, ...rows] : [];
  const lines = [progressOf(candidates, records), ...reached, ...table];
  writeFigures("docs/search.md", `${named}, ${tflops} TFLOP`, lines);
}

/** The engine's libraries are meant for a bundler. */
async function bundledCandidates(): Promise<typeof import("./candidates")> {
  const outDir = join(root, "node_modules/.cache/search");
  await build({
    configFile: false,
    root,
    logLevel: "error",
    build: { ssr: "e2e/search/candidates.ts", outDir, emptyOutDir: true, target: "node20", minify: false },
    ssr: { noExternal: true },
    resolve: { mainFields: ["module", "main"] },
  });
  return (await import(pathToFileURL(join(outDir, "candidates.js")).href)) as typeof import("./candidates");
}

type ChosenChanges = ((method: SchemeMethod) => readonly string[]) | undefined;

/** The changes that the options leave of each method; undefined if they leave all. */
function wantedChanges(
  tflops: number,
  candidatesAt: (tflops: number) => readonly Candidate[],
): ChosenChanges {
  if (values.base) return () => ["base"];
  if (values.best === undefined) return undefined;
  const source = budgets.filter((one) => one <= tflops).findLast((one) => existsSync(recordsAt(one)));
  const records =
    source === undefined
      ? []
      : presentRecords(readRecords(recordsAt(source)), candidatesAt(source), searchSeeds);
  return (method) => bestOf(method, records, Number(values.best));
}

async function search(tflops: number): Promise<void> {
  const { candidatesOf, rateCandidates } = await bundledCandidates();
  const candidatesAt = (budget: number) =>
    searchedMethods.flatMap((method) => candidatesOf(method, images, budget));
  const candidates = values.rates ? rateCandidates() : candidatesAt(tflops);
  const chosen = wantedMethods();
  const changes = wantedChanges(tflops, candidatesAt);
  const wanted = candidates.filter(
    ({ method, change }) => chosen.includes(method) && (changes?.(method).includes(change) ?? true),
  );
  const all: readonly number[] = values.rates ? rateSeeds : searchSeeds;
  const seeds = all.slice(0, Number(values.seeds ?? all.length));
  const jobs = seeds.flatMap((seed) => wanted.map((candidate) => ({ candidate, seed })));
  const most = Number(values.most ?? jobs.length);
  if (!values.tables) await trainAll(jobs, most);
  writeTables(candidates, tflops);
}

type Job = { readonly candidate: Candidate; readonly seed: number };

async function trainAll(jobs: readonly Job[], most: number): Promise<void> {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const served = await servePage(4_390, "warn");
  const args = values.gpu ? hardwareArguments : chromiumArguments;
  const browser = await chromium.launch({ executablePath: requireChromium(), args });
  try {
    let made = 0;
    for (const { candidate, seed } of jobs) {
      if (made >= most) break;
      const link = encodeExperiment(seeded(candidate, seed));
      if (readRecords(recordsPath).some((record) => record.link === link)) continue;
      const saved = await trained(browser, served.address, candidate, seed);
      const [run] = saved.runs;
      if (!run) throw new Error("There was no run.");
      const { method, change, tflops } = candidate;
      const steps = candidate.experiment.arms[0]?.steps ?? 0;
      const record: SearchRecord = {
        link,
        method,
        change,
        tflops,
        seed,
        steps,
        ...lastEvaluation(run),
        device: saved.device ?? "",
        commit,
      };
      appendRecord(recordsPath, record);
      console.log(JSON.stringify({ ...record, link: undefined }));
      made++;
    }
  } finally {
    await browser.close();
    await served.close();
  }
}

if (values.help) console.log(usage);
else if (values.rates) await search(rateBudget);
else if (budget === undefined) throw new Error(`--budget takes ${budgets.join(", ")}, not ${values.budget}.`);
else await search(budget);
