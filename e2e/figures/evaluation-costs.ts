/**
 * Measures which share of a training is spent on evaluations: baselines, points of the curves, and final figures.
 * Rewrites the table of docs/evaluation-costs.md, for a served page:
 * npx vite build && npx vite preview & npx tsx e2e/figures/evaluation-costs.ts http://localhost:4173/
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright";
import { type ExperimentInput, evaluatedAtPresent } from "../../src/protocol/experiment";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { experimentOf } from "../../src/protocol/valid-experiment.testing";
import { browserArguments, requireChromium } from "../commands/chromium";
import { DrivenPage } from "../driven-page/driven-page";

const [address = "http://localhost:4173/"] = process.argv.slice(2);
const document = resolve(import.meta.dirname, "../../docs/evaluation-costs.md");

type Arm = NonNullable<NonNullable<ExperimentInput["arms"]>[number]>;

const student = { network: "R8", width: 0.125 } as const;
const teacher = { network: "R8", width: 0.25 } as const;
const trained: readonly (readonly [string, Arm])[] = [
  ["BYOL, 400 steps", { student, steps: 400, scheme: { method: "byol" } }],
  [
    "SimDis-Off, 400 steps after 400 of its teacher",
    { student, teacher, steps: 400, teacherSteps: 400, scheme: { method: "simdis-off" } },
  ],
  ["SimDis-On, 400 steps", { student, teacher, steps: 400, scheme: { method: "simdis-on" } }],
  ["labels, 400 steps", { student, steps: 400, scheme: { method: "supervised" }, warmup: 0.1 }],
];

interface Cost {
  readonly name: string;
  readonly everySteps: number;
  readonly probe: string;
  /** Seconds from the press on Start to the end, and of them in training steps. */
  readonly whole: number;
  readonly training: number;
}

interface Saved {
  readonly runs: readonly { readonly rows: readonly { readonly wallMs: number }[] }[];
}

const browser = await chromium.launch({ executablePath: requireChromium(), args: browserArguments });
const folder = mkdtempSync(join(tmpdir(), "evaluation-costs-"));

/** Trains one arm alone, so that its training time is that of the whole. */
async function measure(name: string, arm: Arm, evaluation: ExperimentInput["evaluation"]): Promise<Cost> {
  const experiment = experimentOf(evaluatedAtPresent({ arms: [{ ...arm, name: "One" }], evaluation }));
  const page = await browser.newPage();
  const driven = new DrivenPage(page);
  await driven.open(`${address}?backend=wasm${encodeExperiment(experiment)}`);
  await driven.button("Start").click();
  const from = performance.now();
  await page.locator('[data-status="finished"]').first().waitFor({ timeout: 900_000 });
  const whole = (performance.now() - from) / 1_000;
  const file = join(folder, "metrics.json");
  await driven.save("metrics.json", file);
  const { runs } = JSON.parse(readFileSync(file, "utf8")) as Saved;
  const training = (runs[0]?.rows.at(-1)?.wallMs ?? Number.NaN) / 1_000;
  await page.close();
  const { everySteps, probe } = experiment.evaluation;
  console.log(
    `${name}, every ${everySteps} steps, ${probe}: ${whole.toFixed(1)} s, training ${training.toFixed(1)} s`,
  );
  return { name, everySteps, probe, whole, training };
}

const costs: Cost[] = [];
for (const [name, arm] of trained) {
  for (const everySteps of [25, 50]) costs.push(await measure(name, arm, { everySteps }));
}
const [[first, byol]] = trained as [readonly [string, Arm]];
costs.push(await measure(first, byol, { everySteps: 50, probe: "sgd" }));
await browser.close();
rmSync(folder, { recursive: true });

const row = ({ name, everySteps, probe, whole, training }: Cost) => {
  const share = (100 * (whole - training)) / whole;
  return `| ${name} | ${everySteps} | ${probe} | ${whole.toFixed(1)} | ${training.toFixed(1)} | ${share.toFixed(0)} % |`;
};
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`;
writeFileSync(
  document,
  `# What evaluations cost

Seconds of a whole training, from the press on Start to its final figures, and of them in training steps; the rest is
compiling, baselines, evaluations for the curves, and the final evaluation. Shapes of normal difficulty at 16 px, 4,000 / 1,000
images, batches of 64, a student R8 × .125 and a teacher R8 × .25, WebAssembly. Written by
\`npx tsx e2e/figures/evaluation-costs.ts\` on ${machine}, ${new Date().toISOString().slice(0, 10)}.

| training | evaluated every (steps) | linear classifier | whole (s) | training (s) | evaluations |
|---|---|---|---|---|---|
${costs.map(row).join("\n")}
`,
);
console.log(document);
