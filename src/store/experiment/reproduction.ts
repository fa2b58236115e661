import { RECORDED_UNIT, type RecordedCurve, type Recording } from "../../protocol/links/recording";
import type { MetricName } from "../../protocol/metrics/metrics";
import { curveOf } from "../measurements/series";
import type { RunState } from "../run-state";

/** Distances of one metric, or of all together. */
export interface Comparison {
  /** Number of recorded points with a measurement at the same step here, and of all recorded points. */
  readonly compared: number;
  readonly recorded: number;
  /** Greatest and mean distance, over all metrics. */
  readonly greatest: number;
  readonly mean: number;
}

/** Compares point by point, where both have measurements. */
export function compareWithRecording(recording: Recording, run: RunState): Comparison {
  return compareCurves(recording.curves, run);
}

/** The same for each metric separately: losses and accuracies have different scales. */
export function compareMetrics(
  recording: Recording,
  run: RunState,
): readonly (Comparison & { readonly metric: MetricName })[] {
  const metrics = [...new Set(recording.curves.map(({ metric }) => metric))];
  return metrics.map((metric) => ({
    metric,
    ...compareCurves(
      recording.curves.filter((curve) => curve.metric === metric),
      run,
    ),
  }));
}

function compareCurves(curves: readonly RecordedCurve[], run: RunState): Comparison {
  let [compared, recorded, greatest, sum] = [0, 0, 0, 0];
  for (const { arm, seed, metric, steps, values } of curves) {
    recorded += steps.length;
    const own = run.runs.find(({ planned }) => planned.arm === arm && planned.seed === seed);
    if (!own) continue;
    const { x, y } = curveOf(own.series, metric, "step", ["student", "joint"]);
    const measured = new Map([...x].map((step, at) => [step, y[at] ?? Number.NaN]));
    steps.forEach((step, at) => {
      const distance = Math.abs((measured.get(step) ?? Number.NaN) - (values[at] ?? Number.NaN));
      if (!Number.isFinite(distance)) return;
      compared += 1;
      sum += distance;
      greatest = Math.max(greatest, distance);
    });
  }
  return { compared, recorded, greatest, mean: compared > 0 ? sum / compared : Number.NaN };
}

/** A recorded value is at most half a unit away from the measured one; the rest is the rounding of the division. */
export const SAME_WITHIN = RECORDED_UNIT / 2 + 1e-9;
/** Another device rounds differently, and training amplifies small differences: the limit for "close". */
export const CLOSE_WITHIN = 0.03;

export type Verdict = "nothing" | "same" | "close" | "differs";

export function verdictOf({ compared, greatest, mean }: Comparison): Verdict {
  if (compared === 0) return "nothing";
  if (greatest <= SAME_WITHIN) return "same";
  return mean <= CLOSE_WITHIN ? "close" : "differs";
}
