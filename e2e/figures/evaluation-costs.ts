/**
 * Measures which share of a training is spent on evaluations: baselines, points of the curves, and final figures.
 * Rewrites the table of docs/evaluation-costs.md, for a served page:
 * npx vite build && npx vite preview & npx tsx e2e/figures/evaluation-costs.ts http://localhost:4173/
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { chromium } from "playwright";
import { type Experiment, type ExperimentInput, evaluatedAtPresent } from "../../src/protocol/experiment";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { experimentOf } from "../../src/protocol/valid-experiment.testing";
import { presetById } from "../../src/store/experiment/study-presets";
import { browserArguments, requireChromium } from "../commands/chromium";
import { DrivenPage } from "../driven-page/driven-page";

const [address = "http://localhost:4173/"] = process.argv.slice(2);
const file = resolve(import.meta.dirname, "../../docs/evaluation-costs.md");

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

/** Milliseconds from the press on Start to the end, by what they were spent on. */
const parts = ["preparing", "training", "baselines", "points", "final"] as const;
type Part = (typeof parts)[number];
type Spent = Readonly<Record<Part, number>>;

interface Cost {
  readonly name: string;
  readonly evaluation: Experiment["evaluation"];
  readonly spent: Spent;
}

/** What the engine told the page, and when. */
interface Told {
  readonly ms: number;
  readonly type: "activity" | "floors" | "run-finished";
  readonly kind?: "idle" | "compiling" | "training" | "paused" | "evaluating";
}

/** Notes on the page when the engine tells what it is doing. */
function listen(): void {
  const told: Told[] = [];
  Object.assign(globalThis, { told });
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener("message", ({ data }) => {
        if (["activity", "floors", "run-finished"].includes(data?.type))
          told.push({ ms: performance.now(), type: data.type, kind: data.activity?.kind });
      });
    }
  };
}

/** The time before each message, by what the engine was doing and what came of it. */
function spentOf(start: number, told: readonly Told[]): Spent {
  const spent = { preparing: 0, training: 0, baselines: 0, points: 0, final: 0 };
  let at = start;
  let doing: Told["kind"];
  for (const { ms, type, kind } of told) {
    const part: Part =
      type === "floors"
        ? "baselines"
        : type === "run-finished"
          ? "final"
          : doing === "evaluating"
            ? "points"
            : doing === "training"
              ? "training"
              : "preparing";
    spent[part] += ms - at;
    at = ms;
    if (type === "activity") doing = kind;
  }
  return spent;
}

const browser = await chromium.launch({ executablePath: requireChromium(), args: browserArguments });

async function measure(name: string, experiment: Experiment): Promise<Cost> {
  const page = await browser.newPage();
  await page.addInitScript(listen);
  const driven = new DrivenPage(page);
  await driven.open(`${address}?backend=wasm${encodeExperiment(experiment)}`);
  await driven.button("Start").click();
  const start = await page.evaluate(() => performance.now());
  await page.locator('[data-status="finished"]').first().waitFor({ timeout: 900_000 });
  const told = await page.evaluate(() => (globalThis as unknown as { told: Told[] }).told);
  await page.close();
  const cost = { name, evaluation: experiment.evaluation, spent: spentOf(start, told) };
  console.log(row(cost));
  return cost;
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

const row = ({ name, evaluation: { everySteps, probe }, spent }: Cost) => {
  const whole = parts.reduce((sum, part) => sum + spent[part], 0);
  const share = (100 * (spent.baselines + spent.points + spent.final)) / whole;
  const cells = [name, everySteps, probe, seconds(whole), ...parts.map((part) => seconds(spent[part]))];
  return `| ${cells.join(" | ")} | ${share.toFixed(0)} % |`;
};

const alone = (arm: Arm, evaluation: ExperimentInput["evaluation"]) =>
  experimentOf(evaluatedAtPresent({ arms: [{ ...arm, name: "One" }], evaluation }));

const costs: Cost[] = [];
for (const [name, arm] of trained) costs.push(await measure(name, alone(arm, { everySteps: 50 })));
const [[first, byol], , [, online]] = trained as [
  readonly [string, Arm],
  readonly [string, Arm],
  readonly [string, Arm],
];
const long = { steps: 2_000 } as const;
costs.push(await measure("BYOL, 2,000 steps", alone({ ...byol, ...long }, { everySteps: 100 })));
costs.push(await measure("SimDis-On, 2,000 steps", alone({ ...online, ...long }, { everySteps: 100 })));
costs.push(await measure(first, alone(byol, { everySteps: 25 })));
costs.push(await measure(first, alone(byol, { everySteps: 50, probe: "sgd" })));
costs.push(
  await measure(
    "what the page opens with, four arms, one seed",
    experimentOf(presetById("default")?.experiment ?? {}),
  ),
);
await browser.close();

const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}`;
writeFileSync(
  file,
  `# What evaluations cost

Seconds of a whole training, from the press on Start to its final figures, by what they are spent on: *preparing* (starting the
engine, drawing the images, compiling), *training* steps, *baselines* (untrained encoders and pixels, once for all arms that start
alike), *points* of the curves, and the *final* figures on all images, of the last and of the best network. *Evaluations* are the
last three together. All but the last row: Shapes of normal difficulty at 16 px, 4,000 / 1,000 images, batches of 64, a student
R8 × .125 and a teacher R8 × .25. WebAssembly. Written by \`npx tsx e2e/figures/evaluation-costs.ts\` on ${machine},
${new Date().toISOString().slice(0, 10)}.

| training | a point every (steps) | linear classifier | whole | preparing | training | baselines | points | final | evaluations |
|---|---|---|---|---|---|---|---|---|---|
${costs.map(row).join("\n")}

Nearly all of it is passing images forward. A step of BYOL with batches of 32 passes 64 views forward and back and as many through
the momentum network, about as much as 256 images forward; a point of the curve passes 1,000 images through each network, 4 such steps,
and a final figure 5,000, 20 steps for the last network and as many for the best one. So a run of a few hundred steps spends more than a
tenth on evaluations, however seldom they are, and one of 2,000 steps less.
`,
);
console.log(file);
