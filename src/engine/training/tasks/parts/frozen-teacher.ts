import type * as tf from "@tensorflow/tfjs-core";
import { type Target, target } from "../../../math/target";
import { Backbone } from "../../../networks/backbone";
import type { RenderRecipe } from "../../../views/parameters";
import type { TrainedTeacher } from "../../learners/trained-teacher";
import { AskedViews, type TeacherAnswers } from "../../teachers/asked-views";
import type { TaskContext } from "./task";

/** A frozen teacher of embeddings: a network that steps run, or answers that are computed before them. */
export type EmbeddingTeacher = Backbone | TeacherAnswers;

/** @throws Error if there is no teacher from an earlier stage */
export function embeddingTeacher(teacher: TrainedTeacher | undefined): EmbeddingTeacher {
  if (!teacher) throw new Error("The scheme needs a teacher from an earlier stage.");
  return teacher.kind === "model" ? teacher.answers : teacher.backbone;
}

/** The length of the features that a teacher is compared by. */
export const featuresOf = (teacher: EmbeddingTeacher): number =>
  teacher instanceof Backbone ? teacher.encoder.features : teacher.dimension;

/**
 * The views that steps need answers to, if the teacher is asked before them. The caller owns them.
 *
 * @param sets the recipes of each set of views that a step renders together
 */
export function asksOf(
  teacher: EmbeddingTeacher,
  { images, inputs }: TaskContext,
  sets: readonly (readonly RenderRecipe[])[],
): readonly AskedViews[] {
  if (teacher instanceof Backbone) return [];
  return sets.map((recipes) => new AskedViews(teacher, { images, recipes, batchSize: inputs.batch.size }));
}

/** The answers to a set of views, or what `embed` computes with the network. Run within a step. */
export function answersOr(
  teacher: EmbeddingTeacher,
  asked: AskedViews | undefined,
  embed: (network: Backbone) => tf.Tensor2D,
): Target {
  if (asked) return asked.answers;
  if (teacher instanceof Backbone) return target(embed(teacher));
  throw new Error("The teacher was not asked about these views.");
}
