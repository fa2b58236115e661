import type { ChartSeries } from "../../charts/types";
import type { MetricName } from "../../protocol/metrics";
import type { RecordedExperiment } from "../../store/reproduction";
import type { XAxis } from "../../store/series";
import { texts } from "../../texts/texts";
import { armColor } from "../arm-colors";

/** Places of recorded arms among the hidden ones: below those of arms that train here. */
const placeOf = (arm: number) => -1 - arm;
const idOf = (arm: number) => `recorded-${arm}`;

/** Undefined for the id of an arm that trains here. */
export function placeOfRecorded(id: string): number | undefined {
  const arm = /^recorded-(\d+)$/.exec(id)?.[1];
  return arm === undefined ? undefined : placeOf(Number(arm));
}

/** What a link brought along, dotted in the colours of its arms. It knows the steps only, not the time that they took. */
export function recordedSeries(
  recorded: RecordedExperiment | undefined,
  metric: MetricName,
  axis: XAxis,
  hidden: readonly number[],
): readonly ChartSeries[] {
  if (!recorded || axis !== "step") return [];
  const { experiment, recording } = recorded;
  return experiment.arms.flatMap(({ name }, arm) => {
    const runs = recording.curves
      .filter((curve) => curve.arm === arm && curve.metric === metric)
      .map(({ seed, steps, values }) => ({ seed, x: steps, y: values }));
    if (runs.length === 0) return [];
    const label = texts().curves.recorded(name);
    return [
      {
        id: idOf(arm),
        label,
        color: armColor(arm),
        dash: "1 4",
        hidden: hidden.includes(placeOf(arm)),
        runs,
      },
    ];
  });
}
