import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { evaluatedAtPresent } from "../../src/protocol/experiment";
import { findingPlans } from "../../src/protocol/findings/records";
import { guidePlans } from "../../src/protocol/guides/records";
import { type RecordPlan, recordPlans } from "../../src/protocol/records/catalog";
import type { RecordEntry } from "../../src/protocol/records/register";
import { presetById } from "../../src/store/experiment/study-presets";
import { runInFolder } from "../experiment/plain-run";
import { readRunFile } from "../experiment/run-file";
import { ANSWERS, writeFindings } from "../findings/write";
import { exitCodes, Interruption } from "../resume/interruption";
import { historyFile, trainingName, trainingsIn } from "../resume/resumable-training";
import { writeWhole } from "../resume/whole-file";
import { check, FILES } from "./check";
import { entryOf, type Origin } from "./entry";
import { parseOptions, type RecordOptions, usage } from "./options";
import { thinned } from "./thinned";

/** `npm run record` trains comparisons for the page's gallery and writes their files and their register. */

const REGISTER = "src/protocol/records/register.json";
/** Findings and guided experiments have registers of their own, because the first screen needs the other one. */
const registers = [
  { path: REGISTER, plans: recordPlans },
  { path: "src/protocol/findings/register.json", plans: findingPlans },
  { path: "src/protocol/guides/register.json", plans: guidePlans },
];
const allPlans = registers.flatMap(({ plans }) => plans);
/** The one file that the page asks for before it has loaded the register. */
const ON_ARRIVAL = "src/protocol/records/arrival.json";

/** Resolves to the runner's exit code. */
async function train(plan: RecordPlan, options: RecordOptions, interruption: Interruption): Promise<number> {
  const { out, backend, gpu, page } = options;
  const preset = presetById(plan.preset);
  if (!preset) throw new Error(`There is no preset ${plan.preset}.`);
  const folder = join(out, plan.id);
  mkdirSync(folder, { recursive: true });
  // What was begun goes on as it is, also where the preset has changed since.
  const isBegun = readRunFile(folder) !== undefined;
  const experiment = join(folder, "experiment.json");
  if (!isBegun) {
    const wanted = evaluatedAtPresent({ ...preset.experiment, seeds: [...plan.seeds] });
    writeFileSync(experiment, JSON.stringify(wanted));
    // Afterwards the sources may be others.
    writeWhole(originPath(folder), JSON.stringify(originHere()));
  }
  return runInFolder(
    {
      ...(!isBegun && { experiment }),
      out: folder,
      gpu,
      pytorch: false,
      help: false,
      ...(page !== undefined && { page }),
      ...(backend !== undefined && { backend }),
    },
    interruption,
    // The record is made from the training itself.
    false,
  );
}

const originPath = (folder: string) => join(folder, "origin.json");

function originHere(): Origin {
  const git = (...words: string[]) => execFileSync("git", words, { encoding: "utf8" }).trim();
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as Origin;
  // What this command writes changes no training.
  const written = [...registers.map(({ path }) => path), ON_ARRIVAL, ANSWERS].map((path) => `:!${path}`);
  const changes = git("status", "--porcelain", "--untracked-files=no", "--", "src", ...written);
  return { version, commit: `${git("rev-parse", "--short=10", "HEAD")}${changes === "" ? "" : "+"}` };
}

async function write(plan: RecordPlan, folder: string): Promise<RecordEntry> {
  const [whole] = await trainingsIn(join(folder, trainingName));
  if (!whole) throw new Error(`${join(folder, trainingName)} contains no training.`);
  const content = new Uint8Array(await historyFile(thinned(whole)));
  const origin = JSON.parse(readFileSync(originPath(folder), "utf8")) as Origin;
  const entry = await entryOf(plan, content, origin);
  mkdirSync(FILES, { recursive: true });
  for (const name of readdirSync(FILES)) {
    if (name.replace(/-[0-9a-f]{8}\.retort$/, "") === plan.id) rmSync(join(FILES, name));
  }
  writeWhole(join(FILES, entry.file), content);
  for (const register of registers.filter(({ plans }) => plans.includes(plan))) enter(entry, register);
  const [first] = JSON.parse(readFileSync(REGISTER, "utf8")) as RecordEntry[];
  if (first) {
    const { file, integrity } = first;
    writeWhole(ON_ARRIVAL, `${JSON.stringify({ file, integrity }, null, 2)}\n`);
  }
  return entry;
}

/** @throws Error if it is not recorded yet */
function entryIn({ id }: RecordPlan): RecordEntry {
  const entries = registers.flatMap(({ path }) => JSON.parse(readFileSync(path, "utf8")) as RecordEntry[]);
  const entry = entries.find((one) => one.id === id);
  if (!entry) throw new Error(`${id} is not recorded yet.`);
  return entry;
}

/** In the order of the plans. */
function enter(entry: RecordEntry, { path, plans }: (typeof registers)[number]): void {
  const before = JSON.parse(readFileSync(path, "utf8")) as RecordEntry[];
  const others = before.filter(({ id }) => id !== entry.id);
  const entries = plans.flatMap(({ id }) => [...others, entry].find((one) => one.id === id) ?? []);
  const lines = entries.map((one) => `  ${JSON.stringify(one)}`);
  writeWhole(path, `[\n${lines.join(",\n")}\n]\n`);
}

async function main(words: readonly string[]): Promise<number> {
  const options = parseOptions(words);
  if (options.help) {
    console.log(usage);
    return exitCodes.done;
  }
  const interruption = Interruption.watch();
  let worst: number = exitCodes.done;
  for (const plan of allPlans.filter(({ id }) => options.ids.includes(id))) {
    console.log(`${plan.id}: ${plan.question}`);
    if (options.check) {
      worst = Math.max(worst, await check(plan, entryIn(plan), options, interruption));
      continue;
    }
    const code = await train(plan, options, interruption);
    if (code !== exitCodes.done) return code;
    const { file, bytes, answer } = await write(plan, join(options.out, plan.id));
    await writeFindings();
    const points = (100 * answer.mean).toFixed(1);
    console.log(`${FILES}/${file}: ${(bytes / 1_000).toFixed(1)} kB; ${points} points, ${answer.verdict}.`);
  }
  return worst;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = exitCodes.failed;
}
