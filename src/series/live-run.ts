import type { Experiment, Scheme } from "../protocol/experiment";
import type { MetricName, Stage } from "../protocol/metrics/metrics";
import { stages } from "../protocol/metrics/metrics";
import { methodOf, teacherOf } from "../protocol/schemes";
import { valuesOf } from "../store/measurements/column";
import { latestValue, type RunSeries } from "../store/measurements/series";
import { runProgress } from "../store/progress";
import type { RunPosition, RunRecord, RunState } from "../store/run-state";
import { runsOfSlot } from "./runs-of-slot";

/** What the picture of a method shows of the run that trains it. */
export interface LiveRun {
  /** It trains at this moment. */
  readonly moves: boolean;
  readonly seed: number;
  readonly stage: Stage;
  readonly step: number;
  /** Of the stage. */
  readonly steps: number;
  /** The networks that learn in this stage. */
  readonly learns: { readonly teacher: boolean; readonly student: boolean };
  /** The newest value that this stage has measured. */
  readonly valueOf: (metric: MetricName) => number | undefined;
  /** Steps by which the momentum copy is behind its network, on average over what it consists of. */
  readonly lag?: number;
}

/**
 * The run of an arm that has trained least recently to its end: the one whose numbers change. Undefined before the first
 * measurement, and where the arm was trained with another scheme than the one shown.
 */
export function liveRunOf(run: RunState, slot: number, scheme: Scheme): LiveRun | undefined {
  const arm = run.experiment?.arms[run.armSlots.indexOf(slot)];
  if (!arm || JSON.stringify(arm.scheme) !== JSON.stringify(scheme)) return undefined;
  const current = currentRun(run, runsOfSlot(run, slot));
  if (!current) return undefined;
  const { record, position } = current;
  const { planned, series, final } = record;
  const { stage, step } = position;
  const lag = copyLag(series, stage);
  return {
    moves: run.status === "training" && !final,
    seed: planned.seed,
    stage,
    step,
    steps: planned.stages.find((one) => one.stage === stage)?.steps ?? step,
    learns: learnersOf(stage, scheme),
    valueOf: (metric) => valueIn(series, metric, stage),
    ...(lag !== undefined && { lag }),
  };
}

/** The one that the engine trains now, otherwise the one that is furthest. */
function currentRun(
  { activity }: RunState,
  runs: readonly RunRecord[],
): { record: RunRecord; position: RunPosition } | undefined {
  const begun = runs.flatMap((record) => (record.position ? [{ record, position: record.position }] : []));
  const active = "runId" in activity ? activity.runId : undefined;
  const unfinished = begun.filter(({ record: { final, failure } }) => !final && !failure);
  return (
    begun.find(({ record }) => record.planned.runId === active) ??
    unfinished.toSorted((a, b) => runProgress(b.record).share - runProgress(a.record).share)[0] ??
    begun.at(-1)
  );
}

function learnersOf(stage: Stage, scheme: Scheme): LiveRun["learns"] {
  const teacher = stage === "teacher" || stage === "sourceTeacher";
  return {
    teacher: teacher || (stage === "joint" && teacherOf(scheme).when === "alongside"),
    student: !teacher,
  };
}

/** A stage's newest value: a teacher's rate is not shown as the student's. */
function valueIn(series: RunSeries, metric: MetricName, stage: Stage): number | undefined {
  const row = series.measured[metric]?.row;
  const last = row && valuesOf(row).at(-1);
  return last !== undefined && series.stage.memory[last] === stages.indexOf(stage)
    ? latestValue(series, metric)
    : undefined;
}

/** A share of the copy that is so old that its age does not matter any more. */
const NEGLIGIBLE = 1e-4;

/**
 * How many steps a momentum copy is behind its network: the mean age of the weights that it consists of, from the momenta
 * τ of the steps of this stage so far. What a step adds has the share (1 − τ) and fades with the τ of every later step;
 * what is left of the start is as old as the stage. With a constant τ it approaches τ / (1 − τ).
 *
 * @returns steps; undefined where the stage has no momentum
 */
export function copyLag(series: RunSeries, stage: Stage): number | undefined {
  const measured = series.measured.tau;
  if (!measured) return undefined;
  const [rows, momenta] = [valuesOf(measured.row), valuesOf(measured.value)];
  const wanted = stages.indexOf(stage);
  const stepOf = (at: number) => {
    const row = rows[at];
    return row !== undefined && series.stage.memory[row] === wanted ? (series.step.memory[row] ?? 0) : 0;
  };
  let [left, age, sum] = [1, 0, 0];
  for (let at = rows.length - 1; stepOf(at) > 0 && left > NEGLIGIBLE; at--) {
    // Long runs keep some rows only: the steps in between had about the same momentum.
    const steps = Math.max(0, stepOf(at) - stepOf(at - 1));
    const tau = momenta[at] as number;
    const kept = tau ** steps;
    const further = tau < 1 ? (tau * (1 - steps * tau ** (steps - 1) + (steps - 1) * kept)) / (1 - tau) : 0;
    sum += left * (age * (1 - kept) + (steps > 0 ? further : 0));
    left *= kept;
    age += steps;
  }
  return age > 0 ? sum + left * age : undefined;
}

/** Embeddings in a queue that were entered since the stage began, and the number that it holds. */
export function queueFill(
  scheme: Scheme,
  { batchSize }: Pick<Experiment, "batchSize">,
  step: number,
): { readonly filled: number; readonly entries: number } | undefined {
  const [queue] = methodOf(scheme).queues(scheme as never, batchSize);
  return queue && { filled: Math.min(queue.entries, step * queue.perStep), entries: queue.entries };
}
