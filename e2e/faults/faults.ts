/** npm run faults -- [--seed S] [--count N]: trains through faults, and compares the curves with an undisturbed one. */
import { parseArgs } from "node:util";
import { addressOf } from "../specs/tiny-experiments";
import { servePage } from "../tooling/serve";
import { trainThrough } from "./faulted-training";
import { drawSchedules } from "./schedule";

const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, count: { type: "string", default: "30" } },
});
const [seed, count] = [Number(values.seed), Number(values.count)];
if (!Number.isInteger(seed) || !Number.isInteger(count) || count < 1) {
  throw new Error("--seed takes a whole number, --count a whole number from 1.");
}

const network = { network: "R8", width: 0.125 } as const;
const arm = { student: network, teacher: network, steps: 60, teacherSteps: 60 };
const experiment = addressOf({
  dataset: { source: "shapes", difficulty: "easy", train: 100, test: 50 },
  evaluation: { everySteps: 20 },
  arms: [{ ...arm, name: "Offline", scheme: { method: "simdis-off" } }],
});

const served = await servePage(4390, "warn");
try {
  const address = new URL(experiment, served.address).href;
  const { outcome: expected } = await trainThrough(address, []);
  const table: Record<string, unknown>[] = [];
  let failures = 0;
  for (const [training, schedule] of drawSchedules(count, seed).entries()) {
    let verdict = "equal";
    try {
      const { outcome, reports } = await trainThrough(address, schedule);
      if (outcome !== expected) verdict = "DIFFERENT";
      for (const { fault, recovery } of reports) {
        const { kind, at, saved } = fault;
        table.push({ training, fault: kind, at: at.toFixed(2), saved, recovery, curve: verdict });
      }
    } catch (error) {
      verdict = "FAILED";
      const cause = error instanceof Error ? error.message : String(error);
      table.push({
        training,
        fault: schedule.map(({ kind }) => kind).join(", "),
        curve: `${verdict}: ${cause}`,
      });
    }
    if (verdict !== "equal") failures++;
    console.info(`training ${training + 1}: ${verdict}`);
  }
  console.table(table);
  console.info(`${table.length} faults of seed ${seed}, ${failures} trainings not as they should be`);
  process.exitCode = failures === 0 ? 0 : 1;
} finally {
  await served.close();
}
