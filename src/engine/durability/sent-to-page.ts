import * as v from "valibot";
import { finalSchema, floorsSchema, runFailureSchema } from "../../protocol/judged";
import type { EngineEvent, RunId } from "../../protocol/messages";
import { type MetricRow, metricNames, stages } from "../../protocol/metrics";

/** What the page was sent about a training, so that a reopened page shows the same as one that stayed open. */
export interface SentToPage {
  readonly rows: ReadonlyMap<RunId, readonly MetricRow[]>;
  /** Baselines and ends of runs, in order. */
  readonly events: readonly SentEvent[];
}

export type SentEvent = Extract<EngineEvent, { type: "floors" | "run-finished" | "run-failed" }>;

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
  /** JSON has no NaN; null stands for it. */
  values: v.record(v.picklist(metricNames), v.nullable(v.number())),
});
const sentSchema = v.strictObject({
  rows: v.array(v.tuple([runId, v.array(row)])),
  events: v.array(event),
});

export function sentToJson({ rows, events }: SentToPage): string {
  return JSON.stringify({ rows: [...rows], events });
}

/** Parses the JSON; undefined if another version of the page wrote it. */
export function sentFromJson(json: string): SentToPage | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return undefined;
  }
  const checked = v.safeParse(sentSchema, parsed);
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
