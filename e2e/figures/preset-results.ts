/**
 * Writes the tables and curves of a preset or a study over five seeds into docs/presets.md. What has been recorded is shown by the
 * page without training; anything else is trained with the headless runner, continuing where it was interrupted:
 * npx tsx e2e/figures/preset-results.ts default [--page DIR] [--backend wasm] [--data FOLDER or ZIP]
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { evaluatedAtPresent } from "../../src/protocol/experiment";
import { everyRecorded } from "../../src/protocol/findings/records";
import { presetById } from "../../src/store/experiment/study-presets";
import { browserArguments, requireChromium } from "../commands/chromium";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { providePage, serveFolder } from "../resume/built-page";

const seeds = [1, 2, 3, 4, 5];
/** Points above its calibrated untrained encoder that a student is expected to gain. */
const EXPECTED_GAIN = 15;

interface Accuracy {
  readonly knnTop1: number;
}

interface Floors {
  readonly pixels: Accuracy;
  readonly calibrated: Accuracy;
}

interface Saved {
  readonly runs: readonly {
    readonly arm: string;
    readonly final?: Accuracy;
    readonly floors?: Floors & { readonly final?: Floors };
  }[];
}

const {
  values: { page, backend, data },
  positionals: [id = "default"],
} = parseArgs({
  allowPositionals: true,
  options: { page: { type: "string" }, backend: { type: "string" }, data: { type: "string" } },
});
const preset = presetById(id);
if (!preset) throw new Error(`There is no preset ${id}.`);
const out = join("out/presets", id);
const names = ["metrics.json", "summary.md", "curves.svg"] as const;

const recorded = everyRecorded.find(({ plan }) => plan.preset === id);
mkdirSync(out, { recursive: true });
if (recorded) await saveRecorded(recorded.plan.id);
else train();

function train(): void {
  const wanted = join("out/presets", `${id}.json`);
  writeFileSync(wanted, JSON.stringify(evaluatedAtPresent({ ...preset?.experiment, seeds })));
  const options = Object.entries({ page, backend, data }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  execFileSync("npm", ["run", "--silent", "experiment", "--", wanted, "--out", out, ...options], {
    stdio: "inherit",
  });
}

/** What the page exports of a recorded comparison. */
async function saveRecorded(record: string): Promise<void> {
  const folder = page ?? join("out/presets", "page");
  if (page === undefined) await providePage(folder);
  const server = await serveFolder(folder);
  const browser = await chromium.launch({ executablePath: requireChromium(), args: browserArguments });
  try {
    const tab = await browser.newPage();
    // A machine that is busy with other work keeps the page waiting.
    tab.setDefaultTimeout(300_000);
    const driven = new DrivenPage(tab);
    await driven.open(`${server.address}?record=${record}`);
    await tab.locator("figure.chart path.chart-line").first().waitFor({ state: "attached" });
    for (const name of names) await driven.save(name, join(out, name));
  } finally {
    await browser.close();
    await server.close();
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const points = (share: number) => (100 * share).toFixed(1);

/** Each arm's mean gain over its untrained encoder and over pixels, and whether it is what is expected. */
function gains({ runs }: Saved): string[] {
  const arms = [...new Set(runs.map(({ arm }) => arm))];
  return arms.map((name) => {
    const own = runs.flatMap(({ arm, final, floors }) => {
      const same = floors?.final ?? floors;
      return arm === name && final && same ? [{ final, same }] : [];
    });
    const over = (floor: (floors: Floors) => Accuracy) =>
      mean(own.map(({ final, same }) => final.knnTop1 - floor(same).knnTop1));
    const gain = over(({ calibrated }) => calibrated);
    const reached = 100 * gain >= EXPECTED_GAIN ? "" : `, less than the ${EXPECTED_GAIN} points expected`;
    const beside = over(({ pixels }) => pixels);
    const side = beside >= 0 ? "above" : "below";
    return `- ${name}: ${points(gain)} points above its untrained encoder${reached}; ${points(Math.abs(beside))} points ${side} nearest neighbors on pixels (kNN, mean over ${own.length} seeds).`;
  });
}

const saved = JSON.parse(readFileSync(join(out, "metrics.json"), "utf8")) as Saved;
// The title and the sentence with the link make way for this page's own.
const tables = readFileSync(join(out, "summary.md"), "utf8").split("\n\n").slice(2).join("\n\n").trim();
copyFileSync(join(out, "curves.svg"), `docs/results/preset-${id}.svg`);
writeFigures("docs/presets.md", id, [
  ...gains(saved),
  "",
  `![Curves over the steps](results/preset-${id}.svg)`,
  "",
  tables.replaceAll(/^## /gm, "### "),
]);
