import type { ChartSeries, ResultRow, SeedSummary } from "./types";

export const summary = (
  mean: number,
  deviation = Number.NaN,
  n = Number.isNaN(deviation) ? 1 : 3,
): SeedSummary => ({
  n,
  mean,
  deviation,
});

/** An arm with one run per list of values, measured at steps 0, 10, 20, … */
export function arm(id: string, heights: readonly (readonly number[])[], hidden = false): ChartSeries {
  const runs = heights.map((y, i) => ({ seed: i + 1, x: y.map((_, step) => 10 * step), y }));
  return { id, label: `Arm ${id}`, color: "rgb(0, 114, 178)", hidden, runs };
}

export function resultRow(id: string, more: Partial<ResultRow> = {}): ResultRow {
  const accuracy = {};
  return { id, label: `Arm ${id}`, color: "teal", finishedSeeds: 0, plannedSeeds: 3, accuracy, ...more };
}
