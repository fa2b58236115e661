import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { Arm, Experiment, ExperimentInput } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import type { MetricName } from "../../protocol/metrics";
import { parseExperiment } from "../../protocol/problems";
import { teacherOf } from "../../protocol/schemes";
import { Sampler } from "../dataset/sampler";
import { drawShapes } from "../dataset/shapes";
import { trainingBackend } from "../kernels/backend";
import type { ParameterStore } from "../networks/parameters";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";
import { createTask } from "./create-task";
import { createTeacher } from "./create-teacher";
import { drawForeign, uploadForeign } from "./foreign-images";
import { planRuns } from "./plan-runs";
import type { RunContext } from "./run-context";
import { Stage } from "./stage";
import { StepInputs } from "./step-inputs";
import type { Task } from "./tasks/task";
import { teacherShape } from "./tasks/trainings";
import type { TrainedTeacher } from "./trained-teacher";

/** A few real steps of one arm at a tiny size, for tests of its step. */

export type ArmInput = NonNullable<ExperimentInput["arms"]>[number];
type Values = Partial<Record<MetricName, number>>;

export interface Trial {
  readonly context: RunContext;
  readonly arm: Arm;
  readonly task: Task;
  readonly trainedTeacher: TrainedTeacher | undefined;
  /** The student's stage. */
  readonly stage: Stage;
  /** Continues with a new stage, as after a checkpoint, whose steps are recorded again. */
  renewStage(): Promise<void>;
  /**
   * Trains some steps of the student (or of teacher and student if they are trained together). Returns the reports.
   */
  advance(steps: number): Promise<Values[]>;
}

let tensorsBefore: number | undefined;
const endings: (() => void)[] = [];

/** Ends all trials. @throws Error if one of them leaks a tensor */
export function endTrials(): void {
  for (const end of endings.splice(0).reverse()) end();
  const left = tf.memory().numTensors - (tensorsBefore ?? 0);
  const began = tensorsBefore !== undefined;
  tensorsBefore = undefined;
  if (began && left !== 0) throw new Error(`${left} tensors were leaked.`);
}

const tiny = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.125 },
  steps: 12,
  teacherSteps: 6,
  warmup: 0,
  optimiser: { learningRate: 0.5, teacherLearningRate: 0.5 },
} as const;

export interface TrialOptions {
  readonly experiment?: Omit<ExperimentInput, "arms">;
  /** False: every step is encoded from scratch. */
  readonly recorded?: boolean;
  /** Steps of the teacher's stage before the student starts. */
  readonly teacherSteps?: number;
  /** Default 1. */
  readonly seed?: number;
  /** The largest number of bytes of images of each part on the GPU; unlimited by default. */
  readonly imageBudget?: number;
}

/** Starts a trial, which {@link endTrials} ends. @throws Error if the arm is invalid */
export async function startTrial(arm: ArmInput, options: TrialOptions = {}): Promise<Trial> {
  const experiment = experimentOf(arm, options);
  const { seed = 1 } = options;
  tensorsBefore ??= tf.memory().numTensors;
  const released: (() => void)[] = [];
  endings.push(() => {
    for (const release of released) release();
  });
  const own = <T extends { dispose(): void }>(made: T): T => {
    released.unshift(() => made.dispose());
    return made;
  };
  const context = await contextOf(experiment, own, options.imageBudget);
  const [first] = experiment.arms as [Arm];
  const [run] = planRuns(experiment, context.parts.train.set.count);
  const stages = run?.stages ?? [];
  const stageOf = (plan: PlannedStage, task: Task) => {
    const sampler = new Sampler(seed, context.parts.train.set.count, experiment.batchSize);
    const recorded = options.recorded ?? true;
    const { inputs, parts } = context;
    return own(new Stage({ plan, arm: first, seed, sampler, images: parts.train, inputs, task, recorded }));
  };
  const source = teacherOf(first.scheme);
  let trainedTeacher: TrainedTeacher | undefined;
  if (source.when === "before") {
    const made = createTeacher(
      context,
      source.by,
      first,
      seed,
      teacherShape(first, experiment.dataset.resolution),
    );
    own(made.teacher.network);
    trainedTeacher = made.teacher;
    const stage = stageOf(stages.find((plan) => plan.stage === "teacher") as PlannedStage, own(made.task));
    const teacherSteps = options.teacherSteps ?? 2;
    if (teacherSteps > 0) await stage.prepare();
    for (let step = 0; step < teacherSteps; step++) stage.advance();
  }
  const task = own(createTask(context, first, seed, trainedTeacher, own));
  const main = stages.find((plan) => plan.stage === "student" || plan.stage === "joint");
  let stage = stageOf(main as PlannedStage, task);
  await stage.prepare();
  return {
    context,
    arm: first,
    task,
    trainedTeacher,
    get stage() {
      return stage;
    },
    renewStage: async () => {
      const { step } = stage;
      stage = stageOf(main as PlannedStage, task);
      stage.resumeAt(step);
      await stage.prepare();
    },
    advance: async (steps) => {
      for (let step = 0; step < steps; step++) stage.advance();
      return (await stage.report()).map(({ values }) => values);
    },
  };
}

function experimentOf(arm: ArmInput, { experiment = {} }: TrialOptions): Experiment {
  const parsed = parseExperiment({
    dataset: { source: "shapes", difficulty: "easy", train: 96, test: 20 },
    batchSize: 16,
    ...experiment,
    arms: [{ ...tiny, ...arm }],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}

async function contextOf(
  experiment: Experiment,
  own: <T extends { dispose(): void }>(made: T) => T,
  imageBudget?: number,
): Promise<RunContext> {
  const sizes = { train: 96, validation: 20, test: 20 };
  const size = experiment.dataset.resolution;
  const dataset = await drawShapes({ seed: 1, size, difficulty: "easy", ...sizes });
  const normalization = normalizationOf(dataset.train);
  const upload = (set: typeof dataset.train) => own(ResidentImages.upload(set, normalization, imageBudget));
  const parts = {
    train: upload(dataset.train),
    validation: upload(dataset.validation),
    test: upload(dataset.test),
    classes: dataset.classNames.length,
  };
  const foreign = uploadForeign(await drawForeign(experiment, dataset.train), parts.train);
  for (const images of foreign.values()) own(images);
  return { experiment, parts, inputs: own(new StepInputs(experiment.batchSize)), foreign };
}

/** Reads the values of several stores, for comparisons bit for bit. */
export function numbersOf(stores: readonly ParameterStore[]): Promise<readonly Float32Array[]> {
  return Promise.all(stores.map((store) => store.values()));
}

/**
 * Reports of the first steps of an arm, as in the page. If the backend records steps, eager steps must give the same
 * numbers.
 */
export async function checkedLosses(arm: ArmInput, steps: number): Promise<Values[]> {
  const losses = await lossesOf(arm, steps);
  if (trainingBackend()) expect(losses).toEqual(await lossesOf(arm, steps, { recorded: false }));
  return losses;
}

/** Reports of the first steps of an arm. */
export async function lossesOf(arm: ArmInput, steps: number, options?: TrialOptions): Promise<Values[]> {
  const { advance } = await startTrial(arm, options);
  return advance(steps);
}
