/**
 * Accuracy of a small convolutional network with supervised training on the built-in images, through the headless
 * runner, and of the same network untrained. Writes the table of docs/shapes.md or docs/textures.md: npx tsx
 * e2e/figures/drawn-networks.ts textures 16
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type DrawnDifficulty,
  type DrawnSource,
  drawnDifficulties,
  drawnSources,
} from "../../src/protocol/dataset";
import type { ExperimentInput } from "../../src/protocol/experiment";
import { writeFigures } from "../commands/write-figures";

const folder = "out/drawn-networks";
const epochs = 8;
const stepsPerEpoch = Math.floor(4_000 / 64);

function experimentOf(source: DrawnSource, difficulty: DrawnDifficulty, resolution: number): ExperimentInput {
  const steps = epochs * stepsPerEpoch;
  return {
    dataset: { source, difficulty, resolution },
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

interface Accuracy {
  readonly knnTop1: number;
  readonly probeTop1?: number;
}

interface Saved {
  readonly runs: readonly {
    readonly final?: { readonly knnTop1: number; readonly linearTop1: number };
    readonly floors?: { readonly calibrated: Accuracy; readonly final?: { readonly calibrated: Accuracy } };
  }[];
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
  if (!run?.final || !run.floors) throw new Error(`${name} did not finish.`);
  return { ...run.final, untrained: (run.floors.final ?? run.floors).calibrated };
}

const percent = (share: number) => (100 * share).toFixed(1);
const words = process.argv.slice(2);
const source = drawnSources.find((one) => words.includes(one)) ?? "shapes";
const sizes = words.map(Number).filter(Boolean);

const lines = [
  "| difficulty | size | untrained: linear | untrained: kNN | trained: linear | trained: kNN |",
  "|---|---|---|---|---|---|",
];
for (const size of sizes.length > 0 ? sizes : [16, 32]) {
  for (const difficulty of drawnDifficulties) {
    const experiment = experimentOf(source, difficulty, size);
    const { linearTop1, knnTop1, untrained } = finalOf(experiment, `${source}-${difficulty}-${size}`);
    const figures = [untrained.probeTop1 ?? Number.NaN, untrained.knnTop1, linearTop1, knnTop1].map(percent);
    lines.push(`| ${[difficulty, size, ...figures].join(" | ")} |`);
    console.log(lines.at(-1));
  }
}
writeFigures(`docs/${source}.md`, "networks", lines);
