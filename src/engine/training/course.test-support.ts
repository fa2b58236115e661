import type { Experiment, ExperimentInput } from "../../protocol/experiment";
import type { FinalEvaluation } from "../../protocol/messages";
import type { MetricRow, Stage } from "../../protocol/metrics";
import { parseExperiment } from "../../protocol/problems";
import { drawShapes } from "../dataset/shapes";
import { Trainer } from "./trainer";

/** An experiment trained to its end at a tiny size, for tests of what becomes of its arms. */

/** What becomes of one arm. */
export interface Course {
  readonly rows: readonly MetricRow[];
  readonly final: FinalEvaluation;
}

const size = { train: 80, validation: 20, test: 40 } as const;

/**
 * Trains arms with one seed on a few small images, in batches of 16.
 *
 * @throws when one of them is invalid or fails
 */
export async function coursesOf(
  arms: NonNullable<ExperimentInput["arms"]>,
  more: Omit<ExperimentInput, "arms" | "dataset"> = {},
): Promise<readonly Course[]> {
  const experiment = experimentOf(arms, more);
  const dataset = await drawShapes({ seed: 1, size: 16, difficulty: "easy", ...size });
  const rows = new Map<string, MetricRow[]>();
  const finals = new Map<string, FinalEvaluation>();
  const failures: unknown[] = [];
  const trainer = new Trainer(experiment, dataset, {
    activity: () => undefined,
    rows: (runId, more) => void rows.set(runId, [...(rows.get(runId) ?? []), ...more]),
    floors: () => undefined,
    finished: (runId, final) => void finals.set(runId, final),
    failed: (_, error) => void failures.push(error),
  });
  await trainer.train();
  if (failures.length > 0) throw failures[0];
  return trainer.runs.map(({ runId }) => ({
    rows: rows.get(runId) ?? [],
    final: finals.get(runId) as FinalEvaluation,
  }));
}

function experimentOf(
  arms: NonNullable<ExperimentInput["arms"]>,
  more: Omit<ExperimentInput, "arms" | "dataset">,
): Experiment {
  const { train, test } = size;
  const parsed = parseExperiment({
    dataset: { source: "shapes", difficulty: "easy", train, test },
    batchSize: 16,
    evaluation: { everySteps: 1_000 },
    ...more,
    arms,
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

/** The rows of one stage. */
export const ofStage = ({ rows }: Course, stage: Stage): readonly MetricRow[] =>
  rows.filter((row) => row.stage === stage);
