import { useCallback, useMemo } from "react";
import { CurveChart } from "../../charts/curves/CurveChart";
import { metrics } from "../../protocol/metrics/metrics";
import { runEvents } from "../../series/chart-events";
import type { ChartChoice } from "../../series/chart-list";
import { chartSeriesMaker, floorLines, paperFloors } from "../../series/chart-series";
import { curveGroups } from "../../series/curve-groups";
import { overlaySeries, placeOfOverlay } from "../../series/overlay-series";
import { placeOfRecorded, recordedBeside, recordedSeries } from "../../series/recorded-series";
import type { AppState } from "../../store/app-store";
import { toggleSlots } from "../../store/arrangement";
import { isRecordingItself } from "../../store/experiment/reproduction";
import { texts } from "../../texts/texts";
import { useActions, useApp, useReadApp } from "../app-context";
import { useRunInTurns } from "../run-in-turns";
import { useStable } from "./use-stable";

/** One metric, on one chart for all arms or one per arm. */
export function MetricChart({ choice }: { choice: ChartChoice }) {
  const isApart = useApp((state) => state.view.layout === "apart");
  const ids = useApp((state) => curveIds(state));
  if (!isApart || !ids.includes("\n")) return <ArmsChart choice={choice} />;
  return (
    <div className="chart-multiples">
      {ids.split("\n").map((id) => (
        <ArmsChart key={id} choice={choice} only={id} />
      ))}
    </div>
  );
}

/** A single string, so that the charts per arm are created again only when the arms change. */
const curveIds = ({ run, view }: AppState) =>
  curveGroups(run, view)
    .map(({ id }) => id)
    .join("\n");

const none: readonly never[] = [];

function ArmsChart({ choice, only }: { choice: ChartChoice; only?: string }) {
  const run = useRunInTurns();
  const readApp = useReadApp();
  const view = useApp((state) => state.view);
  const { arrange } = useActions();
  const makeSeries = useMemo(() => chartSeriesMaker(choice), [choice]);
  const recorded = useApp(({ run: shown, recorded: other }) =>
    isRecordingItself(shown, other) ? undefined : other,
  );
  const own = useMemo(() => makeSeries(run, view, view.xAxis), [makeSeries, run, view]);
  const isAlone = run.runs.length === 0;
  const recordedOnes = useMemo(
    () => recordedSeries(recorded, choice.metric, view.xAxis, view.hiddenSlots, isAlone),
    [recorded, choice.metric, view.xAxis, view.hiddenSlots, isAlone],
  );
  const overlays = useApp((state) => state.history.overlays);
  const saved = useMemo(
    () => overlaySeries(overlays, choice, view.xAxis, view.hiddenSlots),
    [overlays, choice, view.xAxis, view.hiddenSlots],
  );
  const all = useMemo(() => [...own, ...recordedOnes, ...saved], [own, recordedOnes, saved]);
  const beside = only === undefined ? undefined : recordedBeside(only, run.armSlots);
  const series = useMemo(
    () => (only === undefined ? all : all.filter(({ id }) => id === only || id === beside)),
    [all, only, beside],
  );
  const unseen = useMemo(
    () => (only === undefined ? none : all.filter((one) => !series.includes(one))),
    [all, only, series],
  );
  const floors = useStable([
    ...floorLines(run.runs, choice.metric),
    ...paperFloors(view.paperLines, choice.metric),
  ]);
  const slots = useMemo(
    () => (only === undefined ? undefined : curveGroups(run, view).find(({ id }) => id === only)?.slots),
    [run, view, only],
  );
  const isShown = (slot: number) => !view.hiddenSlots.includes(slot) && (slots?.includes(slot) ?? true);
  const events = useStable(runEvents(run, view.xAxis, isShown));
  const onToggle = useCallback(
    (id: string) =>
      arrange((shown) => {
        const place = placeOfRecorded(id) ?? placeOfOverlay(id);
        const group = curveGroups(readApp().run, shown).find((one) => one.id === id);
        return toggleSlots(shown, place === undefined ? (group?.slots ?? []) : [place]);
      }),
    [arrange, readApp],
  );
  const { unit } = metrics[choice.metric];
  const { label } = texts().metrics[choice.metric];
  return (
    <CurveChart
      title={only === undefined ? label : texts().curves.ofArm(label, series[0]?.label ?? texts().curves.arm)}
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
      height={only === undefined ? 230 : 180}
      zoomPlace={`${choice.metric} ${choice.stages.join(" ")}`}
      onToggle={onToggle}
      {...(series.some(({ hidden }) => !hidden) && { emptyText: emptyText(choice) })}
    />
  );
}

function emptyText({ metric }: ChartChoice): string {
  if (metric.startsWith("teacher")) return texts().curves.noTeacherYet;
  if (metric.startsWith("viewLoss")) return texts().curves.noTargetYet;
  return texts().charts.noPoints;
}
