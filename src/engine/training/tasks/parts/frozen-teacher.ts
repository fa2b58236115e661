import type * as tf from "@tensorflow/tfjs-core";
import { type Target, target } from "../../../math/target";
import { Backbone } from "../../../networks/backbone";
import type { RenderRecipe } from "../../../views/parameters";
import type { TrainedTeacher } from "../../learners/trained-teacher";
import { AskedViews, type TeacherAnswers } from "../../teachers/asked-views";
import { FrozenAnswers } from "./frozen-answers";
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

/** What a network is asked about views of a kind. */
interface AskedOfNetwork<Shown> {
  /** Rows of its answers for each image, in each tensor. */
  readonly rows: readonly number[];
  readonly of: "features" | "projections";
  /** Renders the views. */
  show(): Shown;
  embed(network: Backbone, shown: Shown): readonly tf.Tensor2D[];
  /** What the answers depend on besides the network and the first and second view: values for JSON. */
  readonly about: unknown;
}

/** The answers of a network in each step; undefined if a model is asked before steps. The caller owns them. */
export function answersOf<Shown>(
  teacher: EmbeddingTeacher,
  context: TaskContext,
  { rows, of, show, embed, about }: AskedOfNetwork<Shown>,
): FrozenAnswers<Shown> | undefined {
  if (!(teacher instanceof Backbone)) return undefined;
  const length = of === "features" ? teacher.encoder.features : teacher.dimension;
  const question = {
    shapes: rows.map((count) => ({ rows: count, length })),
    show,
    ask: (shown: Shown) => embed(teacher, shown).map((answers) => target(answers)),
    networks: [{ backbone: teacher }],
    about: [of, about, context.views],
  };
  return new FrozenAnswers(question, context);
}

/** The answers to a set of views in a step: those of a model, or those of a network. */
export function answersIn(
  asked: AskedViews | undefined,
  answers: readonly Target[] | undefined,
  at = 0,
): Target {
  const found = asked?.answers ?? answers?.[at];
  if (!found) throw new Error("The teacher was not asked about these views.");
  return found;
}
