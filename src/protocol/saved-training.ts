import * as v from "valibot";
import { type Experiment, MAX_ARMS } from "./experiment";
import type { FinalEvaluation, Floors, PlannedRun } from "./messages";
import type { MetricBatch } from "./metrics/metric-batch";
import { type Stage, stages } from "./metrics/metrics";
import { parseExperiment } from "./problems";
import { finalSchema, floorsSchema, plannedRunSchema, runFailureSchema } from "./result-schemas";

/** A training in the browser's history: its experiment, its progress, and the visitor's remarks. */
export interface SavedTraining {
  /** A UUID. */
  readonly id: string;
  /** Empty unless the visitor has given one. */
  readonly name: string;
  readonly tags: readonly string[];
  readonly note: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly status: SavedStatus;
  /** The device that trained it. */
  readonly device: string;
  readonly experiment: Experiment;
  readonly runs: readonly SavedRun[];
  /** Why the whole training failed, with status "failed". */
  readonly failure?: { readonly title: string; readonly cause: string; readonly action: string };
}

export const savedStatuses = ["training", "paused", "finished", "stopped", "failed"] as const;
export type SavedStatus = (typeof savedStatuses)[number];

/** One run; its rows are stored separately. */
export interface SavedRun {
  readonly planned: PlannedRun;
  readonly position?: { readonly stage: Stage; readonly step: number; readonly epoch: number };
  readonly floors?: Floors;
  readonly final?: FinalEvaluation;
  readonly failure?: v.InferOutput<typeof runFailureSchema>;
}

/** A training with its rows, in the order of measurement. */
export interface WholeTraining {
  readonly training: SavedTraining;
  readonly batches: readonly MetricBatch[];
}

export const savedLimits = { name: 120, tag: 40, tags: 20, note: 20_000 } as const;
const MAX_SEEDS = 20;
const MAX_RUNS = MAX_ARMS * MAX_SEEDS;

const text = (most: number) =>
  v.pipe(
    v.string(`a text of at most ${most} characters`),
    v.maxLength(most, `a text of at most ${most} characters`),
  );
const moment = v.pipe(v.number("milliseconds since 1970"), v.safeInteger(), v.minValue(0));
const position = v.strictObject({ stage: v.picklist(stages), step: v.number(), epoch: v.number() });
const explained = v.strictObject({ title: text(4_000), cause: text(4_000), action: text(4_000) });

const runSchema = v.strictObject({
  planned: plannedRunSchema,
  position: v.exactOptional(position),
  floors: v.exactOptional(floorsSchema),
  final: v.exactOptional(finalSchema),
  failure: v.exactOptional(runFailureSchema),
} satisfies Record<keyof SavedRun, v.GenericSchema>);

export const tagsSchema = v.pipe(
  v.array(v.pipe(text(savedLimits.tag), v.minLength(1, "a tag of at least 1 character"))),
  v.maxLength(savedLimits.tags, `at most ${savedLimits.tags} tags`),
);

/** The visitor's remarks on a training. */
export const remarksSchema = v.strictObject({
  name: text(savedLimits.name),
  tags: tagsSchema,
  note: text(savedLimits.note),
});
export type Remarks = Readonly<v.InferOutput<typeof remarksSchema>>;

const trainingSchema = v.strictObject({
  ...remarksSchema.entries,
  id: v.pipe(v.string("a UUID"), v.uuid("a UUID")),
  startedAt: moment,
  updatedAt: moment,
  status: v.picklist(savedStatuses, `one of ${savedStatuses.join(", ")}`),
  device: text(400),
  experiment: v.unknown(),
  runs: v.pipe(v.array(runSchema), v.maxLength(MAX_RUNS, `at most ${MAX_RUNS} runs`)),
  failure: v.exactOptional(explained),
} satisfies Record<keyof SavedTraining, v.GenericSchema>);

export type ParsedTraining =
  | { readonly ok: true; readonly training: SavedTraining }
  /** One sentence that names the field. */
  | { readonly ok: false; readonly problem: string };

const refused = (problem: string): ParsedTraining => ({ ok: false, problem });

/** Checks any value. Never throws. */
export function parseTraining(input: unknown): ParsedTraining {
  const checked = v.safeParse(trainingSchema, input);
  if (!checked.success) {
    const [issue] = checked.issues;
    const field = v.getDotPath(issue) ?? "the training";
    return refused(`${field.slice(0, 80)}: ${issue.message.slice(0, 200)}`);
  }
  const parsed = parseExperiment(checked.output.experiment);
  if (!parsed.ok) {
    const [first] = parsed.problems;
    return refused(`experiment.${first?.field ?? ""}: given ${first?.given}, allowed ${first?.allowed}`);
  }
  const { experiment } = parsed;
  const unknownRun = checked.output.runs.find(
    ({ planned: { arm, seed, runId } }) =>
      experiment.arms[arm] === undefined || !experiment.seeds.includes(seed) || runId !== `${arm}-${seed}`,
  );
  if (unknownRun) return refused(`runs: ${unknownRun.planned.runId} is not a run of the experiment`);
  return { ok: true, training: { ...checked.output, experiment } };
}
