import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { backendNames } from "../../src/protocol/messages";
import { describeData } from "../experiment/run-file";
import { wantedExperiment } from "../experiment/wanted-experiment";
import { providePage } from "../resume/built-page";
import { hashOf } from "../resume/content-hash";
import { FolderBusy, lockFolder } from "../resume/folder-lock";
import { exitCodes, Interruption } from "../resume/interruption";
import { isWrongOption, sentenceOf } from "../resume/sentence";
import { merge } from "./merge";
import {
  type Division,
  describe,
  divide,
  divisions,
  hashOfPlan,
  hasPlan,
  type Plan,
  readPlan,
  writePlan,
} from "./plan";
import { submit } from "./slurm";
import { missing, statesOf, statusTable } from "./status";
import { Refused, trainShard } from "./train-shard";

/** The runner's commands for an experiment that several processes train, each a part of it. */

export const shardsUsage = `npm run experiment -- plan [link | experiment.json] --out DIR [options]
  Divides an experiment into shards that processes on any machines can train; builds the page once, into DIR.
  --by group|run|seed   group (the default): arms of a seed that share a stage, such as a teacher, stay together
  --preset, --data, --backend, --gpu, --page   as above

npm run experiment -- shard DIR [INDEX]
  Trains one shard, or continues it. Without INDEX: that of SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or PARALLEL_SEQ.
  Exits with 0 when it is done, 75 when it is saved and wants to continue, 1 when a run failed, 2 when the call is wrong.

npm run experiment -- status DIR [--missing]
  One line for each shard; exits with 0 when all are done. --missing: only the indices that are not, such as 0,3-5.

npm run experiment -- merge DIR [--mixed] [--tensorboard DIR]
  Writes into DIR what one process would have saved. --mixed: also if backends or kernels differ.

npm run experiment -- submit DIR --slurm [--time H:MM:SS] [--parallel N] [--gpus N] [--dry-run] [-- sbatch options]
  Submits what is missing as a job array, and a job that merges after it. --dry-run only prints it. See docs/cluster.md.`;

type Words = readonly string[];

/** @throws Refused unless there is exactly one folder */
function folderOf(positionals: Words, more = 0): string {
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1 + more) {
    throw new Refused("This command takes the folder of a plan.");
  }
  return resolve(folder);
}

async function plan(words: Words): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      out: { type: "string" },
      by: { type: "string", default: "group" },
      preset: { type: "string" },
      data: { type: "string" },
      backend: { type: "string" },
      gpu: { type: "boolean", default: false },
      page: { type: "string" },
    },
  });
  const { out, by, preset, data, backend, gpu } = values;
  const [experiment, second] = positionals;
  if (out === undefined) throw new Refused("plan needs a folder: --out DIR.");
  if (second !== undefined) throw new Refused(`One experiment at a time: ${second} is a second one.`);
  if (!divisions.some((name) => name === by)) {
    throw new Refused(`--by takes ${divisions.join(", ")}, not ${by}.`);
  }
  if (backend !== undefined && !backendNames.some((name) => name === backend)) {
    throw new Refused(`--backend takes ${backendNames.join(", ")}, not ${backend}.`);
  }
  const wanted = wantedExperiment({
    ...(experiment !== undefined && { experiment }),
    ...(preset !== undefined && { preset }),
    ...(data !== undefined && { data }),
  });
  const folder = resolve(out);
  mkdirSync(folder, { recursive: true });
  const lock = await lockFolder(folder, console.log);
  try {
    const described = data === undefined ? undefined : describeData(data);
    await providePage(join(folder, "page"), values.page);
    const made: Plan = {
      experiment: wanted,
      ...(described && { data: described }),
      ...(backend !== undefined && { backend }),
      gpu,
      page: hashOf(join(folder, "page")),
      shards: divide(wanted, by as Division),
    };
    if (hasPlan(folder) && hashOfPlan(readPlan(folder)) !== hashOfPlan(made)) {
      throw new Refused(`${folder} has another plan: choose another folder with --out.`);
    }
    writePlan(folder, made);
    for (const [index, shard] of made.shards.entries()) console.log(`${index}: ${describe(made, shard)}`);
    return exitCodes.done;
  } finally {
    lock.release();
  }
}

/** The shard that a scheduler has given to this process. GNU parallel counts from 1. @throws Refused */
export function indexFrom(given: string | undefined, environment: NodeJS.ProcessEnv): number {
  const { SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, PARALLEL_SEQ } = environment;
  const found = given ?? SLURM_ARRAY_TASK_ID ?? JOB_COMPLETION_INDEX;
  if (found === undefined && PARALLEL_SEQ !== undefined) {
    if (!/^[1-9]\d*$/.test(PARALLEL_SEQ)) {
      throw new Refused(`PARALLEL_SEQ is a number from 1, not ${PARALLEL_SEQ}.`);
    }
    return Number(PARALLEL_SEQ) - 1;
  }
  if (found === undefined) {
    throw new Refused(
      "Which shard? Give its index, or set SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX or PARALLEL_SEQ.",
    );
  }
  if (!/^\d+$/.test(found)) throw new Refused(`The index of a shard is a number from 0, not ${found}.`);
  return Number(found);
}

async function shard(words: Words): Promise<number> {
  const { positionals } = parseArgs({ args: [...words], allowPositionals: true, options: {} });
  const index = indexFrom(positionals[1], process.env);
  return trainShard(folderOf(positionals, 1), index, Interruption.watch());
}

function status(words: Words): number {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { missing: { type: "boolean", default: false } },
  });
  const states = statesOf(folderOf(positionals));
  if (values.missing) {
    console.log(missing(states));
    return exitCodes.done;
  }
  console.log(statusTable(states));
  return states.every(({ state }) => state === "done") ? exitCodes.done : exitCodes.failed;
}

async function mergeShards(words: Words): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { mixed: { type: "boolean", default: false }, tensorboard: { type: "string" } },
  });
  const folder = folderOf(positionals);
  await merge(folder, values.mixed, values.tensorboard);
  console.log(`Merged into ${folder}.`);
  return exitCodes.done;
}

function submitShards(words: Words): number {
  // What follows "--" is for sbatch.
  const end = words.indexOf("--");
  const { values, positionals } = parseArgs({
    args: [...(end < 0 ? words : words.slice(0, end))],
    allowPositionals: true,
    options: {
      slurm: { type: "boolean", default: false },
      time: { type: "string" },
      parallel: { type: "string" },
      gpus: { type: "string" },
      "dry-run": { type: "boolean", default: false },
    },
  });
  if (!values.slurm) throw new Refused("submit needs a scheduler: --slurm. For others see docs/cluster.md.");
  for (const name of ["parallel", "gpus"] as const) {
    const given = values[name];
    if (given !== undefined && !/^[1-9]\d{0,3}$/.test(given)) {
      throw new Refused(`--${name} takes a number from 1 to 9999, not ${given}.`);
    }
  }
  const { time, parallel, gpus } = values;
  submit(folderOf(positionals), {
    ...(time !== undefined && { time }),
    ...(parallel !== undefined && { parallel }),
    ...(gpus !== undefined && { gpus }),
    isDry: values["dry-run"],
    others: end < 0 ? [] : words.slice(end + 1),
  });
  return exitCodes.done;
}

const commands = { plan, shard, status, merge: mergeShards, submit: submitShards } as const;
type CommandName = keyof typeof commands;

export const isShardCommand = (word: string | undefined): word is CommandName =>
  word !== undefined && Object.hasOwn(commands, word);

/** Resolves to the exit code. */
export async function runShardCommand(name: CommandName, words: Words): Promise<number> {
  try {
    return await commands[name](words);
  } catch (error) {
    console.error(sentenceOf(error));
    // Also when a scheduler has started a task again whose first process goes on: it looks again later.
    if (error instanceof FolderBusy) return exitCodes.again;
    return error instanceof Refused || isWrongOption(error) ? exitCodes.refused : exitCodes.failed;
  }
}
