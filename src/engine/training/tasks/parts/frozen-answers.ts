import * as tf from "@tensorflow/tfjs-core";
import { ResidentTensor } from "../../../backend/resident-tensor";
import type { Target } from "../../../math/target";
import type { StepInputs } from "../../../optimizers/step-inputs";
import type { AnsweringNetwork, FedAnswers } from "../../answers/fed-answers";
import { type AnswerShape, asTensors, byImage, lengthOf } from "../../answers/rows";
import { RepeatedStep } from "../../stages/repeated-step";

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
 * The answers of a frozen network in a step: computed in it, or, where they are kept, fed before it like the step's
 * other inputs. They are no state of a training: the same are asked or read again. Dispose it.
 */
export class FrozenAnswers<Shown = unknown> implements FedAnswers {
  private readonly fed: readonly ResidentTensor<Target>[] | undefined;
  private readonly teacher = new RepeatedStep(() => this.receive());

  constructor(
    private readonly question: Question<Shown>,
    private readonly context: Answered,
  ) {
    const { size } = context.inputs.batch;
    this.fed = context.keepsAnswers
      ? question.shapes.map(({ rows, length }) =>
          ResidentTensor.of(tf.zeros([rows * size, length]) as Target),
        )
      : undefined;
  }

  /** Whether they are fed. */
  get isFed(): boolean {
    return this.fed !== undefined;
  }

  get length(): number {
    return lengthOf(this.question.shapes);
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

  prepare(): Promise<void> {
    return this.teacher.prepare();
  }

  async ask(): Promise<Float32Array<ArrayBuffer>> {
    this.teacher.run();
    const tensors = await Promise.all((this.fed ?? []).map(({ tensor }) => tensor.data()));
    return byImage(tensors as Float32Array[], this.question.shapes, this.context.inputs.batch.size);
  }

  feed(answers: Float32Array): void {
    const tensors = asTensors(answers, this.question.shapes, this.context.inputs.batch.size);
    for (const [i, values] of tensors.entries()) this.fed?.[i]?.write(values);
  }

  dispose(): void {
    this.teacher.dispose();
    for (const tensor of this.fed ?? []) tensor.dispose();
  }

  /** Asks the teacher about the batch in the step's inputs, in place of feeding. May be recorded. */
  private receive(): void {
    tf.tidy(() => {
      const { question, fed = [] } = this;
      for (const [i, answer] of question.ask(question.show()).entries()) fed[i]?.copyFrom(answer);
    });
  }
}
