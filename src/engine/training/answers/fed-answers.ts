import type { Backbone } from "../../networks/backbone";
import type { ParameterStore } from "../../networks/parameters";
import type { AskedStep } from "../teachers/asked-views";

/** Answers of a frozen teacher that enter each step like its other inputs: of a network, or of a model from elsewhere. */
export interface FedAnswers {
  /** Numbers in the answer to the views of one image. */
  readonly length: number;
  /** Compiles what asking needs. Changes nothing else; the step's inputs must have been written. */
  prepare(): Promise<void>;
  /** Asks the teacher about a step, whose inputs have been written: its answers by image, [batch, length]. */
  ask(step: AskedStep): Promise<Float32Array<ArrayBuffer>>;
  /** Feeds answers by image, [batch, length], to the next step. */
  feed(answers: Float32Array): void;
  /** The networks that answer, if the teacher is made of such. */
  readonly networks?: readonly AnsweringNetwork[];
  /** What else the answers depend on besides the images, the seed and the step: values for JSON. */
  readonly about: unknown;
}

/** A network that answers, with its classifier if that is asked. */
export interface AnsweringNetwork {
  readonly backbone: Backbone;
  readonly classifier?: ParameterStore;
}
