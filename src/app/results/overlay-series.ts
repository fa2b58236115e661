import type { ChartSeries } from "../../charts/types";
import { MAX_ARMS } from "../../protocol/experiment";
import type { Overlay } from "../../store/history-state";
import { curveOf, type XAxis } from "../../store/series";
import { texts } from "../../texts/texts";
import { armColor } from "../arm-colors";
import type { ChartChoice } from "./chart-list";

/** One pattern per saved training: the colour says which arm, the dash which training. */
const dashes = ["8 3", "3 3", "12 3 3 3", "1 3"] as const;

/** Places of overlaid arms among the hidden ones: below those of a link's recorded arms. */
const placeOf = (number: number, arm: number) => -1 - MAX_ARMS * (number + 1) - arm;
const idOf = (number: number, arm: number) => `overlay-${number}-${arm}`;

/** Undefined for the id of any other curve. */
export function placeOfOverlay(id: string): number | undefined {
  const [, number, arm] = /^overlay-(\d+)-(\d+)$/.exec(id) ?? [];
  return number === undefined ? undefined : placeOf(Number(number), Number(arm));
}

/** The curves of saved trainings that the visitor compares with. */
export function overlaySeries(
  overlays: readonly Overlay[],
  { metric, stages }: ChartChoice,
  axis: XAxis,
  hidden: readonly number[],
): readonly ChartSeries[] {
  return overlays.flatMap(({ experiment, runs, title, number }) =>
    experiment.arms.flatMap(({ name }, arm) => {
      const curves = runs
        .filter(({ planned }) => planned.arm === arm)
        .map(({ planned, series }) => ({ seed: planned.seed, ...curveOf(series, metric, axis, stages) }))
        .filter(({ x }) => x.length > 0);
      if (curves.length === 0) return [];
      return [
        {
          id: idOf(number, arm),
          label: texts().history.overlaid(name, title),
          color: armColor(arm),
          dash: dashes[number % dashes.length] ?? "8 3",
          hidden: hidden.includes(placeOf(number, arm)),
          runs: curves,
        },
      ];
    }),
  );
}
