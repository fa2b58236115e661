import type { MetricBatch, MetricName, Stage } from "../protocol/metrics";
import { FIXED_COLUMNS, metricNames, stages, unpackMetricRows } from "../protocol/metrics";
import { appendTo, type Column, emptyColumn, lastOf, valuesOf } from "./column";

/** What a curve may be drawn over. Step and epoch count within a stage, wall milliseconds and MACs within the run. */
export type XAxis = "step" | "epoch" | "wall" | "macs";

/** Where a metric was measured: the row's number among the run's rows, and the value. */
interface Measured {
  readonly row: Column;
  readonly value: Column;
}

/** All rows of one run at full resolution. */
export interface RunSeries {
  /** One entry per row each; `stage` is an index into `stages`. */
  readonly stage: Column;
  readonly step: Column;
  readonly epoch: Column;
  readonly wall: Column;
  readonly macs: Column;
  readonly measured: Readonly<Partial<Record<MetricName, Measured>>>;
}

export const emptySeries: RunSeries = {
  stage: emptyColumn,
  step: emptyColumn,
  epoch: emptyColumn,
  wall: emptyColumn,
  macs: emptyColumn,
  measured: {},
};

const nothing: Measured = { row: emptyColumn, value: emptyColumn };

/** Append to the newest series only (see `Column`). */
export function appendBatch(series: RunSeries, batch: MetricBatch): RunSeries {
  const rows = unpackMetricRows(batch);
  const first = series.stage.length;
  const measured = { ...series.measured };
  for (const name of batch.names) {
    const found = rows.flatMap(({ values }, at) => {
      const value = values[name];
      return value === undefined ? [] : [{ row: first + at, value }];
    });
    const before = measured[name] ?? nothing;
    measured[name] = {
      row: appendTo(
        before.row,
        found.map(({ row }) => row),
      ),
      value: appendTo(
        before.value,
        found.map(({ value }) => value),
      ),
    };
  }
  const column = (name: "step" | "epoch" | "macs") =>
    appendTo(
      series[name],
      rows.map((row) => row[name]),
    );
  return {
    stage: appendTo(
      series.stage,
      rows.map(({ stage }) => stages.indexOf(stage)),
    ),
    step: column("step"),
    epoch: column("epoch"),
    wall: appendTo(
      series.wall,
      rows.map(({ wallMs }) => wallMs),
    ),
    macs: column("macs"),
    measured,
  };
}

/** Its rows from the one numbered `from` on, as the engine sends them. */
export function batchOf(runId: string, series: RunSeries, from: number): MetricBatch {
  const rows = series.stage.length - from;
  const names = metricNames.filter(
    (name) => (lastOf(series.measured[name]?.row ?? emptyColumn) ?? -1) >= from,
  );
  const width = FIXED_COLUMNS + names.length;
  const cells = new Float64Array(rows * width).fill(Number.NaN);
  (["stage", "step", "epoch", "wall", "macs"] as const).forEach((name, column) => {
    for (let row = 0; row < rows; row++) {
      cells[row * width + column] = series[name].memory[from + row] ?? Number.NaN;
    }
  });
  names.forEach((name, column) => {
    const { row, value } = series.measured[name] ?? nothing;
    for (let at = row.length - 1; at >= 0 && (row.memory[at] ?? -1) >= from; at--) {
      cells[((row.memory[at] ?? 0) - from) * width + FIXED_COLUMNS + column] = value.memory[at] ?? Number.NaN;
    }
  });
  return { runId, rows, names, cells };
}

export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const emptyCurve: Curve = { x: new Float64Array(0), y: new Float64Array(0) };
const drawn = new WeakMap<RunSeries, Map<string, Curve>>();

/** One metric over one axis, of the given stages only. The same curve object as long as the series is the same. */
export function curveOf(series: RunSeries, metric: MetricName, axis: XAxis, among: readonly Stage[]): Curve {
  const known = drawn.get(series) ?? new Map<string, Curve>();
  drawn.set(series, known);
  const key = `${metric} ${axis} ${among.join()}`;
  const curve = known.get(key) ?? gather(series, metric, axis, among);
  known.set(key, curve);
  return curve;
}

function gather(series: RunSeries, metric: MetricName, axis: XAxis, among: readonly Stage[]): Curve {
  const measured = series.measured[metric];
  if (!measured) return emptyCurve;
  const [rows, values, stage, along] = [
    valuesOf(measured.row),
    valuesOf(measured.value),
    series.stage.memory,
    series[axis].memory,
  ];
  const x = new Float64Array(rows.length);
  const y = new Float64Array(rows.length);
  const isWanted = stages.map((name) => among.includes(name));
  let count = 0;
  // Steps and epochs are counted by stage: a stage that follows another goes on where that ended.
  const isCounted = axis === "step" || axis === "epoch";
  let [last, offset] = [-1, 0];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const current = stage[row] ?? -1;
    if (!isWanted[current]) continue;
    if (isCounted && last >= 0 && current !== last) offset = x[count - 1] ?? 0;
    last = current;
    x[count] = offset + (along[row] ?? Number.NaN);
    y[count] = values[at] ?? Number.NaN;
    count++;
  }
  return { x: x.subarray(0, count), y: y.subarray(0, count) };
}

/** The newest value of a metric, whatever the stage. */
export function latestValue(series: RunSeries, metric: MetricName): number | undefined {
  const measured = series.measured[metric];
  return measured && measured.value.length > 0 ? measured.value.memory[measured.value.length - 1] : undefined;
}

/** The greatest value that was measured after the first step, in the given stages; −Infinity where there is none. */
export function greatestValue(series: RunSeries, metric: MetricName, among: readonly Stage[]): number {
  const measured = series.measured[metric];
  let most = Number.NEGATIVE_INFINITY;
  if (!measured) return most;
  const isWanted = stages.map((name) => among.includes(name));
  const [rows, values, stage, step] = [
    valuesOf(measured.row),
    valuesOf(measured.value),
    series.stage.memory,
    series.step.memory,
  ];
  // One walk without a copy: long curves are looked through while they grow.
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const value = values[at] as number;
    if (value > most && (step[row] as number) > 0 && isWanted[stage[row] as number]) most = value;
  }
  return most;
}
