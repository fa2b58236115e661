import { formatDuration } from "../../charts/format";
import type { DatasetProgress } from "../../protocol/dataset";
import type { Activity, RunId } from "../../protocol/messages";
import type { Stage } from "../../protocol/metrics/metrics";
import type { AppState } from "../../store/app-store";
import { lastOf } from "../../store/measurements/column";
import { overallProgress } from "../../store/progress";
import type { RunPosition, RunRecord, RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";

const percent = (share: number) => Math.floor(100 * share);

/** "Decoding images: 1,200 of 6,000". */
export function datasetSentence(progress: DatasetProgress | undefined): string {
  const words = texts().run;
  if (!progress) return words.preparingImages;
  const { phase, done, total } = progress;
  return total > 0 ? words.ofTotal(words.phases[phase], done, total) : `${words.phases[phase]} …`;
}

function runName(run: RunState, { planned }: RunRecord): string {
  const words = texts().run;
  return words.runName(run.experiment?.arms[planned.arm]?.name ?? words.arm, planned.seed);
}

/** "teacher, epoch 3 of 20": the current epoch of the stage. */
export function positionSentence({ planned, position }: RunRecord, stage: Stage): string {
  const plan = planned.stages.find((one) => one.stage === stage);
  const words = texts().run;
  if (!plan) return words.learners[stage];
  const step = position?.stage === stage ? position.step : 0;
  const epochs = Math.max(1, Math.ceil(plan.steps / plan.stepsPerEpoch));
  const epoch = Math.min(epochs, Math.floor(step / plan.stepsPerEpoch) + 1);
  return words.position(stage, epoch, epochs, step, plan.steps);
}

/** "teacher, step 50 / 600", for narrow places. */
export function shortPosition({ planned }: RunRecord, { stage, step }: RunPosition): string {
  const total = planned.stages.find((one) => one.stage === stage)?.steps;
  const words = texts().run;
  const far = words.shortPosition(step, total);
  return stage === "joint" ? far : `${words.learners[stage]}, ${far}`;
}

function activitySentence(run: RunState, activity: Activity): string {
  const find = (runId: RunId) => run.runs.find(({ planned }) => planned.runId === runId);
  const words = texts().run;
  switch (activity.kind) {
    case "idle":
      return words.gettingReady;
    case "paused":
      return words.paused;
    case "compiling": {
      const found = find(activity.runId);
      const { stage, done, total } = activity;
      const progress = done === undefined || total === undefined ? undefined : ([done, total] as const);
      return found ? words.ofRun(runName(run, found), words.compilingFor(stage, progress)) : words.compiling;
    }
    case "training": {
      const found = find(activity.runId);
      return found
        ? words.ofRun(runName(run, found), positionSentence(found, activity.stage))
        : words.training;
    }
    case "evaluating": {
      const found = find(activity.runId);
      return found ? words.ofRun(runName(run, found), words.evaluatingRun) : words.evaluating;
    }
    default:
      return activity satisfies never;
  }
}

/** One sentence on what the page is doing or waiting for. */
export function statusSentence(state: AppState): string {
  const { run, dataset, engine, experiment } = state;
  const { share } = overallProgress(run.runs);
  const words = texts().run;
  if (run.reopened?.live) return words.elsewhere(percent(share));
  switch (run.status) {
    case "starting":
      if (engine.status === "starting") return words.startingEngine;
      return dataset.loading ? datasetSentence(dataset.loading.progress) : words.starting;
    case "training":
      return activitySentence(run, run.activity);
    case "paused":
      return words.pausedAt(percent(share));
    case "finished": {
      const failed = run.runs.filter(({ failure }) => failure).length;
      const wall = run.runs.reduce((sum, { series }) => sum + (lastOf(series.wall) ?? 0), 0);
      return words.finished(run.runs.length - failed, wall > 0 ? formatDuration(wall) : undefined, failed);
    }
    case "stopped":
      return words.stoppedAt(percent(share));
    case "failed":
      return run.failure ? `${texts().failures.explain(run.failure).title}.` : words.failed;
    case "idle":
      break;
    default:
      return run.status satisfies never;
  }
  if (engine.status === "starting") return words.startingEngine;
  if (engine.status === "failed") return `${texts().failures.explain(engine.failure).title}.`;
  if (dataset.loading) return datasetSentence(dataset.loading.progress);
  const { arms, seeds } = experiment;
  return words.ready(arms.length, seeds.length);
}

/** Done of what the sentence tells of, in [0, 1]: the training, or the images that are loaded before one. Undefined if that is unknown. */
export function shownShare({ run, dataset: { loading } }: AppState): number | undefined {
  const isBefore = run.status === "starting" || (run.status === "idle" && loading);
  if (!isBefore) return overallProgress(run.runs).share;
  const { done, total } = loading?.progress ?? { done: 0, total: 0 };
  return total > 0 ? done / total : undefined;
}

/** The sentence for screen readers, without parts that change at every step. */
export function announcement(state: AppState): string {
  const { run } = state;
  if (run.status !== "training") return statusSentence(state);
  const tenths = Math.floor(10 * overallProgress(run.runs).share);
  const words = texts().run;
  return run.activity.kind === "compiling" ? words.spokenCompiling : words.spokenTraining(10 * tenths);
}
