import { keepsAnswers } from "../../protocol/answers";
import type { Arm, Experiment } from "../../protocol/experiment";
import type { ImageSet } from "../dataset/dataset";
import type { ForeignKind } from "../dataset/foreign-images";
import type { DatasetParts } from "../evaluation/evaluator";
import type { Backbone } from "../networks/backbone";
import type { NamedNumbers, ParameterStore } from "../networks/parameters";
import { StepInputs } from "../optimizers/step-inputs";
import type { ResidentImages } from "../views/resident-images";
import type { Library } from "./answers/library";
import type { PretrainingImages } from "./images/pretraining-images";
import type { TaskContext } from "./tasks/parts/task";
import type { ModelTeachers } from "./teachers/model-teachers";

/** The data and settings that all runs of an experiment share. */
export interface RunContext {
  readonly experiment: Experiment;
  readonly parts: DatasetParts;
  readonly inputs: StepInputs;
  /** Training images whose labels are withheld; `parts.train` does not contain them. */
  readonly unlabeled?: ImageSet | undefined;
  /** Labeled and unlabeled images together, for schemes that need no labels, if the experiment uses them so. */
  readonly withUnlabeled?: ResidentImages;
  /** Images for pretraining other than the experiment's own, by difficulty. */
  readonly pretraining?: PretrainingImages;
  /** Imported weights, by the hash of their file. */
  readonly files?: ReadonlyMap<string, readonly NamedNumbers[]>;
  /** Models that teach arms in place of networks. */
  readonly models?: ModelTeachers;
  /** Initializes new networks with trained weights; by default they keep random ones. */
  readonly starts?: Readonly<Partial<Record<"student" | "teacher", Start>>>;
  /** Where the answers of frozen teachers are kept; without it, in memory. */
  readonly library?: Library;
  /** The out-of-domain images that arms use, as many as there are training images. */
  readonly foreign?: ReadonlyMap<ForeignKind, ResidentImages>;
}

/**
 * The images to train on: the labeled ones or, if labels are not needed, also the unlabeled ones where the experiment
 * says so.
 */
export const trainingImagesFor = (
  needsLabels: boolean,
  { parts, withUnlabeled }: RunContext,
): ResidentImages => (needsLabels ? parts.train : (withUnlabeled ?? parts.train));

/** The context of a task that trains on other images; evaluation keeps the experiment's parts. */
export const withTrainingImages = (images: ResidentImages, context: RunContext): RunContext => ({
  ...context,
  parts: { ...context.parts, train: images },
});

/** The context of a stage whose steps may be taken at the same time as others. The caller disposes of its inputs. */
export const withOwnInputs = (context: RunContext): RunContext => ({
  ...context,
  inputs: new StepInputs(context.experiment.batchSize),
});

/** Initializes a network. @param classifier the network's classifier, if it has one */
export type Start = (network: Backbone, classifier?: ParameterStore) => void;

/** The views of an arm: its own or, by default, the experiment's. */
export const viewsOf = ({ views }: Arm, experiment: Experiment): Experiment["views"] =>
  views ?? experiment.views;

/** The context of a task that trains on the training part. */
export function taskContextOf({ parts, experiment, inputs }: RunContext, arm: Arm): TaskContext {
  const hasProbes = experiment.evaluation.probe === "sgd";
  return { images: parts.train, classes: parts.classes, views: viewsOf(arm, experiment), inputs, hasProbes };
}

/** The same for a student, which may train on out-of-domain images and keep its teacher's answers. */
export function studentContextOf(context: RunContext, arm: Arm, images: "own" | ForeignKind): TaskContext {
  const shared = taskContextOf(context, arm);
  const fed = { ...shared, keepsAnswers: keepsAnswers(arm) };
  if (images === "own") return fed;
  const foreign = context.foreign?.get(images);
  if (!foreign) throw new Error(`There are no images of “${images}”.`);
  return { ...fed, foreign };
}
