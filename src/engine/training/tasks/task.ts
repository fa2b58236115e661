import * as tf from "@tensorflow/tfjs-core";
import type { Experiment } from "../../../protocol/experiment";
import type { MetricName } from "../../../protocol/metrics";
import type { Classifier, Evaluator } from "../../evaluation/evaluator";
import type { Random } from "../../math/random";
import type { Backbone } from "../../networks/backbone";
import { renderViews } from "../../views/render-views";
import type { ResidentImages } from "../../views/resident-images";
import { OnlineProbe } from "../online-probe";
import type { StepInputs } from "../step-inputs";

/** What every step draws on. */
export interface TaskContext {
  readonly images: ResidentImages;
  readonly classes: number;
  readonly views: Experiment["views"];
  readonly inputs: StepInputs;
  /** Where a student learns on images of another domain: these, while its probe keeps to `images`. */
  readonly foreign?: ResidentImages;
}

/** An encoder that is judged, with the probe that learns beside it, where there is one. */
export interface EvaluatedNetwork {
  readonly backbone: Backbone;
  /** The network's slowly following copy, where it has one. */
  readonly momentum?: Backbone;
  readonly probe?: OnlineProbe;
  /** The network's own classifier, where it learns from labels or from a teacher that did. */
  readonly classifier?: Classifier;
}

export interface ProbedNetwork extends EvaluatedNetwork {
  readonly probe: OnlineProbe;
}

/** Lists of numbers by name: what a task knows besides its tensors. */
export type TaskMemory = Readonly<Record<string, readonly number[]>>;

/** What one stage trains: one method's step over its networks. Everything a step changes, it changes in place. */
export interface Task {
  /** The terms that a step reports, in order. */
  readonly terms: readonly MetricName[];
  /** Names which of several steps comes next, where a task has more than one: each is recorded by itself. */
  readonly variant?: string;
  readonly student?: EvaluatedNetwork;
  readonly teacher?: EvaluatedNetwork;
  /** Whether its steps read an order of the batch, which costs an upload. */
  readonly shuffles?: boolean;
  /** What its steps read at the indices of a batch, beside the training images. */
  readonly foreign?: ResidentImages | undefined;
  /** One update. Run inside a tidy. `report` reads the terms at once; they are gone afterwards. */
  step(report: (terms: readonly tf.Scalar[]) => void): void;
  /** What a task measures of itself at an evaluation, after `step` updates. */
  evaluate?(evaluator: Evaluator, step: number): Promise<Partial<Record<MetricName, number>>>;
  /** What its steps depend on besides tensors, and taking it up again. */
  remember?(): TaskMemory;
  recall?(memory: TaskMemory): void;
  /** Releases what the task made itself; learners belong to whoever made them. */
  dispose(): void;
}

const bothViews = ({ views }: TaskContext) => [views.first, views.second];

/** Both views of a batch, stacked. */
export const stackedViews = (context: TaskContext): tf.Tensor4D =>
  renderViews(context.images, bothViews(context), context.inputs.batch, context.inputs.clock);

/** The first view of a batch. */
export const firstView = ({ images, views, inputs }: TaskContext, side?: number): tf.Tensor4D =>
  renderViews(images, [views.first], inputs.batch, inputs.clock, side);

/** Labels of a batch, once for each of its stacked views. */
export function labelsOf({ images, inputs }: TaskContext, views: number): tf.Tensor1D {
  const once = tf.gather(images.labels, inputs.batch) as tf.Tensor1D;
  return tf.concat(Array.from({ length: views }, () => once));
}

export function withProbe(
  backbone: Backbone,
  { classes, inputs }: TaskContext,
  random: Random,
  classifier?: Classifier,
): ProbedNetwork {
  const probe = new OnlineProbe(backbone.encoder.features, classes, inputs, random);
  return { backbone, probe, ...(classifier ? { classifier } : {}) };
}
