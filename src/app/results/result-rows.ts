import type { ResultMetric, ResultRow, SeedSummary } from "../../charts/types";
import { resultMetrics } from "../../charts/types";
import type { MetricName } from "../../protocol/metrics";
import { lastOf } from "../../store/column";
import { plannedMacs } from "../../store/progress";
import type { RunRecord, RunState } from "../../store/run-state";
import { greatestValue, latestValue } from "../../store/series";
import { mean, pairedDifference, sampleDeviation } from "../../store/statistics";
import { texts } from "../../texts/texts";
import { armColor, armId } from "../arm-colors";
import { armNames } from "./arm-names";
import { runsOfSlot } from "./runs-of-slot";

/** What was measured before the first step is not the run's doing. */
function best({ series }: RunRecord, metric: MetricName, final: number | undefined): number | undefined {
  const most = Math.max(
    greatestValue(series, metric, ["student", "joint"]),
    final ?? Number.NEGATIVE_INFINITY,
  );
  return Number.isFinite(most) ? most : undefined;
}

/** One run's accuracies as far as they are known. The newest kNN stands for the final one until there is one. */
const accuracies: Readonly<Record<ResultMetric, (run: RunRecord) => number | undefined>> = {
  finalKnn: ({ final, series }) => final?.knnTop1 ?? latestValue(series, "knnTop1"),
  bestKnn: (run) => best(run, "knnTop1", run.final?.knnTop1),
  finalLinear: ({ final }) => final?.linearTop1,
  bestLinear: (run) => best(run, "probeTop1", run.final?.linearTop1),
};

function summary(values: readonly number[]): SeedSummary {
  return { n: values.length, mean: mean(values), deviation: sampleDeviation(values) };
}

const measured = (runs: readonly RunRecord[], value: (run: RunRecord) => number | undefined) =>
  runs.flatMap((run) => value(run) ?? []);

/** By seed, of runs that are done: those under way are at different steps. */
function bySeed(runs: readonly RunRecord[], metric: ResultMetric): ReadonlyMap<number, number> {
  return new Map(
    runs.flatMap((run) => {
      const value = run.final ? accuracies[metric](run) : undefined;
      return value === undefined ? [] : [[run.planned.seed, value] as const];
    }),
  );
}

type Summaries = Partial<Record<ResultMetric, SeedSummary>>;

function summaries(of: (metric: ResultMetric) => SeedSummary): Summaries {
  const entries = resultMetrics.map((metric) => [metric, of(metric)] as const);
  return Object.fromEntries(entries.filter(([, { n }]) => n > 0));
}

/** What each arm reached and cost, compared with the arm of `baselineSlot` seed by seed. */
export function resultRows(
  run: RunState,
  baselineSlot: number | undefined,
  order: readonly number[] = run.armSlots,
): readonly ResultRow[] {
  const names = armNames(run);
  const baseline = baselineSlot === undefined ? [] : runsOfSlot(run, baselineSlot);
  return order.map((slot) => {
    const runs = runsOfSlot(run, slot);
    const wall = measured(runs, ({ series }) => lastOf(series.wall));
    const [first] = runs;
    return {
      id: armId(slot),
      label: names[run.armSlots.indexOf(slot)] ?? texts().run.arm,
      color: armColor(slot),
      finishedSeeds: runs.filter(({ final }) => final).length,
      plannedSeeds: runs.length,
      accuracy: summaries((metric) => summary(measured(runs, accuracies[metric]))),
      ...(slot !== baselineSlot && {
        difference: summaries((metric) => pairedDifference(bySeed(runs, metric), bySeed(baseline, metric))),
      }),
      ...(first && { trainingMacs: plannedMacs(first.planned), paperMacs: first.planned.paperMacs }),
      ...(wall.length > 0 && { wallMs: summary(wall) }),
    };
  });
}

/** The arm that others are compared with: the visitor's choice while it exists, else the first. */
export function baselineOf({ armSlots }: RunState, chosen: number | undefined): number | undefined {
  return chosen !== undefined && armSlots.includes(chosen) ? chosen : armSlots[0];
}
