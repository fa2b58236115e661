import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatAccuracy } from "../../src/charts/format";
import type { RecordPlan } from "../../src/protocol/records/catalog";
import type { RecordEntry } from "../../src/protocol/records/register";
import { recordForFile } from "../../src/store/experiment/recorded-run";
import { compareWithRecording, verdictOf } from "../../src/store/experiment/reproduction";
import { readRecord } from "../../src/store/records/load-record";
import type { RunState } from "../../src/store/run-state";
import { runInFolder } from "../experiment/plain-run";
import { readRunFile } from "../experiment/run-file";
import { exitCodes, type Interruption } from "../resume/interruption";
import { historyFile, trainingName, trainingsIn } from "../resume/resumable-training";
import type { RecordOptions } from "./options";

/** `npm run record -- ID --check`: whether a record's first seed, trained again, has the recorded curves and results. */

export const FILES = "public/records";

/** Resolves to the runner's exit code; `failed` where curves or results are others. */
export async function check(
  plan: RecordPlan,
  entry: RecordEntry,
  { out, backend, gpu, page }: RecordOptions,
  interruption: Interruption,
): Promise<number> {
  const recordPath = join(FILES, entry.file);
  const [recorded] = await trainingsIn(recordPath);
  if (!recorded) throw new Error(`${recordPath} contains no training.`);
  const seeds = recorded.training.experiment.seeds.slice(0, 1);
  const folder = join(out, `${plan.id}-check`);
  mkdirSync(folder, { recursive: true });
  const experiment = join(folder, "experiment.json");
  const isBegun = readRunFile(folder) !== undefined;
  if (!isBegun) writeFileSync(experiment, JSON.stringify({ ...recorded.training.experiment, seeds }));
  const options = { out: folder, gpu, pytorch: false, help: false, ...(!isBegun && { experiment }) };
  const code = await runInFolder(
    { ...options, ...(page !== undefined && { page }), ...(backend !== undefined && { backend }) },
    interruption,
    false,
  );
  if (code !== exitCodes.done) return code;
  const [repeated] = await trainingsIn(join(folder, trainingName));
  if (!repeated) throw new Error(`${join(folder, trainingName)} contains no training.`);
  const before = await readRecord(plan, new Blob([readFileSync(recordPath)]));
  const after = await readRecord(plan, new Blob([new Uint8Array(await historyFile(repeated))]));
  return report(plan.id, ofSeeds(before, seeds), after);
}

const ofSeeds = (run: RunState, seeds: readonly number[]): RunState => ({
  ...run,
  runs: run.runs.filter(({ planned }) => seeds.includes(planned.seed)),
});

function report(id: string, recorded: RunState, repeated: RunState): number {
  const curves = recordForFile(recorded, recorded.reopened?.device ?? "");
  if (!curves) throw new Error(`${id} has no curves.`);
  const comparison = compareWithRecording(curves, repeated);
  const results = finals(recorded).map(([run, name, value]) => {
    const [, , again = Number.NaN] = finals(repeated).find(([r, n]) => r === run && n === name) ?? [];
    return { run, name, value, again };
  });
  const others = results.filter(({ value, again }) => value !== again);
  const same = results.length - others.length;
  console.log(
    `${id}: ${verdictOf(comparison)}: ${comparison.compared} of ${comparison.recorded} points, greatest distance ${comparison.greatest}; ${same} of ${results.length} final figures equal.`,
  );
  for (const { run, name, value, again } of others)
    console.log(`  ${run}, ${name}: ${accuracy(value)} recorded, ${accuracy(again)} now`);
  return verdictOf(comparison) === "same" && others.length === 0 ? exitCodes.done : exitCodes.failed;
}

const accuracy = (mean: number) => formatAccuracy({ n: 1, mean, deviation: Number.NaN });

/** Every accuracy on test images at the end, by run. */
const finals = ({ runs }: RunState): (readonly [run: string, name: string, value: number])[] =>
  runs.flatMap(({ planned, final = {} }) =>
    Object.entries(final).flatMap(([name, value]) =>
      typeof value === "number" ? [[planned.runId, name, value] as const] : [],
    ),
  );
