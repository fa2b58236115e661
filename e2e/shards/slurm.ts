import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPlan } from "./plan";
import { missing, statesOf } from "./status";

export interface Submission {
  /** Of one task, as Slurm takes it. */
  readonly time?: string;
  /** The most tasks at once. */
  readonly parallel?: string;
  readonly gpus?: string;
  /** Only prints what would be submitted. */
  readonly isDry: boolean;
  /** Further options for sbatch. */
  readonly others: readonly string[];
}

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
/** Without npm in between, which would not pass on every signal. */
const runner = `${quoted(process.execPath)} --import tsx e2e/experiment/experiment.ts`;

const begin = (folder: string, log: string) => `#!/bin/bash
#SBATCH --output=${join(folder, "logs", log)}
#SBATCH --open-mode=append`;

/** Trains the shard whose index is that of the task. To be read and edited: it is written once. */
export const shardScript = (folder: string) => `${begin(folder, "%a.log")}
#SBATCH --job-name=retort
# After a failure of the node the task is queued again, and continues from its last save.
#SBATCH --requeue
# Two minutes before the time is up, the shell below gets USR1.
#SBATCH --signal=B:USR1@120

cd ${quoted(root)} || exit 1
asked=
trap 'asked=1; [ -n "$runner" ] && kill -USR1 "$runner"' USR1 TERM
${runner} shard ${quoted(folder)} &
runner=$!
[ -n "$asked" ] && kill -USR1 "$runner"
# A signal ends "wait" while the runner still saves.
while wait "$runner"; code=$?; kill -0 "$runner" 2>/dev/null; do :; done

# 75: saved, and not at its end. The same task is queued again.
if [ "$code" -eq 75 ]; then scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"; fi
exit "$code"
`;

export const mergeScript = (folder: string) => `${begin(folder, "merge.log")}
#SBATCH --job-name=retort-merge

cd ${quoted(root)} || exit 1
${runner} status ${quoted(folder)}
${runner} merge ${quoted(folder)}
`;

/** @throws Error with what sbatch said */
function sbatch(words: readonly string[]): string {
  const { error, status, stdout, stderr } = spawnSync("sbatch", ["--parsable", ...words], {
    encoding: "utf8",
  });
  if (error) {
    const isGone = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(
      isGone ? "There is no sbatch here: submit from a machine of the cluster." : error.message,
    );
  }
  if (status !== 0) {
    const [why = `it exited with ${status}`] = stderr.trim().split("\n");
    throw new Error(`Nothing was submitted: ${why.replace(/\.?$/, ".")}`);
  }
  return (stdout.trim().split(";")[0] ?? "").trim();
}

/**
 * Submits every shard that is not done as a task of an array, and a job that merges when all tasks have ended. @throws
 * Error with a sentence for the terminal
 */
export function submit(folder: string, { time, parallel, gpus, isDry, others }: Submission): void {
  readPlan(folder);
  const indices = missing(statesOf(folder));
  const [shard, merge] = [join(folder, "shard.sbatch"), join(folder, "merge.sbatch")];
  const options = [
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...(gpus === undefined ? [] : [`--gres=gpu:${gpus}`]),
    ...others,
  ];
  const array = [`--array=${indices}${parallel === undefined ? "" : `%${parallel}`}`, ...options, shard];
  if (indices === "") {
    console.log(`Every shard is done: npm run experiment -- merge ${folder}`);
    return;
  }
  if (isDry) {
    const script = existsSync(shard) ? readFileSync(shard, "utf8") : shardScript(folder);
    console.log(`sbatch ${array.join(" ")}\nsbatch --dependency=afterany:<job> ${merge}\n\n${script}`);
    return;
  }
  mkdirSync(join(folder, "logs"), { recursive: true });
  // They may have been edited since an earlier call.
  if (!existsSync(shard)) writeFileSync(shard, shardScript(folder), { mode: 0o755 });
  if (!existsSync(merge)) writeFileSync(merge, mergeScript(folder), { mode: 0o755 });
  const job = sbatch(array);
  const after = sbatch([`--dependency=afterany:${job}`, merge]);
  console.log(`Submitted ${job} with tasks ${indices}, and ${after}, which merges.`);
}
