import type { NotKept } from "../../protocol/answers";
import type { Experiment, ExperimentInput } from "../../protocol/experiment";
import type { FinalEvaluation, Floors, RunId } from "../../protocol/messages";
import type { MetricRow, Stage } from "../../protocol/metrics/metrics";
import { experimentOf } from "../../protocol/valid-experiment.testing";
import type { Dataset } from "../dataset/dataset";
import { drawDataset } from "../dataset/drawing/draw-dataset";
import type { NamedNumbers } from "../networks/parameters";
import type { AnswerFiles } from "./answers/answer-book";
import type { NetworkWeights } from "./run";
import type { TrainingCheckpoint } from "./stages/checkpoint";
import type { OpenModel } from "./teachers/model-teachers";
import { Trainer } from "./trainer";

/** Whole trainings of a few steps on a few images, and their results. */

export type ArmInput = NonNullable<NonNullable<ExperimentInput["arms"]>[number]>;

export const smallest = { network: "R8", width: 0.125 } as const;

/** An arm without a scheme, as small as it can be. */
export const tiny = { student: smallest, teacher: smallest, steps: 6, teacherSteps: 4 } as const;

/** Rates at which a few steps show in what a network knows. */
export const fast = { warmup: 0, optimiser: { learningRate: 0.5, teacherLearningRate: 0.5 } } as const;

/** In batches of 16, on 80 images; arms as they are given. @throws when it is invalid */
export function tinyExperiment(input: ExperimentInput): Experiment {
  return experimentOf({
    dataset: { source: "shapes", difficulty: "easy", train: 80, test: 40 },
    batchSize: 16,
    evaluation: { everySteps: 3 },
    ...input,
  });
}

/** Drawn as the experiment says, with 20 more for validation. @throws when its images are files */
export function imagesFor({ dataset }: Experiment): Promise<Dataset> {
  if (dataset.source !== "shapes") throw new Error("Tests draw their images.");
  const { difficulty, resolution: size, train, test } = dataset;
  return drawDataset("shapes", { seed: 1, size, difficulty, train, validation: 20, test });
}

/** The events of a training, by run ("0-1" is the first arm with seed 1). */
export interface Training {
  readonly trainer: Trainer;
  readonly rows: ReadonlyMap<RunId, readonly MetricRow[]>;
  readonly floors: ReadonlyMap<RunId, Floors>;
  /** In the order in which runs end. */
  readonly finals: ReadonlyMap<RunId, FinalEvaluation>;
  readonly networks: ReadonlyMap<RunId, readonly NetworkWeights[]>;
  readonly failures: readonly unknown[];
  /** Why answers were not kept, each time that was said. */
  readonly notKept: readonly NotKept[];
}

export interface TrainingOptions {
  readonly from?: TrainingCheckpoint | undefined;
  /** Called with every row, once its whole turn is in `rows`. */
  readonly during?: (trainer: Trainer, row: MetricRow) => void;
  /** Files of weights by their hashes. */
  readonly files?: Readonly<Record<string, readonly NamedNumbers[]>>;
  /** Opens models that teach. */
  readonly openModel?: OpenModel;
  readonly holdsNetworks?: boolean;
  /** Where frozen teachers' answers are kept, by default nowhere. */
  readonly answerFiles?: AnswerFiles;
  /** By default {@link imagesFor} the experiment. */
  readonly dataset?: Dataset;
}

/** Trains until all runs have ended, failed or been stopped. */
export async function train(experiment: Experiment, options: TrainingOptions = {}): Promise<Training> {
  const { from, during, files = {}, holdsNetworks = false, openModel, answerFiles } = options;
  const rows = new Map<RunId, MetricRow[]>();
  const floors = new Map<RunId, Floors>();
  const finals = new Map<RunId, FinalEvaluation>();
  const networks = new Map<RunId, readonly NetworkWeights[]>();
  const failures: unknown[] = [];
  const notKept: NotKept[] = [];
  const events = {
    activity: () => undefined,
    rows: (runId: RunId, more: readonly MetricRow[]) => {
      rows.set(runId, [...(rows.get(runId) ?? []), ...more]);
      for (const row of more) during?.(trainer, row);
    },
    floors: (runId: RunId, some: Floors) => void floors.set(runId, some),
    finished: (runId: RunId, final: FinalEvaluation) => void finals.set(runId, final),
    trained: async (runId: RunId, some: readonly NetworkWeights[]) => void networks.set(runId, some),
    failed: (_: RunId, error: unknown) => void failures.push(error),
    answersNotKept: (why: NotKept) => void notKept.push(why),
  };
  const dataset = options.dataset ?? (await imagesFor(experiment));
  const trainer = new Trainer(
    experiment,
    dataset,
    events,
    {
      findWeights: async (hash) => files[hash],
      openAnswerFiles: async () => answerFiles,
      ...(openModel && { openModel }),
    },
    holdsNetworks,
  );
  await trainer.train(from);
  return { trainer, rows, floors, finals, networks, failures, notKept };
}

/** The results of one run. */
export interface Course {
  readonly rows: readonly MetricRow[];
  readonly final: FinalEvaluation;
  /** Tensors of its networks at the end, by their names. */
  readonly student: ReadonlyMap<string, NamedNumbers>;
  readonly teacher: ReadonlyMap<string, NamedNumbers>;
}

/** The results of each run, in the order of the plan. @throws the error of a run that failed */
export async function coursesOf(
  experiment: Experiment,
  options?: TrainingOptions,
): Promise<readonly Course[]> {
  const { trainer, rows, finals, networks, failures } = await train(experiment, options);
  if (failures.length > 0) throw failures[0];
  return trainer.runs.map(({ runId }) => {
    const tensorsOf = (role: NetworkWeights["role"]) => {
      const network = networks.get(runId)?.find((one) => one.role === role);
      return new Map(network?.tensors.map((tensor) => [tensor.name, tensor]));
    };
    return {
      rows: rows.get(runId) ?? [],
      final: finals.get(runId) as FinalEvaluation,
      student: tensorsOf("student"),
      teacher: tensorsOf("teacher"),
    };
  });
}

/** The rows of one stage. */
export const ofStage = ({ rows }: Pick<Course, "rows">, stage: Stage): readonly MetricRow[] =>
  rows.filter((row) => row.stage === stage);

/** A curve without the clock and the memory of the GPU: the same however often it was interrupted. */
export const curveOf = (rows: readonly MetricRow[] = []) =>
  rows.map(({ stage, step, macs, values: { imagesPerSecond: _, gpuBytes: __, ...values } }) => ({
    stage,
    step,
    macs,
    values,
  }));
