import { type MetricBatch, packMetricRows, unpackMetricRows } from "../protocol/metrics";

/** A piece of so many rows is joined with no other any more. */
export const PIECE_ROWS = 512;
/** Shorter ones of a run, at most. */
export const SHORT_PIECES = 16;

/** The rows of all, in order, as one batch of the same run. */
export function joinBatches(runId: string, batches: readonly MetricBatch[]): MetricBatch {
  const [only, ...others] = batches;
  return only && others.length === 0 ? only : packMetricRows(runId, batches.flatMap(unpackMetricRows));
}
