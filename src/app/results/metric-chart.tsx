import { useCallback, useMemo } from "react";
import { CurveChart } from "../../charts/CurveChart";
import { metrics } from "../../protocol/metrics";
import { useActions, useApp } from "../app-context";
import { slotOfArmId } from "../arm-colors";
import { useRunInTurns } from "../run-in-turns";
import { collapseEvents } from "./chart-events";
import type { ChartChoice } from "./chart-list";
import { chartSeriesMaker, floorLines } from "./chart-series";
import { placeOfRecorded, recordedSeries } from "./recorded-series";
import { useStable } from "./use-stable";

/** One metric of all arms. */
export function MetricChart({ choice }: { choice: ChartChoice }) {
  const run = useRunInTurns();
  const view = useApp((state) => state.view);
  const { toggleArm } = useActions();
  const makeSeries = useMemo(() => chartSeriesMaker(choice), [choice]);
  const recorded = useApp((state) => state.recorded);
  const own = useMemo(
    () => makeSeries(run, view.hiddenSlots, view.xAxis),
    [makeSeries, run, view.hiddenSlots, view.xAxis],
  );
  const others = useMemo(
    () => recordedSeries(recorded, choice.metric, view.xAxis, view.hiddenSlots),
    [recorded, choice.metric, view.xAxis, view.hiddenSlots],
  );
  const series = useMemo(() => [...own, ...others], [own, others]);
  const floors = useStable(floorLines(run.runs, choice.metric));
  const events = useStable(collapseEvents(run, view.xAxis));
  const onToggle = useCallback(
    (id: string) => toggleArm(placeOfRecorded(id) ?? slotOfArmId(id)),
    [toggleArm],
  );
  const { label, unit } = metrics[choice.metric];
  return (
    <CurveChart
      title={label}
      unit={unit}
      series={series}
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
