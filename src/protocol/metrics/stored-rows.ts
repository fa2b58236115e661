import * as v from "valibot";
import { blankBatch, fixedColumns, type MetricBatch, measuredNames } from "./metric-batch";
import { type MetricName, metricNames, stages } from "./metrics";

/** Rows as storage and files hold them. Everything that is read back is checked. */

/** Of one run; more than a training of a million steps has. */
const MAX_ROWS = 4_000_000;

const metricName = v.picklist(metricNames);
const headings = {
  runId: v.string(),
  rows: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(MAX_ROWS)),
};

const columnsOf = <Column extends v.GenericSchema>(column: Column) => ({
  stage: column,
  step: column,
  epoch: column,
  wall: column,
  macs: column,
  measured: v.record(metricName, column),
});

const isWhole = (batch: MetricBatch): boolean =>
  fixedColumns.every((name) => batch[name].length === batch.rows) &&
  measuredNames(batch).every((name) => batch.measured[name]?.length === batch.rows) &&
  batch.stage.every((stage) => stages[stage] !== undefined);

const batchSchema = v.pipe(
  v.strictObject({ ...headings, ...columnsOf(v.instance(Float64Array<ArrayBuffer>)) }),
  v.check(isWhole),
);

/** JSON has no NaN: it stands as null. */
const numbers = v.pipe(
  v.array(v.nullable(v.number())),
  v.transform((list) => Float64Array.from(list, (number) => number ?? Number.NaN)),
);
const jsonSchema = v.pipe(v.strictObject({ ...headings, ...columnsOf(numbers) }), v.check(isWhole));

/** Row by row, as pages before this form wrote them: [rows, 5 + names], the fixed columns first. */
interface RowByRow {
  readonly runId: string;
  readonly rows: number;
  readonly names: readonly MetricName[];
  readonly cells: Float64Array;
}

function turned({ runId, rows, names, cells }: RowByRow): MetricBatch {
  const batch = blankBatch(runId, rows, names);
  const columns = [
    ...fixedColumns.map((name) => batch[name]),
    ...names.map((name) => batch.measured[name] as Float64Array),
  ];
  columns.forEach((column, place) => {
    for (let row = 0; row < rows; row++) column[row] = cells[row * columns.length + place] as number;
  });
  return batch;
}

const rowByRow = {
  ...headings,
  names: v.pipe(
    v.array(metricName),
    v.maxLength(metricNames.length),
    v.check((names) => new Set(names).size === names.length),
  ),
};
const hasAllCells = (batch: RowByRow): boolean =>
  batch.cells.length === batch.rows * (fixedColumns.length + batch.names.length);

const rowByRowSchema = v.pipe(
  v.strictObject({ ...rowByRow, cells: v.instance(Float64Array) }),
  v.check((batch) => hasAllCells(batch)),
  v.transform((batch): MetricBatch => turned(batch)),
  v.check(isWhole),
);
const rowByRowJsonSchema = v.pipe(
  v.strictObject({ ...rowByRow, cells: numbers }),
  v.check((batch) => hasAllCells(batch)),
  v.transform((batch): MetricBatch => turned(batch)),
  v.check(isWhole),
);

const storedSchema = v.union([batchSchema, rowByRowSchema]);
/** A batch as {@link batchToJson} writes it, or as earlier pages did. */
export const batchJsonSchema = v.union([jsonSchema, rowByRowJsonSchema]);

/** A batch from storage. Undefined for anything else. */
export function readBatch(input: unknown): MetricBatch | undefined {
  const checked = v.safeParse(storedSchema, input);
  return checked.success ? checked.output : undefined;
}

const listOf = (column: Float64Array) =>
  Array.from(column, (number) => (Number.isNaN(number) ? null : number));

export function batchToJson(batch: MetricBatch): unknown {
  const { runId, rows, measured } = batch;
  return {
    runId,
    rows,
    ...Object.fromEntries(fixedColumns.map((name) => [name, listOf(batch[name])])),
    measured: Object.fromEntries(Object.entries(measured).map(([name, column]) => [name, listOf(column)])),
  };
}

/** A batch from JSON. Undefined for anything else. */
export function batchFromJson(input: unknown): MetricBatch | undefined {
  const checked = v.safeParse(batchJsonSchema, input);
  return checked.success ? checked.output : undefined;
}
