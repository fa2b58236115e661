import type { ChartSeries } from "../charts/types";
import type { MetricName, XAxis } from "../protocol/metrics/metrics";
import { curveOf } from "../store/measurements/series";
import type { RunRecord } from "../store/run-state";
import { texts } from "../texts/texts";

/** The student's loss in mutual learning, and the three terms it is the sum of; the last one is subtracted. */
const parts = [
  { id: "whole", metric: "studentLoss", sign: 1, color: "var(--text)" },
  { id: "labels", metric: "labelLoss", sign: 1, color: "var(--arm-1)", dash: "6 3" },
  { id: "ensemble", metric: "mutualEnsemble", sign: 1, color: "var(--arm-2)", dash: "2 3" },
  { id: "entropy", metric: "mutualPeerEntropy", sign: -1, color: "var(--arm-3)", dash: "8 3 2 3" },
] as const satisfies readonly { readonly metric: MetricName; readonly [key: string]: unknown }[];

/** L = H(y, p) + H(p̄, p) − mean H(p_j) of one arm's runs: a curve per term and one for the total. */
export function mutualSeries(runs: readonly RunRecord[], axis: XAxis): readonly ChartSeries[] {
  const words = texts().curves.mutualParts;
  return parts.map(({ id, metric, sign, ...look }) => ({
    id,
    label: words[id],
    ...look,
    hidden: false,
    front: id === "whole",
    runs: runs
      .map(({ planned, series }) => {
        const { x, y } = curveOf(series, metric, axis, ["student"]);
        return { seed: planned.seed, x, y: Array.from(y, (value) => sign * value) };
      })
      .filter(({ x }) => x.length > 0),
  }));
}
