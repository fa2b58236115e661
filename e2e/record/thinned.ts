import { RECORDED_UNIT } from "../../src/protocol/links/recording";
import type { FinalEvaluation, Floors } from "../../src/protocol/messages";
import { fixedColumns, type MetricBatch, measuredNames } from "../../src/protocol/metrics/metric-batch";
import { type MetricName, metrics } from "../../src/protocol/metrics/metrics";
import type { WholeTraining } from "../../src/protocol/saved-training";
import { without } from "../../src/store/app-store";

/** Rows kept of each stage besides those with an evaluation. */
const ROWS_PER_STAGE = 40;
/** Say more about the machine than about the methods. */
const leftOut: readonly MetricName[] = ["imagesPerSecond", "gpuBytes"];

/**
 * A training small enough to be sent to every visitor: every evaluation, some rows of what every step measures, and no
 * inspected images. Numbers are rounded as in recorded links, below 0.1 to four digits.
 */
export function thinned({ training, batches }: WholeTraining): WholeTraining {
  return {
    training: {
      ...training,
      runs: training.runs.map(({ floors, final, ...run }) => ({
        ...run,
        ...(floors && { floors: plainFloors(floors) }),
        ...(final && { final: plainFinal(final) }),
      })),
    },
    batches: batches.map(thinnedBatch),
  };
}

const plainFloors = (floors: Floors): Floors => without(floors, "inspection");

function plainFinal({ teacher, ...final }: FinalEvaluation): FinalEvaluation {
  return { ...without(final, "inspection"), ...(teacher && { teacher: without(teacher, "inspection") }) };
}

const isEvaluation = (name: MetricName) => metrics[name].unit === "fraction" || name.endsWith("pread");

function thinnedBatch(batch: MetricBatch): MetricBatch {
  const names = measuredNames(batch).filter((name) => !leftOut.includes(name));
  const evaluations = names.filter(isEvaluation).flatMap((name) => batch.measured[name] ?? []);
  const kept = new Set<number>();
  for (const stage of new Set(batch.stage)) {
    const rows = [...batch.stage.keys()].filter((row) => batch.stage[row] === stage);
    const stride = Math.max(1, (rows.length - 1) / (ROWS_PER_STAGE - 1));
    for (let at = 0; at < rows.length - 0.5; at += stride) kept.add(rows[Math.round(at)] as number);
    kept.add(rows.at(-1) as number);
  }
  for (let row = 0; row < batch.rows; row++) {
    if (evaluations.some((column) => !Number.isNaN(column[row]))) kept.add(row);
  }
  const rows = [...kept].sort((a, b) => a - b);
  const taken = (column: Float64Array, round: (value: number) => number) =>
    Float64Array.from(rows, (row) => round(column[row] as number));
  const measured = names.map((name) => [name, taken(batch.measured[name] as Float64Array, rounded)] as const);
  const columns = fixedColumns.map((name) => [name, taken(batch[name], roundings[name])] as const);
  return {
    runId: batch.runId,
    rows: rows.length,
    ...(Object.fromEntries(columns) as Pick<MetricBatch, (typeof fixedColumns)[number]>),
    measured: Object.fromEntries(
      measured.filter(([, column]) => !column.every(Number.isNaN)),
    ) as MetricBatch["measured"],
  };
}

const multipleOf = (unit: number) => (value: number) => Math.round(value / unit) * unit;
const roundings = {
  stage: (value) => value,
  step: (value) => value,
  epoch: (value) => Number(value.toFixed(3)),
  wall: Math.round,
  macs: multipleOf(1e6),
} as const satisfies Record<(typeof fixedColumns)[number], (value: number) => number>;

const DECIMALS = Math.round(-Math.log10(RECORDED_UNIT));
const rounded = (value: number) =>
  Number(Math.abs(value) < 0.1 ? value.toPrecision(4) : value.toFixed(DECIMALS));
