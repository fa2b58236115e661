import type { ChartSeries, FloorLine } from "../../charts/types";
import type { MetricName } from "../../protocol/metrics";
import type { RunRecord, RunState } from "../../store/run-state";
import { curveOf, type XAxis } from "../../store/series";
import { armColor, armDash, armId } from "../arm-colors";
import { armNames } from "./arm-names";
import type { ChartChoice } from "./chart-list";
import { runsOfSlot } from "./runs-of-slot";

type SeriesOf = (run: RunState, hidden: readonly number[], axis: XAxis) => readonly ChartSeries[];

/**
 * The arms' curves of one chart. What has measured nothing new keeps its object from the last call, an arm as well as
 * the whole list, so that the chart need not draw it anew.
 */
export function chartSeriesMaker({ metric, stages }: ChartChoice): SeriesOf {
  const kept = new Map<number, { readonly key: readonly unknown[]; readonly series: ChartSeries }>();
  let last: readonly ChartSeries[] = [];
  return (run, hidden, axis) => {
    const all = run.armSlots.flatMap((slot, arm) => {
      const runs = runsOfSlot(run, slot).map(({ planned, series }) => {
        return { seed: planned.seed, ...curveOf(series, metric, axis, stages) };
      });
      const label = armNames(run)[arm] ?? "Arm";
      const isHidden = hidden.includes(slot);
      const key = [label, isHidden, axis, ...runs.flatMap(({ seed, x, y }) => [seed, x, y])];
      const before = kept.get(slot);
      if (before && before.key.length === key.length && before.key.every((part, at) => part === key[at])) {
        return [before.series];
      }
      const dash = armDash(slot);
      const series: ChartSeries = {
        id: armId(slot),
        label,
        color: armColor(slot),
        ...(dash !== undefined && { dash }),
        hidden: isHidden,
        runs: runs.filter(({ x }) => x.length > 0),
      };
      kept.set(slot, { key, series });
      return [series];
    });
    if (all.length !== last.length || all.some((series, at) => series !== last[at])) last = all;
    return last;
  };
}

const floorMetrics: Readonly<Partial<Record<MetricName, "knnTop1" | "probeTop1">>> = {
  knnTop1: "knnTop1",
  probeTop1: "probeTop1",
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** What a student has to beat, as means over the runs that have measured it. */
export function floorLines(runs: readonly RunRecord[], metric: MetricName): readonly FloorLine[] {
  const accuracy = floorMetrics[metric];
  if (!accuracy) return [];
  const floors = runs.flatMap((run) => run.floors ?? []);
  const line = (id: "pixels" | "untrained" | "calibrated", label: string): FloorLine[] => {
    const values = floors.flatMap((one) => one[id][accuracy] ?? []);
    return values.length > 0 ? [{ id, label, value: mean(values) }] : [];
  };
  return [
    ...line("pixels", "raw pixels"),
    ...line("untrained", "untrained"),
    ...line("calibrated", "untrained, calibrated"),
  ];
}
