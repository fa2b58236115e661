import { type CurvePicture, curvePicture } from "../../charts/curves/curve-picture";
import { metrics } from "../../protocol/metrics/metrics";
import { hasMutualTerms } from "../../protocol/schemes";
import { runEvents } from "../../series/chart-events";
import type { ChartChoice } from "../../series/chart-list";
import { SPEED, shownGroups } from "../../series/chart-list";
import { chartSeriesMaker, floorLines, paperFloors } from "../../series/chart-series";
import { mutualSeries } from "../../series/mutual-series";
import { overlaySeries } from "../../series/overlay-series";
import { recordedSeries } from "../../series/recorded-series";
import { runsOfSlot } from "../../series/runs-of-slot";
import type { AppState } from "../../store/app-store";
import { texts } from "../../texts/texts";

type Shown = Pick<AppState, "run" | "view" | "history" | "recorded">;

/** All charts of a training, whichever tab is open, with the page's current axes, smoothing, bands and groups. */
export function reportCharts(state: Shown): readonly CurvePicture[] {
  const { run, view, history, recorded } = state;
  const measured = new Set(run.runs.flatMap(({ series }) => Object.keys(series.measured)));
  const planned = new Set(run.runs.flatMap(({ planned: { stages } }) => stages.map(({ stage }) => stage)));
  const groups = shownGroups(measured as Parameters<typeof shownGroups>[0], planned);
  const seen = new Set<string>();
  const choices = groups
    .filter(({ id }) => id !== SPEED)
    .flatMap(({ charts }) => charts)
    .filter((choice) => {
      const key = `${choice.metric} ${choice.stages.join()}`;
      return !seen.has(key) && seen.add(key);
    });
  const look = {
    xAxis: view.xAxis,
    xScale: view.xScale,
    smoothing: view.smoothing,
    band: view.band,
    seeds: view.seeds,
    events: runEvents(run, view.xAxis, (slot) => !view.hiddenSlots.includes(slot)),
  };
  const seriesOf = (choice: ChartChoice) =>
    [
      ...chartSeriesMaker(choice)(run, view, view.xAxis),
      ...recordedSeries(recorded, choice.metric, view.xAxis, view.hiddenSlots, run.runs.length === 0),
      ...overlaySeries(history.overlays, choice, view.xAxis, view.hiddenSlots),
    ].filter(({ hidden }) => !hidden);
  const charts = choices.map((choice) => {
    return curvePicture({
      ...look,
      title: texts().metrics[choice.metric].label,
      unit: metrics[choice.metric].unit,
      series: seriesOf(choice),
      floors: [...floorLines(run.runs, choice.metric), ...paperFloors(view.paperLines, choice.metric)],
      yScale: view.yScale,
    });
  });
  const mutual = run.armSlots.flatMap((slot, arm) => {
    const { name, scheme } = run.experiment?.arms[arm] ?? {};
    if (!scheme || !hasMutualTerms(scheme) || view.hiddenSlots.includes(slot)) return [];
    const series = mutualSeries(runsOfSlot(run, slot), view.xAxis);
    const words = texts().curves;
    const title = words.ofArm(words.mutualTitle, name ?? words.arm);
    return [curvePicture({ ...look, title, unit: "none", series })];
  });
  return [...charts, ...mutual].filter(({ svg }) => svg !== undefined);
}
