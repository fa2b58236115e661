import { type MetricName, type MetricRow, metricNames, stages } from "./metrics";

/** Measurements in columns: the form in which they wait in the engine, are kept, cross to the page and are appended there. */

/** Columns of every row. `stage` is an index into `stages`, `wall` milliseconds of training. */
export const fixedColumns = ["stage", "step", "epoch", "wall", "macs"] as const;
type FixedColumn = (typeof fixedColumns)[number];

type Numbers = Float64Array<ArrayBuffer>;

/**
 * Rows of one run: each column has `rows` numbers. MACs exceed what float32 counts exactly. Columns that are made here lie
 * in one block of memory, so that a batch crosses to the page without a copy.
 */
export interface MetricBatch extends Readonly<Record<FixedColumn, Numbers>> {
  readonly runId: string;
  readonly rows: number;
  /** A column for each metric that was measured in one of the rows; NaN marks "not measured". */
  readonly measured: Readonly<Partial<Record<MetricName, Numbers>>>;
}

export const measuredNames = ({ measured }: Pick<MetricBatch, "measured">) =>
  Object.keys(measured) as MetricName[];

/** All columns to be filled, the measured ones with NaN in every row. */
export function blankBatch(runId: string, rows: number, names: readonly MetricName[]): MetricBatch {
  const block = new Float64Array(rows * (fixedColumns.length + names.length));
  block.fill(Number.NaN, rows * fixedColumns.length);
  const column = (at: number) => block.subarray(at * rows, (at + 1) * rows);
  const measured = Object.fromEntries(names.map((name, at) => [name, column(fixedColumns.length + at)]));
  const [stage, step, epoch, wall, macs] = [column(0), column(1), column(2), column(3), column(4)];
  return { runId, rows, stage, step, epoch, wall, macs, measured };
}

/** A measured NaN (divergence) is a failure of the run, not a row, and reads as absent. */
export function batchOfRows(runId: string, rows: readonly MetricRow[]): MetricBatch {
  const names = metricNames.filter((name) => rows.some(({ values }) => values[name] !== undefined));
  const batch = blankBatch(runId, rows.length, names);
  rows.forEach(({ stage, step, epoch, wallMs, macs, values }, at) => {
    batch.stage[at] = stages.indexOf(stage);
    batch.step[at] = step;
    batch.epoch[at] = epoch;
    batch.wall[at] = wallMs;
    batch.macs[at] = macs;
    for (const name of names) (batch.measured[name] as Numbers)[at] = values[name] ?? Number.NaN;
  });
  return batch;
}

/** The rows of all, in order, as one batch of its own memory. */
export function joinBatches(runId: string, batches: readonly MetricBatch[]): MetricBatch {
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const names = metricNames.filter((name) => batches.some(({ measured }) => measured[name]));
  const joined = blankBatch(runId, rows, names);
  let at = 0;
  for (const batch of batches) {
    for (const name of fixedColumns) joined[name].set(batch[name], at);
    for (const name of measuredNames(batch)) joined.measured[name]?.set(batch.measured[name] as Numbers, at);
    at += batch.rows;
  }
  return joined;
}

/**
 * Batches of one run that come in one by one. Each is joined with those before it that are not longer, so the number of
 * pieces, and how often a row is copied, grow with the logarithm of the number of rows.
 */
export class GatheredRows {
  private readonly pieces: MetricBatch[] = [];

  constructor(private readonly runId: string) {}

  /** The batch must keep its memory and its numbers. */
  add(batch: MetricBatch): void {
    let piece = batch;
    for (;;) {
      const before = this.pieces.at(-1);
      if (!before || before.rows > piece.rows) break;
      this.pieces.pop();
      piece = joinBatches(this.runId, [before, piece]);
    }
    if (piece.rows > 0) this.pieces.push(piece);
  }

  /** All of them, with memory of its own. */
  all(): MetricBatch {
    return joinBatches(this.runId, this.pieces);
  }
}
