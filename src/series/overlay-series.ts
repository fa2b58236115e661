import type { ChartSeries } from "../charts/types";
import { MAX_ARMS } from "../protocol/experiment";
import type { XAxis } from "../protocol/metrics/metrics";
import type { Overlay } from "../store/history/history-state";
import { curveOf } from "../store/measurements/series";
import { texts } from "../texts/texts";
import { armColor } from "./arm-colors";
import type { ChartChoice } from "./chart-list";
import type { RowRuns } from "./tables/result-rows";

/** One dash pattern per saved training, none used by an arm: color identifies the arm, dash the training. */
const dashes = ["1.5 1.5", "16 3 1.5 3 1.5 3", "3 1.5", "1.5 6"] as const;
const dashOf = (number: number) => dashes[number % dashes.length] ?? "1.5 1.5";

/** Places of overlaid arms among the hidden ones: below those of a link's recorded arms. */
const placeOf = (number: number, arm: number) => -1 - MAX_ARMS * (number + 1) - arm;
const idOf = (number: number, arm: number) => `overlay-${number}-${arm}`;

/** Undefined for the id of any other curve. */
export function placeOfOverlay(id: string): number | undefined {
  const [, number, arm] = /^overlay-(\d+)-(\d+)$/.exec(id) ?? [];
  return number === undefined ? undefined : placeOf(Number(number), Number(arm));
}

/** The curves of the saved trainings chosen for comparison. */
export function overlaySeries(
  overlays: readonly Overlay[],
  { metric, stages }: ChartChoice,
  axis: XAxis,
  hidden: readonly number[],
): readonly ChartSeries[] {
  return overlays.flatMap(({ experiment, runs, brief, number }) =>
    experiment.arms.flatMap(({ name }, arm) => {
      const curves = runs
        .filter(({ planned }) => planned.arm === arm)
        .map(({ planned, series }) => ({ seed: planned.seed, ...curveOf(series, metric, axis, stages) }))
        .filter(({ x }) => x.length > 0);
      if (curves.length === 0) return [];
      return [
        {
          id: idOf(number, arm),
          label: texts().history.overlaid(name, brief),
          color: armColor(arm),
          dash: dashOf(number),
          hidden: hidden.includes(placeOf(number, arm)),
          runs: curves,
        },
      ];
    }),
  );
}

/** Their arms as rows of the results. */
export function overlayRuns(overlays: readonly Overlay[]): readonly RowRuns[] {
  return overlays.flatMap(({ experiment, runs, brief, number }) =>
    experiment.arms.map(({ name }, arm) => ({
      id: idOf(number, arm),
      label: texts().history.overlaid(name, brief),
      color: armColor(arm),
      dash: dashOf(number),
      runs: runs.filter(({ planned }) => planned.arm === arm),
    })),
  );
}
