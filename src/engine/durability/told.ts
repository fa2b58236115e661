import * as v from "valibot";
import type { EngineEvent, RunId } from "../../protocol/messages";
import { type MetricRow, metricNames, stages } from "../../protocol/metrics";
import { finalSchema, floorsSchema, runFailureSchema } from "../../protocol/result-schemas";

/** What the page was told of a training: with it, a page that was closed shows the same as one that was not. */
export interface Told {
  readonly rows: ReadonlyMap<RunId, readonly MetricRow[]>;
  /** Floors and ends of runs, in order. */
  readonly events: readonly ToldEvent[];
}

export type ToldEvent = Extract<EngineEvent, { type: "floors" | "run-finished" | "run-failed" }>;

const runId = v.string();
const event = v.variant("type", [
  v.strictObject({ type: v.literal("floors"), runId, floors: floorsSchema }),
  v.strictObject({ type: v.literal("run-finished"), runId, final: finalSchema }),
  v.strictObject({ type: v.literal("run-failed"), runId, failure: runFailureSchema }),
]);
const row = v.strictObject({
  stage: v.picklist(stages),
  step: v.number(),
  epoch: v.number(),
  wallMs: v.number(),
  macs: v.number(),
  /** JSON has no NaN: it stands as null. */
  values: v.record(v.picklist(metricNames), v.nullable(v.number())),
});
const toldSchema = v.strictObject({
  rows: v.array(v.tuple([runId, v.array(row)])),
  events: v.array(event),
});

export function toldToJson({ rows, events }: Told): string {
  return JSON.stringify({ rows: [...rows], events });
}

/** Undefined for what another version of the page has written. */
export function toldFromJson(json: string): Told | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  const checked = v.safeParse(toldSchema, parsed);
  if (!checked.success) return undefined;
  const rows = checked.output.rows.map(([id, list]): [RunId, MetricRow[]] => [
    id,
    list.map(({ values, ...rest }) => ({ ...rest, values: withNaN(values) })),
  ]);
  return { rows: new Map(rows), events: checked.output.events };
}

function withNaN(values: Readonly<Partial<Record<string, number | null>>>): MetricRow["values"] {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? Number.NaN]));
}
