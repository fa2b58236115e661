import { useCallback, useMemo } from "react";
import { CurveChart } from "../../charts/CurveChart";
import { metrics } from "../../protocol/metrics";
import { useActions, useApp } from "../app-context";
import { armId, slotOfArmId } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { collapseEvents } from "./chart-events";
import type { ChartChoice } from "./chart-list";
import { chartSeriesMaker, floorLines } from "./chart-series";
import { placeOfRecorded, recordedSeries } from "./recorded-series";
import { useStable } from "./use-stable";

/** One metric: of all arms, or on a chart for each. */
export function MetricChart({ choice }: { choice: ChartChoice }) {
  const isApart = useApp((state) => state.view.layout === "apart");
  const slots = useApp((state) => state.run.armSlots);
  if (!isApart || slots.length < 2) return <ArmsChart choice={choice} />;
  return slots.map((slot) => <ArmsChart key={slot} choice={choice} only={slot} />);
}

const none: readonly never[] = [];

function ArmsChart({ choice, only }: { choice: ChartChoice; only?: number }) {
  const run = useRunInTurns();
  const view = useApp((state) => state.view);
  const { toggleArm } = useActions();
  const makeSeries = useMemo(() => chartSeriesMaker(choice), [choice]);
  const recorded = useApp((state) => state.recorded);
  const own = useMemo(
    () => makeSeries(run, view.hiddenSlots, view.xAxis),
    [makeSeries, run, view.hiddenSlots, view.xAxis],
  );
  const recordedOnes = useMemo(
    () => recordedSeries(recorded, choice.metric, view.xAxis, view.hiddenSlots),
    [recorded, choice.metric, view.xAxis, view.hiddenSlots],
  );
  const all = useMemo(() => [...own, ...recordedOnes], [own, recordedOnes]);
  const series = useMemo(
    () => (only === undefined ? all : all.filter(({ id }) => id === armId(only))),
    [all, only],
  );
  const unseen = useMemo(
    () => (only === undefined ? none : all.filter((one) => !series.includes(one))),
    [all, only, series],
  );
  const floors = useStable(floorLines(run.runs, choice.metric));
  const events = useStable(collapseEvents(run, view.xAxis));
  const onToggle = useCallback(
    (id: string) => toggleArm(placeOfRecorded(id) ?? slotOfArmId(id)),
    [toggleArm],
  );
  const { label, unit } = metrics[choice.metric];
  return (
    <CurveChart
      title={only === undefined ? label : `${label}, ${series[0]?.label ?? "arm"}`}
      unit={unit}
      series={series}
      others={unseen}
      floors={floors}
      events={events}
      xAxis={view.xAxis}
      xScale={view.xScale}
      yScale={view.yScale}
      smoothing={view.smoothing}
      band={view.band}
      seeds={view.seeds}
      height={230}
      onToggle={onToggle}
      {...(series.some(({ hidden }) => !hidden) && { emptyText: emptyText(choice) })}
    />
  );
}

function emptyText({ metric }: ChartChoice): string {
  if (metric.startsWith("teacher")) return "No arm has measured a teacher yet.";
  if (metric.startsWith("viewLoss")) return "No arm predicts this target view yet.";
  return "No points yet. Curves begin with the first measurement.";
}
