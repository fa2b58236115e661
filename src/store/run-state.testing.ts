import { defaultExperiment, type Experiment } from "../protocol/experiment";
import type { FinalEvaluation, Floors, PlannedRun } from "../protocol/messages";
import { batchOfRows } from "../protocol/metrics/metric-batch";
import type { MetricName } from "../protocol/metrics/metrics";
import { type RunState, reduceRun, startedRun, startingRun } from "./run-state";

/** Example trainings for tests. */

export const twoArms: Experiment = {
  ...defaultExperiment(),
  arms: defaultExperiment().arms.slice(0, 2),
  seeds: [1, 2],
};

export const runIdOf = (arm: number, seed: number) => `${arm}-${seed}`;

export const plannedRun = (arm: number, seed: number): PlannedRun => ({
  runId: runIdOf(arm, seed),
  arm,
  seed,
  stages: [{ stage: "student", steps: 100, stepsPerEpoch: 10, macsPerStep: 1_000 }],
  paperMacs: 10,
  parameters: { student: 5 },
});

/** Two arms with two seeds each, by default at places 0 and 3 of the palette. */
export function startedTraining(
  experiment: Experiment = twoArms,
  slots: readonly number[] = [0, 3],
): RunState {
  const plans = experiment.arms.flatMap((_, arm) => experiment.seeds.map((seed) => plannedRun(arm, seed)));
  return startedRun(startingRun(experiment, slots), plans);
}

export function measured(
  state: RunState,
  runId: string,
  step: number,
  values: Partial<Record<MetricName, number>>,
): RunState {
  const row = {
    stage: "student",
    step,
    epoch: step / 10,
    wallMs: 100 * step,
    macs: 1_000 * step,
    values,
  } as const;
  return reduceRun(state, { type: "metrics", batch: batchOfRows(runId, [row]) });
}

const finalOf = (knnTop1: number): FinalEvaluation => ({
  knnTop1,
  knnBalanced: knnTop1 - 0.05,
  linearTop1: knnTop1 + 0.1,
  linearLearningRate: 1,
});

export const finishedRun = (state: RunState, runId: string, knnTop1: number): RunState =>
  reduceRun(state, { type: "run-finished", runId, final: finalOf(knnTop1) });

const untrained: Floors = {
  pixels: { knnTop1: 0.4 },
  untrained: { knnTop1: 0.2, probeTop1: 0.25 },
  calibrated: { knnTop1: 0.22, probeTop1: 0.27 },
  majority: { label: 0, top1: 0.6, balanced: 0.5 },
};

export const withFloors = (state: RunState, runId: string): RunState =>
  reduceRun(state, { type: "floors", runId, floors: untrained });
