import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../../backend/resident-tensor";
import { type Target, target } from "../../../math/target";
import type { Backbone } from "../../../networks/backbone";
import type { NormMode } from "../../../networks/normalization";
import type { ParameterStore } from "../../../networks/parameters";
import type { StepInputs } from "../../../optimizers/step-inputs";

/** One tensor of a frozen teacher's answers to a batch: [rows · batch, length], the rows of the first view first. */
export interface AnswerShape {
  readonly rows: number;
  readonly length: number;
}

/** A network that answers, with its classifier if that is asked. */
export interface AnsweringNetwork {
  readonly backbone: Backbone;
  readonly classifier?: ParameterStore;
}

/** What a student asks its frozen teacher in every step. @typeParam Shown the images of a step */
export interface Question<Shown> {
  readonly shapes: readonly AnswerShape[];
  /** Renders the images of the batch in the step's inputs. */
  show(): Shown;
  /** Runs the teacher on them. Returns a tensor for each shape. */
  ask(shown: Shown): readonly Target[];
  readonly networks: readonly AnsweringNetwork[];
  /** What the answers depend on besides these networks, the images, the seed and the step: values for JSON. */
  readonly about: unknown;
}

/** The inputs of the steps, and whether answers are fed to them. */
interface Answered {
  readonly inputs: StepInputs;
  readonly keepsAnswers?: boolean;
}

/**
 * The answers of a frozen teacher in a step: computed in it, or, where they are kept, fed before it like the step's
 * other inputs. They are no state of a training: the same are asked or read again. Dispose it.
 */
export class TeacherAnswers<Shown = unknown> {
  private readonly fed: readonly ResidentTensor<Target>[] | undefined;

  constructor(
    private readonly question: Question<Shown>,
    private readonly context: Answered,
  ) {
    const batch = context.inputs.batch.size;
    this.fed = context.keepsAnswers
      ? question.shapes.map(({ rows, length }) =>
          ResidentTensor.of(tf.zeros([rows * batch, length]) as Target),
        )
      : undefined;
  }

  /** Whether they are fed. */
  get isFed(): boolean {
    return this.fed !== undefined;
  }

  /** Numbers in the answer to the views of one image. */
  get length(): number {
    return this.question.shapes.reduce((sum, { rows, length }) => sum + rows * length, 0);
  }

  get networks(): readonly AnsweringNetwork[] {
    return this.question.networks;
  }

  get about(): unknown {
    return this.question.about;
  }

  /** The answers of this step. Run inside a tidy. @param shown the step's images; the teacher is shown them unless fed */
  now(shown: Shown): readonly Target[] {
    return this.fed?.map(({ tensor }) => tensor) ?? this.question.ask(shown);
  }

  /** Asks the teacher about the batch in the step's inputs, in place of feeding. May be recorded. */
  receive(): void {
    tf.tidy(() => {
      const { question, fed = [] } = this;
      for (const [i, answer] of question.ask(question.show()).entries()) fed[i]?.copyFrom(answer);
    });
  }

  /** Reads what was received or fed, by image: [batch, length]. */
  async read(): Promise<Float32Array<ArrayBuffer>> {
    const tensors = await Promise.all((this.fed ?? []).map(({ tensor }) => tensor.data()));
    const found = new Float32Array(this.length * this.context.inputs.batch.size);
    this.eachRow((tensor, from, length, to) => {
      found.set((tensors[tensor] as Float32Array).subarray(from, from + length), to);
    });
    return found;
  }

  /** Feeds answers by image, [batch, length], to the next step. */
  feed(answers: Float32Array): void {
    const { fed = [] } = this;
    const tensors = fed.map(({ tensor }) => new Float32Array(tensor.size));
    this.eachRow((tensor, to, length, from) => {
      tensors[tensor]?.set(answers.subarray(from, from + length), to);
    });
    for (const [i, values] of tensors.entries()) fed[i]?.write(values);
  }

  dispose(): void {
    for (const tensor of this.fed ?? []) tensor.dispose();
  }

  /** Visits every row: where it begins in its tensor, its length, and where it begins in the answers by image. */
  private eachRow(visit: (tensor: number, inTensor: number, length: number, byImage: number) => void): void {
    const batch = this.context.inputs.batch.size;
    let before = 0;
    for (const [tensor, { rows, length }] of this.question.shapes.entries()) {
      for (let row = 0; row < rows; row++) {
        for (let image = 0; image < batch; image++) {
          visit(tensor, (row * batch + image) * length, length, image * this.length + before);
        }
        before += length;
      }
    }
  }
}

/**
 * The features that a frozen teacher gives to one view of each image.
 * @param batchNorm by batch or by running statistics; neither changes the teacher
 */
export function featuresOf(
  context: Answered & { readonly views: unknown },
  teacher: Backbone,
  show: () => tf.Tensor4D,
  batchNorm: "train" | "eval",
  about: unknown,
): TeacherAnswers<tf.Tensor4D> {
  const mode: NormMode = batchNorm === "eval" ? { kind: "evaluate" } : { kind: "frozen", groups: 1 };
  return new TeacherAnswers(
    {
      shapes: [{ rows: 1, length: teacher.encoder.features }],
      show,
      ask: (images) => [target(teacher.features(images, mode))],
      networks: [{ backbone: teacher }],
      about: ["features", about, context.views, batchNorm],
    },
    context,
  );
}
