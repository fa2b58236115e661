import type { Arm, Experiment } from "../../protocol/experiment";
import type { ImageSet } from "../dataset/dataset";
import type { ForeignKind } from "../dataset/foreign-images";
import type { DatasetParts } from "../evaluation/evaluator";
import type { Backbone } from "../networks/backbone";
import type { NamedNumbers, ParameterStore } from "../networks/parameters";
import type { ResidentImages } from "../views/resident-images";
import type { FurtherImages } from "./pretraining-images";
import type { StepInputs } from "./step-inputs";
import type { TaskContext } from "./tasks/task";

/** What all runs of an experiment share. */
export interface RunContext {
  readonly experiment: Experiment;
  readonly parts: DatasetParts;
  readonly inputs: StepInputs;
  /** Training images whose labels are withheld; `parts.train` is without them. */
  readonly unlabelled?: ImageSet | undefined;
  /** Labelled images and those without labels together, for schemes that need none; only where the experiment asks for it. */
  readonly everything?: ResidentImages;
  /** Images beside the experiment's own, by what they are asked for as. */
  readonly further?: FurtherImages;
  /** Weights that were loaded, by the hash of their file. */
  readonly files?: ReadonlyMap<string, readonly NamedNumbers[]>;
  /** Puts numbers from elsewhere into a network that has just been made; without it, it starts from random ones. */
  readonly starts?: Readonly<Partial<Record<"student" | "teacher", Start>>>;
  /** Images of other domains, as many as there are training images; those that arms ask for. */
  readonly foreign?: ReadonlyMap<ForeignKind, ResidentImages>;
}

/** Where labels are not needed, images without them are learned from as well, if the experiment asks for it. */
export const imagesLearnedFrom = (needsLabels: boolean, { parts, everything }: RunContext): ResidentImages =>
  needsLabels ? parts.train : (everything ?? parts.train);

/** The context of a task that learns from these images; whoever judges it keeps to the experiment's parts. */
export const learningFrom = (images: ResidentImages, context: RunContext): RunContext => ({
  ...context,
  parts: { ...context.parts, train: images },
});

/** @param classifier where the network has one */
export type Start = (network: Backbone, classifier?: ParameterStore) => void;

/** The views of an arm: its own, or the experiment's. */
export const viewsOf = ({ views }: Arm, experiment: Experiment): Experiment["views"] =>
  views ?? experiment.views;

export function taskContextOf({ parts, experiment, inputs }: RunContext, arm: Arm): TaskContext {
  return { images: parts.train, classes: parts.classes, views: viewsOf(arm, experiment), inputs };
}

/** The same for a student, which may learn on images of another domain. */
export function studentContextOf(context: RunContext, arm: Arm, images: "own" | ForeignKind): TaskContext {
  const shared = taskContextOf(context, arm);
  if (images === "own") return shared;
  const foreign = context.foreign?.get(images);
  if (!foreign) throw new Error(`There are no images of “${images}”.`);
  return { ...shared, foreign };
}
