import {
  blankBatch,
  fixedColumns,
  type MetricBatch,
  measuredNames,
} from "../../protocol/metrics/metric-batch";
import { type MetricName, metricNames, type Stage, stages, type XAxis } from "../../protocol/metrics/metrics";
import { appendTo, type Column, emptyColumn, lastOf, valuesOf } from "./column";

/** A measurement: its row's number within the run, and its value. */
interface Measured {
  readonly row: Column;
  readonly value: Column;
}

/** All rows of one run at full resolution. */
export interface RunSeries {
  /** One entry per row; `stage` is an index into `stages`. */
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
  const first = series.stage.length;
  const measured = { ...series.measured };
  for (const name of measuredNames(batch)) {
    const before = measured[name] ?? nothing;
    const found = presentIn(batch.measured[name] ?? emptyColumn.memory, first);
    measured[name] = { row: appendTo(before.row, found.row), value: appendTo(before.value, found.value) };
  }
  return {
    stage: appendTo(series.stage, batch.stage),
    step: appendTo(series.step, batch.step),
    epoch: appendTo(series.epoch, batch.epoch),
    wall: appendTo(series.wall, batch.wall),
    macs: appendTo(series.macs, batch.macs),
    measured,
  };
}

/** The measured numbers of a column. @param first the number of the column's first row in the run */
function presentIn(column: Float64Array, first: number) {
  const [row, value] = [new Float64Array(column.length), new Float64Array(column.length)];
  let count = 0;
  column.forEach((number, at) => {
    if (Number.isNaN(number)) return;
    row[count] = first + at;
    value[count++] = number;
  });
  return { row: row.subarray(0, count), value: value.subarray(0, count) };
}

/** Its rows from number `from` on, in the engine's format. */
export function batchOf(runId: string, series: RunSeries, from: number): MetricBatch {
  const { length } = series.stage;
  const names = metricNames.filter(
    (name) => (lastOf(series.measured[name]?.row ?? emptyColumn) ?? -1) >= from,
  );
  const batch = blankBatch(runId, length - from, names);
  for (const name of fixedColumns) batch[name].set(series[name].memory.subarray(from, length));
  for (const name of names) {
    const { row, value } = series.measured[name] ?? nothing;
    const column = batch.measured[name] ?? emptyColumn.memory;
    for (let at = row.length - 1; at >= 0 && (row.memory[at] ?? -1) >= from; at--) {
      column[(row.memory[at] ?? 0) - from] = value.memory[at] ?? Number.NaN;
    }
  }
  return batch;
}

export interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const emptyCurve: Curve = { x: new Float64Array(0), y: new Float64Array(0) };
const drawn = new WeakMap<RunSeries, Map<string, Curve>>();

/**
 * One metric over one axis, for the given stages. Returns the same object while nothing more has been measured; for a
 * grown series, a longer view of the same memory where possible.
 */
export function curveOf(series: RunSeries, metric: MetricName, axis: XAxis, among: readonly Stage[]): Curve {
  const known = drawn.get(series) ?? new Map<string, Curve>();
  drawn.set(series, known);
  const key = `${metric} ${axis} ${among.join()}`;
  const curve = known.get(key) ?? grownCurve(series, metric, axis, among, key);
  known.set(key, curve);
  return curve;
}

/** A curve as gathered so far. */
interface Gathered {
  /** Number of measurements processed. */
  readonly seen: number;
  /** The stage of the last point, and the axis position where that stage begins. */
  readonly stage: number;
  readonly offset: number;
  readonly x: Column;
  readonly y: Column;
  readonly curve: Curve;
}

const nothingYet: Gathered = {
  seen: 0,
  stage: -1,
  offset: 0,
  x: emptyColumn,
  y: emptyColumn,
  curve: emptyCurve,
};

/** The newest curve of each history, by the memory that its series share. */
const newest = new WeakMap<Float64Array, Map<string, Gathered>>();

/** Twenty thousand streamed points are not gathered again for each new one. */
function grownCurve(
  series: RunSeries,
  metric: MetricName,
  axis: XAxis,
  among: readonly Stage[],
  key: string,
): Curve {
  const measured = series.measured[metric];
  if (!measured) return emptyCurve;
  const known = newest.get(series.stage.memory) ?? new Map<string, Gathered>();
  newest.set(series.stage.memory, known);
  const before = known.get(key) ?? nothingYet;
  const isOlder = before.seen > measured.row.length;
  const gathered = gather(isOlder ? nothingYet : before, series, measured, axis, among);
  if (!isOlder) known.set(key, gathered);
  return gathered.curve;
}

function gather(
  before: Gathered,
  series: RunSeries,
  measured: Measured,
  axis: XAxis,
  among: readonly Stage[],
): Gathered {
  const [rows, values, along] = [valuesOf(measured.row), measured.value.memory, series[axis].memory];
  const isWanted = stages.map((name) => among.includes(name));
  // Steps and epochs count within a stage; a following stage continues where the previous one ended.
  const isCounted = axis === "step" || axis === "epoch";
  let { stage, offset } = before;
  let end = lastOf(before.x) ?? 0;
  const [x, y]: [number[], number[]] = [[], []];
  for (let at = before.seen; at < rows.length; at++) {
    const row = rows[at] as number;
    const current = series.stage.memory[row] ?? -1;
    if (!isWanted[current]) continue;
    if (isCounted && stage >= 0 && current !== stage) offset = end;
    stage = current;
    end = offset + (along[row] ?? Number.NaN);
    x.push(end);
    y.push(values[at] ?? Number.NaN);
  }
  const all = { x: appendTo(before.x, x), y: appendTo(before.y, y) };
  const curve = x.length > 0 ? { x: valuesOf(all.x), y: valuesOf(all.y) } : before.curve;
  return { seen: rows.length, stage, offset, ...all, curve };
}

/** The newest value of a metric, whatever the stage. */
export function latestValue(series: RunSeries, metric: MetricName): number | undefined {
  const measured = series.measured[metric];
  return measured && measured.value.length > 0 ? measured.value.memory[measured.value.length - 1] : undefined;
}

/** The greatest value measured after the first step, in the given stages; −Infinity where there is none. */
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
  // A single pass without a copy, because long curves are searched while they grow.
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const value = values[at] as number;
    if (value > most && (step[row] as number) > 0 && isWanted[stage[row] as number]) most = value;
  }
  return most;
}
