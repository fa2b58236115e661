import { type MetricBatch, packMetricRows, unpackMetricRows } from "../protocol/metrics";

/** A piece is begun anew once it has so many rows. */
export const PIECE_ROWS = 512;

/** The rows of all, in order, as one batch of the same run. */
export function joinBatches(runId: string, batches: readonly MetricBatch[]): MetricBatch {
  const [only, ...others] = batches;
  return only && others.length === 0 ? only : packMetricRows(runId, batches.flatMap(unpackMetricRows));
}
