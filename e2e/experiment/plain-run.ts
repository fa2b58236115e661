import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isSameExperiment } from "../../src/protocol/problems";
import { exportNames } from "../driven-page/driven-page";
import { providePage } from "../resume/built-page";
import { lockFolder } from "../resume/folder-lock";
import { exitCodes, type Interruption } from "../resume/interruption";
import { type Outcome, trainingName, trainResumably } from "../resume/resumable-training";
import { saveNetworks, saveTensorBoard } from "./exported-folders";
import type { Options } from "./options";
import { type PushTarget, push, pushTarget } from "./push";
import { describeData, type RunFile, readRunFile, requireData, writeRunFile } from "./run-file";
import { wantedExperiment } from "./wanted-experiment";
import { requireTeacher, wantedTeacher } from "./wanted-teacher";

/**
 * Trains an experiment in one folder, or continues what that folder has begun. Resolves to the exit code. @throws Error
 * with a sentence for the terminal
 */
export async function runInFolder(
  options: Options,
  interruption: Interruption,
  exports = true,
): Promise<number> {
  const { out } = options;
  const networks = join(out, "networks");
  // A missing token is better known before the training than after it.
  const target = options.push === undefined ? undefined : pushTarget(options.push, process.env);
  const isNew = readRunFile(out) === undefined;
  const run = runOf(options);
  if (isNew) {
    // So is a teacher that nobody has.
    requireTeacher(run.experiment, options.teacher);
    if (options.teacher !== undefined) await wantedTeacher(options.teacher, process.env);
  }
  if (run.isFinished) {
    requireKept(options, networks);
    console.log(`The training in ${out} has finished; its results are there.`);
    await upload(networks, target);
    return exitCodes.done;
  }
  mkdirSync(out, { recursive: true });
  const lock = await lockFolder(out, console.log);
  try {
    const page = join(out, "page");
    writeRunFile(out, run);
    await providePage(page, options.page);
    const outcome = await trainResumably(
      {
        folder: out,
        page,
        experiment: run.experiment,
        data: run.data?.path,
        teacher: options.teacher,
        backend: run.backend,
        gpu: run.gpu,
        exports,
        isHeld: lock.isHeld,
        afterwards: async (driven) => {
          const { tensorboard } = options;
          if (tensorboard !== undefined) await saveTensorBoard(driven, tensorboard);
          const format = options.weights ?? (target && "safetensors");
          if (format) await saveNetworks(driven, format, networks);
        },
      },
      interruption,
    );
    if (outcome.kind === "finished") {
      writeRunFile(out, { ...run, isFinished: true });
      for (const name of ["profile", "page"]) rmSync(join(out, name), { recursive: true, force: true });
    }
    const code = report(outcome, out);
    if (outcome.kind === "finished") await upload(networks, target);
    return code;
  } finally {
    lock.release();
  }
}

/** The folder of a finished training has what was asked for when it ended. @throws Error if something else is asked for now */
function requireKept({ out, weights, tensorboard }: Options, networks: string): void {
  if (weights !== undefined && !existsSync(networks)) {
    throw new Error(
      `The training in ${out} has finished without --weights, so its networks are gone: train again with another --out.`,
    );
  }
  if (tensorboard !== undefined && !existsSync(tensorboard)) {
    throw new Error(
      `The training in ${out} has finished without --tensorboard: open its ${trainingName} in the page's history, and export tensorboard.zip there.`,
    );
  }
}

async function upload(folder: string, target: PushTarget | undefined): Promise<void> {
  if (target) console.log(`Uploaded to ${await push(folder, target)}.`);
}

/** What the folder has begun, or else what the command wants. @throws Error if these differ */
function runOf(options: Options): RunFile {
  const { out, backend, gpu, data, experiment, preset } = options;
  const begun = readRunFile(out);
  if (!begun) {
    return {
      experiment: wantedExperiment(options),
      ...(data !== undefined && { data: describeData(data) }),
      ...(backend !== undefined && { backend }),
      gpu,
      isFinished: false,
    };
  }
  const isAsked = experiment !== undefined || preset !== undefined;
  const wanted = { ...options, ...(data === undefined && begun.data && { data: begun.data.path }) };
  if (isAsked && !isSameExperiment(wantedExperiment(wanted), begun.experiment)) {
    throw new Error(`${out} belongs to another experiment: choose another folder with --out.`);
  }
  if (backend !== undefined && backend !== begun.backend) {
    throw new Error(`The training in ${out} began with --backend ${begun.backend ?? "left to the page"}.`);
  }
  if (begun.data && !begun.isFinished) requireData(begun.data);
  return begun;
}

function report(outcome: Outcome, out: string): number {
  if (outcome.kind === "interrupted") {
    console.log(`${outcome.sentence} To continue: npm run experiment -- --out ${out}`);
    return exitCodes.again;
  }
  for (const alert of outcome.alerts) console.error(alert);
  console.log(outcome.sentence);
  if (outcome.kind === "failed") {
    console.log(`To continue from the last save: npm run experiment -- --out ${out}`);
    return exitCodes.failed;
  }
  console.log(`Saved ${exportNames.join(", ")}, page.png and ${trainingName} to ${out}.`);
  return outcome.alerts.length === 0 ? exitCodes.done : exitCodes.failed;
}
