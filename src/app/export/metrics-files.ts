import { csvText } from "../../charts/pictures/export";
import { resultsGrid } from "../../charts/tables/result-columns";
import { gridRecords } from "../../charts/tables/table-files";
import type { ResultRow } from "../../charts/types";
import type { MetricName } from "../../protocol/metrics/metrics";
import { metricNames, stages } from "../../protocol/metrics/metrics";
import { armNames } from "../../series/arm-names";
import type { RunRecord, RunState } from "../../store/run-state";

/** Measurements as files: every row at full resolution, neither smoothed nor decimated. */

interface Row {
  readonly stage: string;
  readonly step: number;
  readonly epoch: number;
  readonly wallMs: number;
  readonly macs: number;
  readonly values: Readonly<Partial<Record<MetricName, number>>>;
}

/** A run's rows in the order of measurement. */
export function rowsOf({ series }: RunRecord): readonly Row[] {
  const values: Partial<Record<MetricName, number>>[] = Array.from(
    { length: series.stage.length },
    () => ({}),
  );
  for (const name of metricNames) {
    const measured = series.measured[name];
    if (!measured) continue;
    for (let at = 0; at < measured.value.length; at++) {
      const row = values[measured.row.memory[at] ?? -1];
      const value = measured.value.memory[at];
      if (row && value !== undefined) row[name] = value;
    }
  }
  const number = (column: "stage" | "step" | "epoch" | "wall" | "macs", at: number) =>
    series[column].memory[at] ?? Number.NaN;
  return values.map((found, at) => ({
    stage: stages[number("stage", at)] ?? "student",
    step: number("step", at),
    epoch: number("epoch", at),
    wallMs: number("wall", at),
    macs: number("macs", at),
    values: found,
  }));
}

export function metricsCsv(run: RunState): string {
  const names = armNames(run);
  const rows = run.runs.map((record) => ({ record, rows: rowsOf(record) }));
  const used = metricNames.filter((name) => rows.some(({ record }) => record.series.measured[name]));
  const head = ["arm", "seed", "stage", "step", "epoch", "wall_ms", "macs", ...used];
  const lines = rows.flatMap(({ record: { planned }, rows: own }) =>
    own.map(({ stage, step, epoch, wallMs, macs, values }) => [
      names[planned.arm] ?? "Arm",
      planned.seed,
      stage,
      step,
      epoch,
      wallMs,
      macs,
      ...used.map((name) => values[name] ?? ""),
    ]),
  );
  return csvText([head, ...lines]);
}

/** Single images are shown on the page only. */
function withoutInspection<T extends { readonly inspection?: unknown }>(
  evaluation: T,
): Omit<T, "inspection"> {
  const { inspection: _, ...figures } = evaluation;
  return figures;
}

/** The complete results: per arm the outcome; per run its plan, rows, floors, final figures and failures. */
export function metricsJson(
  run: RunState,
  device: string | undefined,
  rows: readonly ResultRow[],
  baselineId: string | undefined,
): string {
  const results = gridRecords(resultsGrid(rows, baselineId));
  const names = armNames(run);
  const runs = run.runs.map((record) => ({
    arm: names[record.planned.arm],
    seed: record.planned.seed,
    plan: {
      stages: record.planned.stages,
      paperMacs: record.planned.paperMacs,
      parameters: record.planned.parameters,
    },
    floors: record.floors && withoutInspection(record.floors),
    final: record.final && {
      ...withoutInspection(record.final),
      ...(record.final.teacher && { teacher: withoutInspection(record.final.teacher) }),
    },
    failure: record.failure,
    rows: rowsOf(record),
  }));
  return JSON.stringify({ status: run.status, device, experiment: run.experiment, results, runs }, null, 1);
}
