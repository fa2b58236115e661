import type { ChartSeries, FloorLine } from "../charts/types";
import type { Accuracy, Floors } from "../protocol/messages";
import type { MetricName, XAxis } from "../protocol/metrics/metrics";
import { paperLines } from "../protocol/studies/paper-lines";
import type { Arrangement } from "../store/arrangement";
import { curveOf } from "../store/measurements/series";
import type { RunRecord, RunState } from "../store/run-state";
import { texts } from "../texts/texts";
import type { ChartChoice } from "./chart-list";
import { curveGroups } from "./curve-groups";
import { runsOfSlot } from "./runs-of-slot";

type SeriesOf = (run: RunState, arrangement: Arrangement, axis: XAxis) => readonly ChartSeries[];

/**
 * The curves of one chart, one per arm or group. Curves, and the whole list, keep their identity while nothing new has
 * been measured, so that the chart is not drawn again.
 */
export function chartSeriesMaker({ metric, stages }: ChartChoice): SeriesOf {
  const kept = new Map<string, { readonly key: readonly unknown[]; readonly series: ChartSeries }>();
  let last: readonly ChartSeries[] = [];
  return (run, arrangement, axis) => {
    const all = curveGroups(run, arrangement).map(({ slots, ...group }) => {
      const shown = slots
        .filter((slot) => slots.length === 1 || !arrangement.hiddenSlots.includes(slot))
        .flatMap((slot) => runsOfSlot(run, slot))
        .filter(({ planned }) => !arrangement.hiddenRuns.includes(planned.runId));
      const runs = shown.map(({ planned, series }) => {
        return { seed: planned.seed, ...curveOf(series, metric, axis, stages) };
      });
      const key = [...Object.values(group), axis, ...runs.flatMap(({ seed, x, y }) => [seed, x, y])];
      const before = kept.get(group.id);
      if (before && before.key.length === key.length && before.key.every((part, at) => part === key[at])) {
        return before.series;
      }
      const series: ChartSeries = { ...group, runs: runs.filter(({ x }) => x.length > 0) };
      kept.set(group.id, { key, series });
      return series;
    });
    if (all.length !== last.length || all.some((series, at) => series !== last[at])) last = all;
    return last;
  };
}

const floorMetrics: Readonly<Partial<Record<MetricName, keyof Accuracy>>> = {
  knnTop1: "knnTop1",
  knnBalanced: "knnBalanced",
  probeTop1: "probeTop1",
  probeBalanced: "probeBalanced",
};

/** What always answering the largest class reaches by each metric. */
const majorityMetrics: Readonly<Partial<Record<MetricName, "top1" | "balanced">>> = {
  top1: "top1",
  knnTop1: "top1",
  probeTop1: "top1",
  teacherTop1: "top1",
  teacherKnnTop1: "top1",
  teacherProbeTop1: "top1",
  knnBalanced: "balanced",
  probeBalanced: "balanced",
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Reference accuracies, as means over the runs that have measured them. */
export function floorLines(runs: readonly RunRecord[], metric: MetricName): readonly FloorLine[] {
  const accuracy = floorMetrics[metric];
  const ofMajority = majorityMetrics[metric];
  const floors = runs.flatMap((run) => run.floors ?? []);
  const labels = texts().curves.floors;
  const line = (id: keyof typeof labels, of: (one: Floors) => number | undefined): FloorLine[] => {
    const values = floors.flatMap((one) => of(one) ?? []);
    return values.length > 0 ? [{ id, label: labels[id], value: mean(values) }] : [];
  };
  const encoders = (["pixels", "untrained", "calibrated"] as const).flatMap((id) =>
    accuracy ? line(id, (one) => one[id][accuracy]) : [],
  );
  return [...encoders, ...(ofMajority ? line("majority", ({ majority }) => majority?.[ofMajority]) : [])];
}

const fractionsOfPapers: readonly MetricName[] = ["probeTop1", "teacherProbeTop1", "top1"];

/** A paper's own figures, on charts of the same kind of accuracy; their labels name the paper. */
export function paperFloors(id: string | undefined, metric: MetricName): readonly FloorLine[] {
  if (!fractionsOfPapers.includes(metric)) return [];
  const chosen = paperLines.find((one) => one.id === id);
  return (chosen?.lines ?? []).map((line, at) => ({ id: `paper ${at}`, ...line }));
}
