import { formatDuration } from "../../charts/format";
import type { DatasetProgress } from "../../protocol/dataset";
import type { Activity, RunId } from "../../protocol/messages";
import type { Stage } from "../../protocol/metrics";
import type { AppState } from "../../store/app-store";
import { lastOf } from "../../store/column";
import { overallProgress } from "../../store/progress";
import type { RunPosition, RunRecord, RunState } from "../../store/run-state";

const count = (number: number, thing: string) =>
  `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
const percent = (share: number) => `${Math.floor(100 * share)} %`;

const phases: Readonly<Record<DatasetProgress["phase"], string>> = {
  downloading: "Downloading images",
  listing: "Listing files",
  drawing: "Drawing images",
  decoding: "Decoding images",
  hashing: "Checking images",
};

/** "Decoding images: 1,200 of 6,000". */
export function datasetSentence(progress: DatasetProgress | undefined): string {
  if (!progress) return "Preparing images …";
  const { phase, done, total } = progress;
  const far = total > 0 ? `: ${done.toLocaleString("en")} of ${total.toLocaleString("en")}` : " …";
  return phases[phase] + far;
}

const learners: Readonly<Record<Stage, string>> = {
  teacher: "teacher",
  student: "student",
  joint: "teacher and student",
};

function runName(run: RunState, { planned }: RunRecord): string {
  const name = run.experiment?.arms[planned.arm]?.name ?? "Arm";
  return `${name}, seed ${planned.seed}`;
}

/** "teacher, epoch 3 of 20": the epoch that is under way, of the stage's. */
export function positionSentence({ planned, position }: RunRecord, stage: Stage): string {
  const plan = planned.stages.find((one) => one.stage === stage);
  if (!plan) return learners[stage];
  const step = position?.stage === stage ? position.step : 0;
  const epochs = Math.max(1, Math.ceil(plan.steps / plan.stepsPerEpoch));
  const epoch = Math.min(epochs, Math.floor(step / plan.stepsPerEpoch) + 1);
  return `${learners[stage]}, epoch ${epoch} of ${epochs}, step ${step} of ${plan.steps}`;
}

/** "teacher, step 50 / 600", for narrow places. */
export function shortPosition({ planned }: RunRecord, { stage, step }: RunPosition): string {
  const total = planned.stages.find((one) => one.stage === stage)?.steps;
  const far = `step ${step.toLocaleString("en")}${total === undefined ? "" : ` / ${total.toLocaleString("en")}`}`;
  return stage === "joint" ? far : `${learners[stage]}, ${far}`;
}

function activitySentence(run: RunState, activity: Activity): string {
  const find = (runId: RunId) => run.runs.find(({ planned }) => planned.runId === runId);
  switch (activity.kind) {
    case "idle":
      return "Getting ready …";
    case "paused":
      return "Paused";
    case "compiling": {
      const found = find(activity.runId);
      return found
        ? `${runName(run, found)}: compiling kernels for the ${learners[activity.stage]}`
        : "Compiling kernels";
    }
    case "training": {
      const found = find(activity.runId);
      return found ? `${runName(run, found)}: ${positionSentence(found, activity.stage)}` : "Training";
    }
    case "evaluating": {
      const found = find(activity.runId);
      return found ? `${runName(run, found)}: measuring held-out accuracy` : "Measuring held-out accuracy";
    }
    default:
      return activity satisfies never;
  }
}

/** One sentence that is always true: what the page is doing, or waits for. */
export function statusSentence(state: AppState): string {
  const { run, dataset, engine, experiment } = state;
  const { share } = overallProgress(run.runs);
  switch (run.status) {
    case "starting":
      return dataset.loading ? datasetSentence(dataset.loading.progress) : "Starting the training …";
    case "training":
      return activitySentence(run, run.activity);
    case "paused":
      return `Paused at ${percent(share)}. Resume, or take single steps.`;
    case "finished": {
      const failed = run.runs.filter(({ failure }) => failure).length;
      const done = `Finished: ${count(run.runs.length - failed, "run")}`;
      const wall = run.runs.reduce((sum, { series }) => sum + (lastOf(series.wall) ?? 0), 0);
      const time = wall > 0 ? `, ${formatDuration(wall)} of training` : "";
      return `${done}${time}${failed > 0 ? `; ${failed} failed` : ""}.`;
    }
    case "stopped":
      return `Stopped at ${percent(share)}.`;
    case "failed":
      return run.failure ? `${run.failure.title}.` : "The training failed.";
    case "idle":
      break;
    default:
      return run.status satisfies never;
  }
  if (engine.status === "starting") return "Starting the engine …";
  if (engine.status === "failed") return `${engine.failure.title}.`;
  if (dataset.loading) return datasetSentence(dataset.loading.progress);
  const { arms, seeds } = experiment;
  return `Ready. Start trains ${count(arms.length, "arm")} with ${count(seeds.length, "seed")} each.`;
}

/** The same for those who listen: without what changes at every step. */
export function announcement(state: AppState): string {
  const { run } = state;
  if (run.status !== "training") return statusSentence(state);
  const tenths = Math.floor(10 * overallProgress(run.runs).share);
  return run.activity.kind === "compiling" ? "Compiling kernels." : `Training, ${10 * tenths} % done.`;
}
