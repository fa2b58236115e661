import * as v from "valibot";
import { finalSchema, floorsSchema, runFailureSchema } from "../../protocol/judged";
import type { EngineEvent } from "../../protocol/messages";
import { batchOfRows, type MetricBatch } from "../../protocol/metric-batch";
import { metricNames, stages } from "../../protocol/metrics";
import { batchJsonSchema, batchToJson } from "../../protocol/stored-rows";

/** What the page was told of a training: with it, a page that was closed shows the same as one that was not. */
export interface Told {
  /** A batch for each run that has rows. */
  readonly rows: readonly MetricBatch[];
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
/** A run as pages before wrote it: objects, in which null stands for NaN. */
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
const toldSchema = v.strictObject({
  rows: v.array(v.union([batchJsonSchema, listedRows])),
  events: v.array(event),
});

export function toldToJson({ rows, events }: Told): string {
  return JSON.stringify({ rows: rows.map(batchToJson), events });
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
  return checked.success ? checked.output : undefined;
}
