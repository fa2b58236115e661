import { Continued } from "../charts/series/continued";
import type { ChartEvent } from "../charts/types";
import type { XAxis } from "../protocol/metrics/metrics";
import { type MetricName, metricNames } from "../protocol/metrics/metrics";
import { curveOf } from "../store/measurements/series";
import type { RunRecord, RunState } from "../store/run-state";
import { texts } from "../texts/texts";
import { armColor } from "./arm-colors";
import { armNames } from "./arm-names";

/**
 * √d times the mean standard deviation of unit vectors: about 1 for healthy embeddings, about 0.2 for a random network
 * here.
 */
const COLLAPSED = 0.05;

/**
 * Failures during training, at the steps where they were measured: each run's collapse, each member's crash, and
 * divergence. Only for arms in `shown`, given by their places in the palette.
 */
export function runEvents(
  run: RunState,
  axis: XAxis,
  shown: (slot: number) => boolean = () => true,
): readonly ChartEvent[] {
  const names = armNames(run);
  const seeds = new Set(run.runs.map(({ planned }) => planned.seed));
  return run.runs.flatMap((record) => {
    const { arm, seed, runId } = record.planned;
    const slot = run.armSlots[arm] ?? 0;
    if (!shown(slot)) return [];
    const armName = names[arm] ?? texts().run.arm;
    const name = seeds.size > 1 ? texts().run.runName(armName, seed) : armName;
    const color = armColor(slot);
    return [collapses, crashes, divergences]
      .flatMap((find) => find(record, axis))
      .map(({ what, x }) => ({
        id: `${runId} ${what}`,
        label: texts().curves.happened(name, what),
        kind: texts().curves.happened(armName, what),
        x,
        color,
      }));
  });
}

interface Happened {
  readonly what: string;
  readonly x: number;
}

/** Of each spread curve the number of checked points, and of those before the one from which on it has been too low. */
const lookedThrough = new Continued<{ checked: number; healthy: number }>();

/** Some methods pass through low spread in their warm-up: a run that has recovered has not collapsed. */
function collapses({ series }: RunRecord, axis: XAxis): Happened[] {
  const { x, y } = curveOf(series, "spread", axis, ["student", "joint"]);
  const state = lookedThrough.of([y], [], () => ({ checked: 0, healthy: 0 }));
  for (; state.checked < y.length; state.checked++) {
    if (!((y[state.checked] as number) < COLLAPSED)) state.healthy = state.checked + 1;
  }
  const place = x[state.healthy];
  return place === undefined ? [] : [{ what: texts().curves.collapsed, x: place }];
}

const crashMetrics = metricNames.filter((name): name is CrashMetric => /^member\dCrashStep$/.test(name));
type CrashMetric = Extract<MetricName, `member${number}CrashStep`>;

/** Measured at the evaluation that confirmed the crash, which comes after the step that the value gives. */
function crashes({ series }: RunRecord, axis: XAxis): Happened[] {
  return crashMetrics.flatMap((metric) => {
    const { x, y } = curveOf(series, metric, axis, ["student", "joint"]);
    const [place, step] = [x[0], y[0]];
    if (place === undefined || step === undefined) return [];
    const what = texts().curves.crashed(metric.slice("member".length, -"CrashStep".length));
    return [{ what, x: axis === "step" ? step : place }];
  });
}

/** At the step of the divergence, which has no row of its own. A teacher's own stage has its own curves. */
function divergences({ series, failure, position }: RunRecord, axis: XAxis): Happened[] {
  if (failure?.kind !== "diverged") return [];
  if (position?.stage !== "student" && position?.stage !== "joint") return [];
  const { x } = curveOf(series, "studentLoss", axis, [position.stage]);
  const place = axis === "step" ? failure.step : x.at(-1);
  return place === undefined ? [] : [{ what: texts().curves.diverged, x: place }];
}
