import type { PlannedRun } from "../protocol/messages";
import type { RunRecord } from "./run-state";

export interface Progress {
  /** Share of the work, by multiply-accumulates, in [0, 1]. */
  readonly share: number;
  readonly macs: number;
  readonly totalMacs: number;
  readonly steps: number;
  readonly totalSteps: number;
}

const sum = <T>(items: readonly T[], value: (item: T) => number) =>
  items.reduce((total, item) => total + value(item), 0);

export function plannedMacs({ stages }: PlannedRun): number {
  return sum(stages, ({ steps, macsPerStep }) => steps * macsPerStep);
}

/** A finished or failed run has no work left. */
export function runProgress({ planned, position, final, failure }: RunRecord): Progress {
  const { stages } = planned;
  const now = stages.findIndex(({ stage }) => stage === position?.stage);
  const over = final !== undefined || failure !== undefined;
  const done = stages.map(({ steps }, at) => {
    if (over || at < now) return steps;
    return at === now ? Math.min(steps, position?.step ?? 0) : 0;
  });
  const macs = sum(stages, (stage) => (done[stages.indexOf(stage)] ?? 0) * stage.macsPerStep);
  const totalMacs = plannedMacs(planned);
  return {
    share: totalMacs > 0 ? macs / totalMacs : 0,
    macs,
    totalMacs,
    steps: sum(done, (steps) => steps),
    totalSteps: sum(stages, ({ steps }) => steps),
  };
}

export function overallProgress(runs: readonly RunRecord[]): Progress {
  const each = runs.map(runProgress);
  const macs = sum(each, (run) => run.macs);
  const totalMacs = sum(each, (run) => run.totalMacs);
  return {
    share: totalMacs > 0 ? macs / totalMacs : 0,
    macs,
    totalMacs,
    steps: sum(each, ({ steps }) => steps),
    totalSteps: sum(each, ({ totalSteps }) => totalSteps),
  };
}

/** Progress of all runs at one moment. */
export interface PaceSample {
  readonly atMs: number;
  readonly macs: number;
  readonly steps: number;
}

const WINDOW_MS = 30_000;

/** Keeps the data for the speed over the last half minute. */
export function addPaceSample(samples: readonly PaceSample[], sample: PaceSample): readonly PaceSample[] {
  const first = samples.findIndex(({ atMs }) => atMs >= sample.atMs - WINDOW_MS);
  const recent = first < 0 ? [] : samples.slice(Math.max(0, first - 1));
  return [...recent, sample];
}

export interface Pace {
  readonly stepsPerSecond: number;
  readonly macsPerSecond: number;
  /** Duration and number of steps observed. */
  readonly seenMs: number;
  readonly seenSteps: number;
}

/** Undefined with too little data. */
export function paceOf(samples: readonly PaceSample[]): Pace | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.atMs - first.atMs < 500 || last.steps <= first.steps) return undefined;
  const [seenMs, seenSteps] = [last.atMs - first.atMs, last.steps - first.steps];
  return {
    stepsPerSecond: (1_000 * seenSteps) / seenMs,
    macsPerSecond: (1_000 * (last.macs - first.macs)) / seenMs,
    seenMs,
    seenSteps,
  };
}

/** Minimum observation for an estimate: the first steps are slow. */
const LEAST_SEEN = { milliseconds: 3_000, steps: 10 } as const;

/** Estimated remaining milliseconds at this speed; undefined with too little data. */
export function remainingMs(progress: Progress, pace: Pace | undefined): number | undefined {
  if (!pace || pace.macsPerSecond <= 0) return undefined;
  if (pace.seenMs < LEAST_SEEN.milliseconds || pace.seenSteps < LEAST_SEEN.steps) return undefined;
  return (1_000 * (progress.totalMacs - progress.macs)) / pace.macsPerSecond;
}
