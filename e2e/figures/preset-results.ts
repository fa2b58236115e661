/**
 * Trains a preset or a study over five seeds with the headless runner and writes its tables and curves into docs/presets.md. Continues
 * where it was interrupted: npx tsx e2e/figures/preset-results.ts default [--backend wasm]
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { evaluatedAtPresent } from "../../src/protocol/experiment";
import { presetById } from "../../src/store/experiment/study-presets";
import { writeFigures } from "../commands/write-figures";

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

const [id = "default", ...options] = process.argv.slice(2);
const preset = presetById(id);
if (!preset) throw new Error(`There is no preset ${id}.`);

const out = join("out/presets", id);
mkdirSync(out, { recursive: true });
const wanted = join("out/presets", `${id}.json`);
writeFileSync(wanted, JSON.stringify(evaluatedAtPresent({ ...preset.experiment, seeds })));
execFileSync("npm", ["run", "--silent", "experiment", "--", wanted, "--out", out, ...options], {
  stdio: "inherit",
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const points = (share: number) => (100 * share).toFixed(1);

/** Each arm's mean gain over its untrained encoder and over pixels, and whether it is what is expected. */
function gains({ runs }: Saved): string[] {
  const names = [...new Set(runs.map(({ arm }) => arm))];
  return names.map((name) => {
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
