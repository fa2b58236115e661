/**
 * npm run faults -- [--seed S] [--count N] [--write]: trains through faults, and compares the curves with those of an
 * undisturbed training. --write updates the table in docs/reliability.md.
 */
import { parseArgs } from "node:util";
import { servePage } from "../build/serve";
import { writeFigures } from "../commands/write-figures";
import { addressOf, smallest } from "../fixtures/tiny-experiments";
import { trainThrough } from "./faulted-training";
import { drawSchedules } from "./schedule";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "36" },
    write: { type: "boolean", default: false },
  },
});
const [seed, count] = [Number(values.seed), Number(values.count)];
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1) {
  throw new Error("--seed must be a whole number, --count a whole number of at least 1.");
}

// Long enough for a fault in the middle of a stage, also on a fast machine.
const arm = { student: smallest, teacher: smallest, steps: 120, teacherSteps: 120 };
const experiment = addressOf(
  {
    dataset: { source: "files", resolution: 16 },
    evaluation: { everySteps: 40 },
    arms: [{ ...arm, name: "Offline", scheme: { method: "simdis-off" } }],
  },
  "webgpu",
);

const PAGE = "docs/reliability.md";

interface Line {
  readonly training: number;
  readonly stage: string;
  readonly fault: string;
  readonly at: string;
  readonly saved: string;
  readonly recovery: string;
  readonly curve: string;
}

function write(lines: readonly Line[]): void {
  const rows = lines.map(
    ({ training, stage, fault, at, saved, recovery, curve }) =>
      `| ${training} | ${stage} | ${fault} | ${at} | ${saved} | ${recovery} | ${curve} |`,
  );
  const head = [
    "| training | stage | fault | at | saved just before | recovery | curve |",
    "|---|---|---|---|---|---|---|",
  ];
  writeFigures(PAGE, "faults", [`${lines.length} faults with seed ${seed}:`, "", ...head, ...rows]);
}

const served = await servePage(4390, "warn");
try {
  const address = new URL(experiment, served.address).href;
  const { outcome: expected } = await trainThrough(address, []);
  const table: Line[] = [];
  let failures = 0;
  for (const [training, schedule] of drawSchedules(count, seed).entries()) {
    let verdict = "equal";
    try {
      const { outcome, reports } = await trainThrough(address, schedule);
      if (outcome !== expected) verdict = "DIFFERENT";
      for (const { fault, recovery } of reports) {
        const { kind, stage, at } = fault;
        const saved = stage === "images" ? "–" : fault.saved ? "yes" : "no";
        const line = { training: training + 1, stage, fault: kind, at: at.toFixed(2), saved };
        table.push({ ...line, recovery, curve: verdict });
      }
    } catch (error) {
      verdict = "FAILED";
      const cause = error instanceof Error ? error.message : String(error);
      const kinds = schedule.map(({ kind }) => kind).join(", ");
      const unknown = { stage: "", at: "", saved: "", recovery: "" };
      table.push({ training: training + 1, fault: kinds, ...unknown, curve: `${verdict}: ${cause}` });
      console.error(cause);
    }
    if (verdict !== "equal") failures++;
    console.info(`training ${training + 1}: ${verdict}`);
  }
  console.table(table);
  if (values.write) write(table);
  console.info(`${table.length} faults with seed ${seed}; ${failures} trainings failed`);
  process.exitCode = failures === 0 ? 0 : 1;
} finally {
  await served.close();
}
