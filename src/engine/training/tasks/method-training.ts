import type { Arm, SchemeMethod } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import type { Scheme, SchemeOf } from "../../../protocol/schemes";
import type { ForeignKind } from "../../dataset/foreign-images";
import type { Random } from "../../math/random";
import type { ArmCost, Costing } from "../costing";
import type { LabeledNetwork } from "../labeled-network";
import type { UpdateRule } from "../optimiser-rules";
import type { RunContext } from "../run-context";
import type { Scalars } from "../step-inputs";
import type { TrainedTeacher } from "../trained-teacher";
import type { Task, TaskContext } from "./task";

/** How a method trains: the networks it makes, its step, the numbers of a step, and its cost. */
export interface TrainingOn<Own extends Scheme> {
  /** Makes the student's networks and the task that trains them. */
  create(given: Creation<Own>): Task;
  cost(given: Costing<Own>): ArmCost;
  /** Numbers of a step of the student's own stage, in place of the usual ones. Steps count from 0. */
  scalars(step: number, scheme: Own, plan: PlannedStage): Partial<Scalars>;
  /** Steps of the student's stage in which a binary network's weights are real. */
  realWeightSteps(scheme: Own, steps: number): number;
  /** Views whose features the student's probe learns from, in one step. */
  probedViews(scheme: Own): number;
  /** How many teachers a stage trains, and their image's side as a multiple of the student's. */
  teachers(scheme: Own): { readonly count: number; readonly scale: number };
  /** The images that the student learns on. */
  images(scheme: Own): "own" | ForeignKind;
  /** How many unlabeled images the student takes of each class; undefined where it takes none. */
  pool(scheme: Own): number | undefined;
  /** The last share of the student's steps that is a stage of its own, at a lower rate. */
  fineTune(scheme: Own): number;
}

export type MethodTraining<Method extends SchemeMethod> = TrainingOn<SchemeOf<Method>>;

export interface Creation<Own extends Scheme = Scheme> {
  readonly context: RunContext;
  readonly arm: Arm;
  readonly seed: number;
  /** Of the stage before. */
  readonly teacher: TrainedTeacher | undefined;
  readonly scheme: Own;
  readonly shared: TaskContext;
  /** The student's update rule. */
  readonly rule: UpdateRule;
  /** Draws of the student's probe and of the first rows of its queues. */
  readonly randoms: { readonly probe: Random; readonly queue: Random };
  /** Takes a network that the task needs: it is the run's, and outlives the task. */
  own<T extends { dispose(): void }>(made: T): T;
  /** The student with a classifier: a new one, or the one that an earlier stage trained. */
  labeledStudent(): LabeledNetwork;
}

/** A student that learns in one stage, on the training images, from one view, beside one teacher at most. */
export const usual = {
  scalars: () => ({}),
  realWeightSteps: () => 0,
  probedViews: () => 1,
  teachers: () => ({ count: 1, scale: 1 }),
  images: () => "own",
  pool: () => undefined,
  fineTune: () => 0,
} as const satisfies Partial<TrainingOn<Scheme>>;
