import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../backend/resident-tensor";
import { type Target, target } from "../../math/target";
import type { Scalars } from "../../optimizers/step-inputs";
import type { RenderRecipe } from "../../views/parameters";
import type { ResidentImages } from "../../views/resident-images";
import type { AnswerShape } from "../answers/rows";

/**
 * A frozen teacher whose answers are computed before each step, instead of within it: they enter the step like its other
 * inputs.
 */

/** Views of one batch. View i is drawn with the random numbers of view i, as by `renderViews`. */
export interface BatchViews {
  readonly images: ResidentImages;
  readonly recipes: readonly RenderRecipe[];
  /** Indices into `images`. */
  readonly batch: Uint32Array;
  readonly seed: number;
  readonly epoch: number;
  /** Mixup's weight λ of each image, whose rest is that of the image before it in the batch; 1 or absent mixes nothing. */
  readonly mixup?: number | undefined;
}

/** Its parts are functions, so that nothing behind it is taken for the state of a training. */
export interface TeacherAnswers {
  /** Numbers in an answer. */
  readonly dimension: number;
  /**
   * Answers to views, [recipes · batch, dimension], those of the first recipe first. A pure function of what is asked;
   * without mixup, each answer is one of its own view alone.
   */
  readonly answer: (asked: BatchViews) => Promise<Float32Array<ArrayBuffer>>;
  readonly release: () => Promise<void>;
}

/** What a step is, as far as its views depend on it. */
export interface AskedStep extends Pick<BatchViews, "batch" | "seed" | "epoch"> {
  readonly scalars: Pick<Scalars, "mixup" | "ownMixup">;
}

/** The answers to some views of each step's batch. It owns the tensor that steps read them from. */
export class AskedViews {
  private readonly resident: ResidentTensor<tf.Tensor2D>;

  /** @param asked the views, and how many images a batch has */
  constructor(
    private readonly teacher: TeacherAnswers,
    private readonly asked: Pick<BatchViews, "images" | "recipes"> & {
      readonly batchSize: number;
      /** The scalar of the step that images are mixed by. */
      readonly mixed?: "mixup" | "ownMixup";
    },
  ) {
    const rows = asked.recipes.length * asked.batchSize;
    this.resident = ResidentTensor.of(tf.zeros([rows, teacher.dimension]));
  }

  /** The answers, [recipes · batch, dimension]; steps must read it anew. */
  get answers(): Target {
    return target(this.resident.tensor);
  }

  get shape(): AnswerShape {
    return { rows: this.asked.recipes.length, length: this.teacher.dimension };
  }

  /** What the views depend on besides the images, the seed and the step: values for JSON. */
  get about(): unknown {
    return [this.asked.recipes, this.asked.mixed];
  }

  /** The answers to the views of a step, [recipes · batch, dimension]. */
  answersTo({ scalars, ...step }: AskedStep): Promise<Float32Array<ArrayBuffer>> {
    const { images, recipes, mixed } = this.asked;
    const mixup = mixed && scalars[mixed];
    return this.teacher.answer({ images, recipes, ...step, mixup });
  }

  /** Feeds answers to the next step. */
  feed(answers: Float32Array<ArrayBuffer>): void {
    this.resident.write(answers);
  }

  /** Asks the teacher about the views of a step, before it is taken. */
  async ask(step: AskedStep): Promise<void> {
    this.feed(await this.answersTo(step));
  }

  dispose(): void {
    this.resident.dispose();
  }
}
