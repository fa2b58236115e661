import { type MetricBatch, packMetricRows, unpackMetricRows } from "../protocol/metrics";

/** Number of rows from which a piece is not merged any more. */
export const PIECE_ROWS = 512;
/** Maximum number of shorter pieces per run. */
export const SHORT_PIECES = 16;

/** The rows of all pieces, in order, as one batch of the same run. */
export function joinBatches(runId: string, batches: readonly MetricBatch[]): MetricBatch {
  const [only, ...others] = batches;
  return only && others.length === 0 ? only : packMetricRows(runId, batches.flatMap(unpackMetricRows));
}
