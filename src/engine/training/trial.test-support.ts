import * as tf from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import type { Arm, Experiment, ExperimentInput } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import type { MetricName } from "../../protocol/metrics/metrics";
import { teacherOf } from "../../protocol/schemes";
import { experimentOf } from "../../protocol/valid-experiment.testing";
import { trainingBackend } from "../backend/backend";
import { Sampler } from "../dataset/sampler";
import type { ParameterStore } from "../networks/parameters";
import { StepInputs } from "../optimizers/step-inputs";
import { normalizationOf } from "../views/normalization";
import { ResidentImages } from "../views/resident-images";
import { createTask } from "./create-task";
import { drawForeign, uploadForeign } from "./images/foreign-images";
import type { TrainedTeacher } from "./learners/trained-teacher";
import { planRuns } from "./planning/plan-runs";
import type { RunContext } from "./run-context";
import { Stage } from "./stages/stage";
import type { Task } from "./tasks/parts/task";
import { teacherShape } from "./tasks/trainings";
import { createTeacher } from "./teachers/create-teacher";
import { ModelTeachers, type OpenModel } from "./teachers/model-teachers";
import type { ArmInput } from "./training.test-support";
import { fast, imagesFor, tiny } from "./training.test-support";

/** A few real steps of one arm at a tiny size, for tests of its step. */

export type { ArmInput };

type Values = Partial<Record<MetricName, number>>;

/** The images of an arm on the backend, and what it takes to train on them. */
export interface Ground {
  readonly context: RunContext;
  readonly arm: Arm;
  /** The stages of the arm's run. */
  readonly stages: readonly PlannedStage[];
  /** Disposes of it when the trials end. */
  readonly own: <T extends { dispose(): void }>(made: T) => T;
  /** Not prepared: it records its first step. */
  readonly stageOf: (task: Task, plan?: PlannedStage, recorded?: boolean) => Stage;
}

export interface Trial extends Pick<Ground, "context" | "arm"> {
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

export interface TrialOptions {
  readonly experiment?: Omit<ExperimentInput, "arms">;
  /** False: every step is encoded from scratch. */
  readonly recorded?: boolean;
  /** Steps of the teacher's stage before the student starts. */
  readonly teacherSteps?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Opens the model that the arm names. */
  readonly openModel?: OpenModel;
  /** The largest number of bytes of images of each part on the GPU; unlimited by default. */
  readonly imageBudget?: number;
}

/** Starts a trial, which {@link endTrials} ends. @throws Error if the arm is invalid */
export async function openGround(arm: ArmInput, options: TrialOptions = {}): Promise<Ground> {
  const experiment = experimentOf({
    dataset: { source: "shapes", difficulty: "easy", train: 96, test: 20 },
    batchSize: 16,
    ...options.experiment,
    arms: [{ ...tiny, ...fast, steps: 12, teacherSteps: 6, ...arm }],
  });
  tensorsBefore ??= tf.memory().numTensors;
  const released: (() => void)[] = [];
  endings.push(() => {
    for (const release of released) release();
  });
  const own = <T extends { dispose(): void }>(made: T): T => {
    released.unshift(() => made.dispose());
    return made;
  };
  const opened = await contextOf(experiment, own, options.imageBudget);
  const classNames = Array.from({ length: opened.parts.classes }, (_, at) => String(at));
  const models = await ModelTeachers.open(experiment, opened, classNames, options.openModel);
  released.unshift(() => void models.release());
  const context = { ...opened, models };
  const [first] = experiment.arms as [Arm];
  const { inputs, parts } = context;
  const { seed = 1 } = options;
  const [run] = planRuns(experiment, parts.train.set.count);
  const stages = run?.stages ?? [];
  const main = stages.find((plan) => plan.stage === "student" || plan.stage === "joint") as PlannedStage;
  return {
    context,
    arm: first,
    stages,
    own,
    stageOf: (task, plan = main, recorded = options.recorded ?? true) => {
      const sampler = new Sampler(seed, parts.train.set.count, experiment.batchSize);
      return own(new Stage({ plan, arm: first, seed, sampler, images: parts.train, inputs, task, recorded }));
    },
  };
}

/** Starts a trial, which {@link endTrials} ends. @throws Error if the arm is invalid */
export async function startTrial(input: ArmInput, options: TrialOptions = {}): Promise<Trial> {
  const { context, arm, stages, own, stageOf } = await openGround(input, options);
  const { seed = 1 } = options;
  const source = teacherOf(arm.scheme);
  let trainedTeacher: TrainedTeacher | undefined = context.models?.of(arm);
  if (source.when === "before" && !trainedTeacher) {
    const shape = teacherShape(arm, context.experiment.dataset.resolution);
    const made = createTeacher(context, source.by, arm, seed, shape);
    own(made.teacher.network);
    trainedTeacher = made.teacher;
    const teacherPlan = stages.find((plan) => plan.stage === "teacher") as PlannedStage;
    const stage = stageOf(own(made.task), teacherPlan);
    const teacherSteps = options.teacherSteps ?? 2;
    if (teacherSteps > 0) await stage.prepare();
    for (let step = 0; step < teacherSteps; step++) stage.advance();
  }
  const task = own(createTask(context, arm, seed, trainedTeacher, own));
  let stage = stageOf(task);
  await stage.prepare();
  return {
    context,
    arm,
    task,
    trainedTeacher,
    get stage() {
      return stage;
    },
    renewStage: async () => {
      const { step } = stage;
      stage = stageOf(task);
      stage.resumeAt(step);
      await stage.prepare();
    },
    advance: async (steps) => {
      await stage.advanceBy(steps);
      return (await stage.report()).map(({ values }) => values);
    },
  };
}

async function contextOf(
  experiment: Experiment,
  own: Ground["own"],
  imageBudget?: number,
): Promise<RunContext> {
  const dataset = await imagesFor(experiment);
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
