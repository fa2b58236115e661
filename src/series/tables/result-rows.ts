import type { ResultMetric, ResultRow, SeedSummary } from "../../charts/types";
import { resultMetrics } from "../../charts/types";
import type { TestAccuracy } from "../../protocol/messages";
import type { MetricName } from "../../protocol/metrics/metrics";
import { asPlanned } from "../../store/arrangement";
import { lastOf } from "../../store/measurements/column";
import { greatestValue } from "../../store/measurements/series";
import { mean, pairedDifference, sampleDeviation } from "../../store/measurements/statistics";
import { plannedMacs } from "../../store/progress";
import type { RunRecord, RunState } from "../../store/run-state";
import { type CurveGroup, curveGroups } from "../curve-groups";
import { runsOfSlot } from "../runs-of-slot";

/**
 * The network that was best on validation images. Experiments with curves on test images have no such network: there it
 * is the best of these, without measurements before the first step.
 */
function best(
  { final, series }: RunRecord,
  accuracy: keyof TestAccuracy,
  curve: MetricName,
): number | undefined {
  if (!final) return undefined;
  if (final.best) return final.best[accuracy];
  const most = Math.max(
    greatestValue(series, curve, ["student", "joint"]),
    final[accuracy] ?? Number.NEGATIVE_INFINITY,
  );
  return Number.isFinite(most) ? most : undefined;
}

/** One finished run's accuracies: before its final evaluation a run has none, whatever its curves say. */
const accuracies: Readonly<Record<ResultMetric, (run: RunRecord) => number | undefined>> = {
  finalKnn: ({ final }) => final?.knnTop1,
  balancedKnn: ({ final }) => final?.knnBalanced,
  bestKnn: (run) => best(run, "knnTop1", "knnTop1"),
  finalLinear: ({ final }) => final?.linearTop1,
  balancedLinear: ({ final }) => final?.linearBalanced,
  bestLinear: (run) => best(run, "linearTop1", "probeTop1"),
  finalClassifier: ({ final }) => final?.top1,
  bestClassifier: (run) => best(run, "top1", "top1"),
  finalDetection: ({ final }) => final?.detectionAp,
};

function summary(values: readonly number[]): SeedSummary {
  return { n: values.length, mean: mean(values), deviation: sampleDeviation(values) };
}

const measured = (runs: readonly RunRecord[], value: (run: RunRecord) => number | undefined) =>
  runs.flatMap((run) => value(run) ?? []);

/**
 * Accuracies of finished runs by seed. For a group, a seed's value is the mean
 * over its arms, and counts once all of them have finished or failed.
 */
function bySeed(runs: readonly RunRecord[], metric: ResultMetric): ReadonlyMap<number, number> {
  const standing = runs.filter(({ failure }) => !failure);
  const seeds = [...new Set(standing.map(({ planned }) => planned.seed))];
  return new Map(
    seeds.flatMap((seed) => {
      const ofSeed = standing.filter(({ planned }) => planned.seed === seed);
      const values = measured(ofSeed, accuracies[metric]);
      return values.length === ofSeed.length ? [[seed, mean(values)] as const] : [];
    }),
  );
}

function summaries<Summary extends SeedSummary>(
  of: (metric: ResultMetric) => Summary,
): Partial<Record<ResultMetric, Summary>> {
  const entries = resultMetrics.map((metric) => [metric, of(metric)] as const);
  return Object.fromEntries(entries.filter(([, { n }]) => n > 0)) as Partial<Record<ResultMetric, Summary>>;
}

/** Runs that share a row, from this training or another. */
export interface RowRuns extends Pick<ResultRow, "id" | "label" | "color" | "dash"> {
  readonly runs: readonly RunRecord[];
}

/**
 * Results and costs of each arm or group, compared seed by seed with the arm of `baselineSlot`.
 * @param others rows of other trainings; they come last, and are never the baseline
 */
export function resultRows(
  run: RunState,
  baselineSlot: number | undefined,
  groups: readonly CurveGroup[] = curveGroups(run, asPlanned),
  others: readonly RowRuns[] = [],
): readonly ResultRow[] {
  const own = groups.map(({ slots, id, label, color, dash }): RowRuns => {
    return { id, label, color, ...(dash && { dash }), runs: slots.flatMap((slot) => runsOfSlot(run, slot)) };
  });
  const baselineId = groupOfSlot(groups, baselineSlot)?.id;
  const baseline = own.find(({ id }) => id === baselineId)?.runs ?? [];
  return [
    ...own.map((one) => resultRow(one, one.id === baselineId ? undefined : baseline)),
    ...others.map((one) => ({ ...resultRow(one, baseline), isOther: true })),
  ];
}

function resultRow(
  { id, label, color, dash, runs }: RowRuns,
  baseline: readonly RunRecord[] | undefined,
): ResultRow {
  const wall = measured(runs, ({ series }) => lastOf(series.wall));
  const topFive = measured(runs, ({ final }) => final?.linearTop5);
  return {
    id,
    label,
    color,
    ...(dash && { dash }),
    finishedSeeds: runs.filter(({ final }) => final).length,
    plannedSeeds: runs.length,
    accuracy: summaries((metric) => summary(measured(runs, accuracies[metric]))),
    ...(topFive.length > 0 && { linearTopFive: summary(topFive) }),
    ...(baseline && {
      difference: summaries((metric) => pairedDifference(bySeed(runs, metric), bySeed(baseline, metric))),
    }),
    ...(runs.length > 0 && {
      trainingMacs: mean(runs.map(({ planned }) => plannedMacs(planned))),
      paperMacs: mean(runs.map(({ planned }) => planned.paperMacs)),
    }),
    ...(wall.length > 0 && { wallMs: summary(wall) }),
  };
}

/** The group that contains the arm. */
export const groupOfSlot = (groups: readonly CurveGroup[], slot: number | undefined) =>
  groups.find(({ slots }) => slot !== undefined && slots.includes(slot));

/** The arm that others are compared with: the visitor's choice while it exists, otherwise the first. */
export function baselineOf({ armSlots }: RunState, chosen: number | undefined): number | undefined {
  return chosen !== undefined && armSlots.includes(chosen) ? chosen : armSlots[0];
}
