import type { Arm, SchemeMethod } from "../../../../protocol/experiment";
import type { PlannedStage } from "../../../../protocol/messages";
import type { Scheme, SchemeOf } from "../../../../protocol/schemes";
import type { ForeignKind } from "../../../dataset/foreign-images";
import type { Random } from "../../../math/random";
import type { UpdateRule } from "../../../optimizers/rules";
import type { Scalars } from "../../../optimizers/step-inputs";
import type { LabeledNetwork } from "../../learners/labeled-network";
import type { TrainedTeacher } from "../../learners/trained-teacher";
import type { ArmCost, Costing } from "../../planning/costing";
import type { RunContext } from "../../run-context";
import type { Task, TaskContext } from "./task";

/** How a method trains: its networks, its step, the scalars of a step, and its cost. */
export interface TrainingOn<Own extends Scheme> {
  /** Creates the student's networks and the task that trains them. */
  create(given: Creation<Own>): Task;
  cost(given: Costing<Own>): ArmCost;
  /** Scalars of a step of the student's own stage that replace the usual ones. Steps count from 0. */
  scalars(step: number, scheme: Own, plan: PlannedStage): Partial<Scalars>;
  /** The number of steps of the student's stage in which a binary network's weights are real. */
  realWeightSteps(scheme: Own, steps: number): number;
  /** The number of views whose features the student's probe learns from in one step. */
  probedViews(scheme: Own): number;
  /** The number of teachers that a stage trains, and the side of their images as a multiple of the student's. */
  teachers(scheme: Own): { readonly count: number; readonly scale: number };
  /** The images that the student is trained on. */
  images(scheme: Own): "own" | ForeignKind;
  /** The largest number of unlabeled images per class for the student; undefined if it uses none. */
  pool(scheme: Own): number | undefined;
  /** The last fraction of the student's steps that is a fine-tuning stage, at a lower rate. */
  fineTune(scheme: Own): number;
}

export type MethodTraining<Method extends SchemeMethod> = TrainingOn<SchemeOf<Method>>;

export interface Creation<Own extends Scheme = Scheme> {
  readonly context: RunContext;
  readonly arm: Arm;
  readonly seed: number;
  /** The teacher from the previous stage. */
  readonly teacher: TrainedTeacher | undefined;
  readonly scheme: Own;
  readonly shared: TaskContext;
  /** The student's update rule. */
  readonly rule: UpdateRule;
  /** Random streams for the student's probe and for the first rows of its queues. */
  readonly randoms: { readonly probe: Random; readonly queue: Random };
  /** Registers a network that the task needs; it belongs to the run and outlives the task. */
  own<T extends { dispose(): void }>(made: T): T;
  /** The student with a classifier: a new one, or the one from an earlier stage. */
  labeledStudent(): LabeledNetwork;
}

/** The defaults: a student trained in one stage on one view of the training images, with at most one teacher. */
export const usual = {
  scalars: () => ({}),
  realWeightSteps: () => 0,
  probedViews: () => 1,
  teachers: () => ({ count: 1, scale: 1 }),
  images: () => "own",
  pool: () => undefined,
  fineTune: () => 0,
} as const satisfies Partial<TrainingOn<Scheme>>;
