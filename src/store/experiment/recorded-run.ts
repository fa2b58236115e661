import type { Experiment } from "../../protocol/experiment";
import {
  decodeRecording,
  encodeRecording,
  MAX_POINTS,
  type RecordedCurve,
  type RecordedPace,
  type Recording,
} from "../../protocol/links/recording";
import { type MetricName, stages } from "../../protocol/metrics/metrics";
import { valuesOf } from "../measurements/column";
import { curveOf } from "../measurements/series";
import type { RunRecord, RunState } from "../run-state";

/** A link's recorded curves, and the experiment in which they were measured. */
export interface RecordedExperiment {
  readonly experiment: Experiment;
  readonly recording: Recording;
  /** The id, where they are of a recorded comparison that came with the page. */
  readonly record?: string;
}

/** Whether the training shown is the recording itself, with which nothing is to be compared. */
export const isRecordingItself = (
  { reopened }: RunState,
  recorded: RecordedExperiment | undefined,
): boolean => reopened?.record !== undefined && reopened.record === recorded?.record;

/** Metrics of the student's stage, most important first: a long link drops the last ones first. */
const recordedMetrics: readonly MetricName[] = ["knnTop1", "probeTop1", "studentLoss"];
const pointCounts = [100, 60, 30, 15] as const;

/** About `count` indices of a list of this length, including both ends. */
function evenly(length: number, count: number): number[] {
  if (length <= count) return Array.from({ length }, (_, at) => at);
  return Array.from({ length: count }, (_, at) => Math.round((at * (length - 1)) / (count - 1)));
}

function recordCurves(run: RunState, metrics: readonly MetricName[], points: number): RecordedCurve[] {
  return run.runs.flatMap(({ planned, series }) =>
    metrics.flatMap((metric): RecordedCurve[] => {
      const { x, y } = curveOf(series, metric, "step", ["student", "joint"]);
      const finite = [...x.keys()].filter((at) => Number.isFinite(y[at]));
      // Of several measurements at one step the newest counts.
      const bySteps = new Map(finite.map((at) => [x[at] ?? 0, y[at] ?? 0]));
      const places = [...bySteps].sort(([a], [b]) => a - b);
      const kept = evenly(places.length, points).flatMap((at) => places.slice(at, at + 1));
      if (kept.length === 0) return [];
      const { arm, seed } = planned;
      return [
        { arm, seed, metric, steps: kept.map(([step]) => step), values: kept.map(([, value]) => value) },
      ];
    }),
  );
}

/** Number of positions at which a run's pace is recorded: enough for a training that was paused or slowed down. */
const PACE_PLACES = 8;

function paceOf({ planned: { arm, seed }, series }: RunRecord): RecordedPace[] {
  // Of several rows at one step the newest counts.
  const rowOf = new Map<number, number>();
  valuesOf(series.stage).forEach((stage, row) => {
    const name = stages[stage];
    if (name === "student" || name === "joint") rowOf.set(series.step.memory[row] ?? 0, row);
  });
  const rising = [...rowOf].sort(([a], [b]) => a - b);
  const kept = evenly(rising.length, PACE_PLACES).flatMap((at) => rising.slice(at, at + 1));
  if (kept.length === 0) return [];
  const along = (axis: "epoch" | "wall" | "macs", unit: number) =>
    kept.map(([, row]) => Math.round((series[axis].memory[row] ?? 0) / unit));
  const steps = kept.map(([step]) => step);
  return [
    {
      arm,
      seed,
      steps,
      epochs: along("epoch", 0.01),
      wallMs: along("wall", 1),
      megaMacs: along("macs", 1e6),
    },
  ];
}

/** As many measurements as fit: first fewer metrics, then fewer points. Undefined where there are none. */
export function recordRun(
  run: RunState,
  device: string,
  fits: (recording: Recording) => boolean,
  metrics: readonly MetricName[] = recordedMetrics,
  counts: readonly number[] = pointCounts,
): Recording | undefined {
  let least: Recording | undefined;
  const paces = run.runs.flatMap(paceOf);
  for (const points of counts) {
    for (let count = metrics.length; count > 0; count--) {
      const curves = recordCurves(run, metrics.slice(0, count), points);
      if (curves.length === 0) continue;
      least = { device, curves, paces };
      if (fits(least)) return least;
    }
  }
  return least;
}

/** For a file, which has room for more metrics and practically every point. */
const metricsOfFile: readonly MetricName[] = [
  ...recordedMetrics,
  "spread",
  "top1",
  "agreement",
  "probeTop5",
  "detectionAp",
];

export const recordForFile = (run: RunState, device: string): Recording | undefined =>
  recordRun(run, device, isReadable, metricsOfFile, [MAX_POINTS, 300, 100]);

const isReadable = (recording: Recording) => decodeRecording(encodeRecording(recording)).kind === "recording";
