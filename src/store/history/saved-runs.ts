import type { MetricBatch } from "../../protocol/metrics/metric-batch";
import type { SavedRun, SavedStatus, SavedTraining } from "../../protocol/saved-training";
import { texts } from "../../texts/texts";
import type { ColoredExperiment } from "../experiment/experiment-edits";
import { appendBatch, emptySeries } from "../measurements/series";
import type { Reopened, RunRecord, RunState } from "../run-state";

/** Converts between the page's trainings and those of the history. */

/** A run's saved data, except its rows. */
function savedRun({ planned, position, floors, final, failure }: RunRecord): SavedRun {
  const isKept =
    failure?.kind === "diverged" ||
    failure?.kind === "out-of-memory" ||
    failure?.kind === "weights" ||
    failure?.kind === "internal";
  return {
    planned,
    ...(position && { position }),
    ...(floors && { floors }),
    ...(final && { final }),
    ...(failure && isKept && { failure }),
  };
}

/** Undefined before the plan is known. */
export function savedStatusOf({ status, runs }: RunState): SavedStatus | undefined {
  if (status === "idle" || status === "starting" || runs.length === 0) return undefined;
  return status;
}

/** @param fixed the parts that do not change during training */
export function savedTraining(
  run: RunState,
  fixed: Pick<SavedTraining, "id" | "startedAt" | "device">,
  updatedAt: number,
): SavedTraining | undefined {
  const { experiment, failure } = run;
  const status = savedStatusOf(run);
  if (!experiment || !status) return undefined;
  return {
    ...fixed,
    name: "",
    tags: [],
    note: "",
    updatedAt,
    status,
    experiment,
    runs: run.runs.map(savedRun),
    ...(failure && { failure: { title: failure.title, cause: failure.cause, action: failure.action } }),
  };
}

/** "BYOL, SimDis-On", where the visitor has given no name. */
export function titleOf({ name, experiment }: SavedTraining): string {
  return name || experiment.arms.map((arm) => arm.name).join(", ");
}

/** For unnamed trainings of several arms: the time of training. */
export function shortTitleOf({ name, experiment: { arms }, startedAt }: SavedTraining): string {
  const [only, ...others] = arms;
  if (name) return name;
  if (only && others.length === 0) return only.name;
  return new Date(startedAt).toLocaleString(texts().locale, { dateStyle: "short", timeStyle: "short" });
}

/** Its runs with all their curves. */
export function recordsOf({ runs }: SavedTraining, batches: readonly MetricBatch[]): readonly RunRecord[] {
  return runs.map((run) => ({
    ...run,
    series: batches.filter(({ runId }) => runId === run.planned.runId).reduce(appendBatch, emptySeries),
  }));
}

/** As if it had been trained here. @param live whether another tab is training it */
export function reopenedRun(
  saved: SavedTraining,
  batches: readonly MetricBatch[],
  { armSlots }: Pick<ColoredExperiment, "armSlots">,
  live: boolean,
): RunState {
  const { id, startedAt, device } = saved;
  const reopened: Reopened = { id, title: titleOf(saved), startedAt, live, ...(device && { device }) };
  return {
    status: saved.status === "finished" ? "finished" : "stopped",
    experiment: saved.experiment,
    armSlots,
    runs: recordsOf(saved, batches),
    activity: { kind: "idle" },
    reopened,
  };
}
