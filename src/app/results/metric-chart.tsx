import { useCallback, useMemo } from "react";
import { ChartLegend } from "../../charts/ChartLegend";
import { CurveChart } from "../../charts/curves/CurveChart";
import type { ChartSeries } from "../../charts/types";
import { metrics } from "../../protocol/metrics/metrics";
import { runEvents } from "../../series/chart-events";
import type { ChartChoice } from "../../series/chart-list";
import { chartSeriesMaker, floorLines, paperFloors } from "../../series/chart-series";
import { curveGroups } from "../../series/curve-groups";
import { overlaySeries, placeOfOverlay } from "../../series/overlay-series";
import { placeOfRecorded, recordedBeside, recordedSeries } from "../../series/recorded-series";
import type { AppState } from "../../store/app-store";
import { toggleSlots } from "../../store/arrangement";
import { isRecordingItself } from "../../store/experiment/recorded-run";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { useActions, useApp, useReadApp } from "../app-context";
import { useRunInTurns } from "../run-in-turns";
import { DrawnInView } from "./drawn-in-view";
import { useStable } from "./use-stable";

/** CSS pixels of a plot among others, and of one of a single arm. */
const HEIGHT = 210;
const HEIGHT_APART = 180;

/** One metric, on one chart for all arms or one per arm. */
export function MetricChart({ choice, height = HEIGHT }: { choice: ChartChoice; height?: number }) {
  const isApart = useApp((state) => state.view.layout === "apart");
  const ids = useApp((state) => curveIds(state));
  const isOne = !isApart || !ids.includes("\n");
  return (
    <DrawnInView className={isOne ? undefined : "chart-multiples"}>
      {isOne ? (
        <ArmsChart choice={choice} height={height} />
      ) : (
        ids.split("\n").map((id) => <ArmsChart key={id} choice={choice} only={id} height={HEIGHT_APART} />)
      )}
    </DrawnInView>
  );
}

/** A single string, so that the charts per arm are created again only when the arms change. */
const curveIds = ({ run, view }: AppState) =>
  curveGroups(run, view)
    .map(({ id }) => id)
    .join("\n");

const none: readonly never[] = [];

/** All curves of a metric: of this training, of the link, and of saved trainings. */
function useSeries(choice: ChartChoice, run: RunState): readonly ChartSeries[] {
  const view = useApp((state) => state.view);
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
  return useMemo(() => [...own, ...recordedOnes, ...saved], [own, recordedOnes, saved]);
}

/** One legend for all charts of a tab, by the curves of one of them; pressing an entry shows or hides it on every chart. */
export function ChartsLegend({ choice }: { choice: ChartChoice }) {
  const readApp = useReadApp();
  const { arrange } = useActions();
  const series = useSeries(choice, useRunInTurns());
  const entries = useStable(
    series.map(({ id, label, color, dash, hidden }) => ({ id, label, color, ...(dash && { dash }), hidden })),
  );
  const toggle = useCallback(
    (id: string) =>
      arrange((shown) => {
        const place = placeOfRecorded(id) ?? placeOfOverlay(id);
        const group = curveGroups(readApp().run, shown).find((one) => one.id === id);
        return toggleSlots(shown, place === undefined ? (group?.slots ?? []) : [place]);
      }),
    [arrange, readApp],
  );
  return <ChartLegend label={texts().charts.legend} series={entries} onToggle={toggle} />;
}

function ArmsChart({ choice, only, height }: { choice: ChartChoice; only?: string; height: number }) {
  const run = useRunInTurns();
  const view = useApp((state) => state.view);
  const all = useSeries(choice, run);
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
      height={height}
      zoomPlace={`${choice.metric} ${choice.stages.join(" ")}`}
      withoutLegend
      {...(series.some(({ hidden }) => !hidden) && { emptyText: emptyText(choice) })}
    />
  );
}

function emptyText({ metric }: ChartChoice): string {
  if (metric.startsWith("teacher")) return texts().curves.noTeacherYet;
  if (metric.startsWith("viewLoss")) return texts().curves.noTargetYet;
  return texts().charts.noPoints;
}
