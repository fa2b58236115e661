import { type MetricBatch, measuredNames } from "./metric-batch";
import { type MetricRow, metricNames, stages } from "./metrics";

/** A batch row by row. */
export function rowsOf(batch: MetricBatch): MetricRow[] {
  return Array.from({ length: batch.rows }, (_, at) => {
    const measured = measuredNames(batch).map(
      (name) => [name, batch.measured[name]?.[at] ?? Number.NaN] as const,
    );
    return {
      stage: stages[batch.stage[at] ?? -1] ?? "student",
      step: batch.step[at] as number,
      epoch: batch.epoch[at] as number,
      wallMs: batch.wall[at] as number,
      macs: batch.macs[at] as number,
      values: Object.fromEntries(measured.filter(([, value]) => !Number.isNaN(value))),
    };
  });
}

/** Row by row, as pages before columns kept a run. */
export function cellsOf(runId: string, all: readonly MetricRow[]) {
  const names = metricNames.filter((name) => all.some(({ values }) => values[name] !== undefined));
  const cells = all.flatMap(({ stage, step, epoch, wallMs, macs, values }) => [
    ...[stages.indexOf(stage), step, epoch, wallMs, macs],
    ...names.map((name) => values[name] ?? Number.NaN),
  ]);
  return { runId, rows: all.length, names, cells: Float64Array.from(cells) };
}
