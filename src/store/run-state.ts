import type { Notification } from "../client/notification-queue";
import type { Experiment } from "../protocol/experiment";
import type { Failure } from "../protocol/failures";
import type { Activity, FinalEvaluation, Floors, PlannedRun, RunId } from "../protocol/messages";
import { type Stage, stages } from "../protocol/metrics/metrics";
import { appendBatch, emptySeries, type RunSeries } from "./measurements/series";

export interface RunPosition {
  readonly stage: Stage;
  readonly step: number;
  readonly epoch: number;
}

/** The state of one run. */
export interface RunRecord {
  readonly planned: PlannedRun;
  readonly series: RunSeries;
  readonly position?: RunPosition;
  readonly floors?: Floors;
  readonly final?: FinalEvaluation;
  readonly failure?: Failure;
}

/** "failed": the whole training failed; single failed runs have their own failure. */
export type RunStatus = "idle" | "starting" | "training" | "paused" | "finished" | "stopped" | "failed";

export interface RunState {
  readonly status: RunStatus;
  /** The experiment at the start of training; later edits do not change it. */
  readonly experiment?: Experiment;
  /** The palette's place of each arm of `experiment`. */
  readonly armSlots: readonly number[];
  readonly runs: readonly RunRecord[];
  readonly activity: Activity;
  /** Only with status "failed". */
  readonly failure?: Failure;
  /** Milliseconds since 1970 of the last checkpoint, which survives the tab. */
  readonly savedAt?: number;
  /** Why the training would not survive the tab. */
  readonly unsaved?: Failure;
  /** Why a frozen teacher's answers are not kept. */
  readonly unkept?: Failure;
  /** It resumes an interrupted training. */
  readonly continued?: true;
  /** Not trained by this page now, but shown from the history. */
  readonly reopened?: Reopened;
}

export interface Reopened {
  /** Title of the saved training. */
  readonly id: string;
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The device that trained it. */
  readonly device?: string;
  /** Another tab is training it: its curves also grow here. */
  readonly live: boolean;
  /** Id of the recorded comparison that came with the page, which no browser's history contains. */
  readonly record?: string;
}

export const idleRun: RunState = { status: "idle", armSlots: [], runs: [], activity: { kind: "idle" } };

export function startingRun(experiment: Experiment, armSlots: readonly number[]): RunState {
  return { ...idleRun, status: "starting", experiment, armSlots };
}

export function startedRun(state: RunState, planned: readonly PlannedRun[]): RunState {
  const known = new Map(state.runs.map((run) => [run.planned.runId, run]));
  const runs = planned.map((plan) => ({ series: emptySeries, ...known.get(plan.runId), planned: plan }));
  return { ...state, status: "training", runs };
}

export function failedRun(state: RunState, failure: Failure): RunState {
  return { ...state, status: "failed", failure, activity: { kind: "idle" } };
}

const isLive = ({ status }: RunState) => status === "training" || status === "paused";

function updateRun(state: RunState, runId: RunId, update: (run: RunRecord) => RunRecord): RunState {
  return {
    ...state,
    runs: state.runs.map((run) => (run.planned.runId === runId ? update(run) : run)),
  };
}

/** The state after an engine event. Events of runs that are not planned change nothing. */
export function reduceRun(state: RunState, news: Notification): RunState {
  switch (news.type) {
    case "activity": {
      const { activity } = news;
      if (!isLive(state)) return { ...state, activity };
      return { ...state, activity, status: activity.kind === "paused" ? "paused" : "training" };
    }
    case "metrics": {
      const { batch } = news;
      const last = batch.rows - 1;
      if (last < 0) return state;
      const position = {
        stage: stages[batch.stage[last] as number] as Stage,
        step: batch.step[last] as number,
        epoch: batch.epoch[last] as number,
      };
      return updateRun(state, batch.runId, (run) => ({
        ...run,
        series: appendBatch(run.series, batch),
        position,
      }));
    }
    case "floors":
      return updateRun(state, news.runId, (run) => ({ ...run, floors: news.floors }));
    case "run-finished":
      return updateRun(state, news.runId, (run) => ({ ...run, final: news.final }));
    case "run-failed":
      return updateRun(state, news.runId, (run) => ({ ...run, failure: news.failure }));
    case "finished":
      // Ignore the end of a training that has been restarted.
      if (!isLive(state)) return state;
      return { ...state, status: news.stopped ? "stopped" : "finished", activity: { kind: "idle" } };
    case "saved": {
      const { unsaved: _, ...rest } = state;
      return { ...rest, savedAt: news.savedAt };
    }
    case "not-saved":
      return { ...state, unsaved: news.failure };
    case "answers-not-kept":
      return { ...state, unkept: news.failure };
    case "engine-failed":
      return isLive(state) || state.status === "starting" ? failedRun(state, news.failure) : state;
    default:
      return news satisfies never;
  }
}
