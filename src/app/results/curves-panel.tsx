import { Tabs } from "radix-ui";
import { Suspense, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import type { MetricName, Stage, XAxis } from "../../protocol/metrics/metrics";
import { MUTUAL, OVERVIEW, SPEED, shownGroups } from "../../series/chart-list";
import type { AppState } from "../../store/app-store";
import { texts } from "../../texts/texts";
import { useActions, useApp } from "../app-context";
import { Segmented } from "../controls/segmented";
import { lazy } from "../lazy";
import { Panel } from "../panel";
import { mainPlotHeight, onResize } from "./main-plot-height";
import { OverlayList } from "./overlay-list";
import { useSoughtChart } from "./sought-chart";
import { TeacherList } from "./teacher-list";
import { Welcome } from "./welcome";

const loadCharts = () => import("./metric-chart").then(({ MetricChart: Chart }) => ({ default: Chart }));

/** Loads the chart library, which the page does not wait for. */
const MetricChart = lazy(loadCharts);

const ChartsLegend = lazy(() =>
  import("./metric-chart").then(({ ChartsLegend: Loaded }) => ({ default: Loaded })),
);

const MutualCharts = lazy(() =>
  import("./mutual-charts").then(({ MutualCharts: Loaded }) => ({ default: Loaded })),
);

const ChartTools = lazy(() =>
  import("./chart-tools").then(({ ChartTools: Loaded }) => ({ default: Loaded })),
);

/** Keeps the place of `ChartTools`: with them, the panel's head may need another line. */
function ToolsToCome() {
  const { curveList, chartOptions } = texts();
  return [curveList.title, chartOptions.title].map((title) => (
    <button key={title} type="button" className="button button-small tools-to-come" disabled>
      {title}
    </button>
  ));
}

const Diagnostics = lazy(() =>
  import("../diagnostics/diagnostics").then(({ Diagnostics: Loaded }) => ({ default: Loaded })),
);

/** Milliseconds after which it is loaded anyway: it should be ready for the first curve. */
const LOAD_AHEAD_MS = 2_500;

/** CSS pixels of a chart's head, zoom and table around its plot. */
const AROUND_PLOT = 70;

const axes: readonly XAxis[] = ["step", "epoch", "wall", "macs"];

/** The charts of all curves. */
export function CurvesPanel() {
  const idle = useApp(
    ({ run, recorded, history }) => run.status === "idle" && !recorded && history.overlays.length === 0,
  );
  // The experiment of the curves that are shown.
  const part = useApp(
    ({ run, recorded, experiment }) => (run.experiment ?? recorded?.experiment ?? experiment).evaluation.part,
  );
  useEffect(() => {
    const timer = setTimeout(() => void loadCharts().catch(() => undefined), LOAD_AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Panel
      title={texts().curves.title}
      lead={texts().curves.leads[part]}
      className="curves-panel"
      actions={idle ? undefined : <Axis />}
    >
      <OverlayList />
      {idle ? <Welcome /> : <Charts />}
    </Panel>
  );
}

function Axis() {
  const words = texts().curves;
  const axis = useApp((state) => state.view.xAxis);
  const { setView } = useActions();
  return (
    <>
      <Segmented
        label={words.horizontalAxis}
        value={axis}
        options={axes.map((value) => ({ value, ...words.axes[value] }))}
        onChange={(xAxis) => setView({ xAxis })}
      />
      <span className="row only-with-controls">
        <Suspense fallback={<ToolsToCome />}>
          <ChartTools />
        </Suspense>
      </span>
    </>
  );
}

/** A single string, so that only a new metric causes a render. */
const measuredNames = ({ run, history, recorded }: AppState): string => {
  const all = [...run.runs, ...history.overlays.flatMap(({ runs }) => runs)];
  const here = all.flatMap(({ series }) => Object.keys(series.measured));
  const elsewhere = recorded?.recording.curves.map(({ metric }) => metric) ?? [];
  return [...new Set([...here, ...elsewhere])].join(" ");
};

/** The runs' stages, also as a single string. A started training has charts before its runs are planned. */
const plannedStages = ({ run, history }: AppState): string => {
  if (run.status === "starting" && run.runs.length === 0) return "student";
  const all = [...run.runs, ...history.overlays.flatMap(({ runs }) => runs)];
  return [...new Set(all.flatMap(({ planned }) => planned.stages.map(({ stage }) => stage)))].join(" ");
};

const words = (text: string): readonly string[] => text.split(" ").filter(Boolean);

function Charts() {
  const [group, setGroup] = useState<string>(OVERVIEW);
  const measured = useApp(measuredNames);
  const planned = useApp(plannedStages);
  const groups = useMemo(
    () => shownGroups(new Set(words(measured) as MetricName[]), new Set(words(planned) as Stage[])),
    [measured, planned],
  );
  const shown = groups.some(({ id }) => id === group) ? group : OVERVIEW;
  const mainHeight = useSyncExternalStore(onResize, mainPlotHeight);
  useSoughtChart(groups, setGroup);
  return (
    <Tabs.Root value={shown} onValueChange={setGroup}>
      <Tabs.List className="tabs-list" aria-label={texts().curves.tabs}>
        {groups.map(({ id }) => (
          <Tabs.Trigger key={id} value={id}>
            {texts().curves.groups[id]}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {groups.map(({ id, charts }) => (
        <Tabs.Content key={id} value={id}>
          {id === OVERVIEW && <TeacherList />}
          {charts[0] && (
            <Suspense fallback={<div className="chart-legend" />}>
              <ChartsLegend choice={charts[0]} />
            </Suspense>
          )}
          <div className="chart-grid">
            {id === MUTUAL && (
              <Suspense fallback={<div className="chart-placeholder" />}>
                <MutualCharts />
              </Suspense>
            )}
            {charts.map((choice, at) =>
              id === OVERVIEW && at === 0 ? (
                <div
                  key={choice.metric}
                  className="chart-main"
                  style={{ minHeight: mainHeight + AROUND_PLOT }}
                >
                  <Suspense>
                    <MetricChart choice={choice} height={mainHeight} />
                  </Suspense>
                </div>
              ) : (
                <Suspense key={choice.metric} fallback={<div className="chart-placeholder" />}>
                  <MetricChart choice={choice} />
                </Suspense>
              ),
            )}
          </div>
          {id === SPEED && (
            <Suspense>
              <Diagnostics />
            </Suspense>
          )}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
