import * as v from "valibot";
import type { EngineEvent } from "../../protocol/messages";
import { batchOfRows, type MetricBatch } from "../../protocol/metrics/metric-batch";
import { metricNames, stages } from "../../protocol/metrics/metrics";
import { batchJsonSchema, batchToJson } from "../../protocol/metrics/stored-rows";
import { finalSchema, floorsSchema, runFailureSchema } from "../../protocol/result-schemas";

/** What the page was sent about a training, so that a reopened page shows the same as one that stayed open. */
export interface SentToPage {
  /** A batch for each run that has rows. */
  readonly rows: readonly MetricBatch[];
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
/** A run in the format of earlier versions: objects, in which null stands for NaN. */
const listedRows = v.pipe(
  v.tuple([
    runId,
    v.array(
      v.strictObject({
        stage: v.picklist(stages),
        step: v.number(),
        epoch: v.number(),
        wallMs: v.number(),
        macs: v.number(),
        values: v.record(
          v.picklist(metricNames),
          v.pipe(
            v.nullable(v.number()),
            v.transform((value) => value ?? Number.NaN),
          ),
        ),
      }),
    ),
  ]),
  v.transform(([run, rows]) => batchOfRows(run, rows)),
);
const sentSchema = v.strictObject({
  rows: v.array(v.union([batchJsonSchema, listedRows])),
  events: v.array(event),
});

export function sentToJson({ rows, events }: SentToPage): string {
  return JSON.stringify({ rows: rows.map(batchToJson), events });
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
  return checked.success ? checked.output : undefined;
}
