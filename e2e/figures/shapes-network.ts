/**
 * Accuracy of a small convolutional network with supervised training on the built-in images, through the headless
 * runner. Prints the last column of docs/shapes.md: npx tsx e2e/figures/shapes-network.ts
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shapesDifficulties } from "../../src/protocol/dataset";
import type { ExperimentInput } from "../../src/protocol/experiment";

const folder = "out/shapes-network";
const epochs = 8;
const stepsPerEpoch = Math.floor(4_000 / 64);

function experimentOf(difficulty: (typeof shapesDifficulties)[number], resolution: number): ExperimentInput {
  const steps = epochs * stepsPerEpoch;
  return {
    dataset: { source: "shapes", difficulty, resolution },
    evaluation: { everySteps: steps },
    arms: [
      {
        name: "R8 × 0.25",
        scheme: { method: "supervised" },
        student: { network: "R8", width: 0.25 },
        steps,
        optimiser: { learningRate: 0.4 },
        warmup: 0.1,
      },
    ],
  };
}

interface Saved {
  readonly runs: readonly { readonly final?: { readonly knnTop1: number; readonly linearTop1: number } }[];
}

function finalOf(experiment: ExperimentInput, name: string) {
  const out = join(folder, name);
  mkdirSync(out, { recursive: true });
  const wanted = join(out, "wanted.json");
  writeFileSync(wanted, JSON.stringify(experiment));
  execFileSync("npm", ["run", "--silent", "experiment", "--", wanted, "--out", out], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const { runs } = JSON.parse(readFileSync(join(out, "metrics.json"), "utf8")) as Saved;
  const [run] = runs;
  if (!run?.final) throw new Error(`${name} did not finish.`);
  return run.final;
}

const percent = (share: number) => (100 * share).toFixed(1);
const sizes = process.argv.slice(2).map(Number).filter(Boolean);

console.log("| difficulty | size | linear on its features | kNN on its features |\n|---|---|---|---|");
for (const size of sizes.length > 0 ? sizes : [16, 32]) {
  for (const difficulty of shapesDifficulties) {
    const { linearTop1, knnTop1 } = finalOf(experimentOf(difficulty, size), `${difficulty}-${size}`);
    console.log(`| ${difficulty} | ${size} | ${percent(linearTop1)} | ${percent(knnTop1)} |`);
  }
}
