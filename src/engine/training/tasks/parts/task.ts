import * as tf from "@tensorflow/tfjs-core";
import type { Experiment } from "../../../../protocol/experiment";
import type { TestAccuracy } from "../../../../protocol/messages";
import type { MetricName } from "../../../../protocol/metrics/metrics";
import type { Classifier, Evaluator } from "../../../evaluation/evaluator";
import type { Random } from "../../../math/random";
import type { Backbone } from "../../../networks/backbone";
import type { StepInputs } from "../../../optimizers/step-inputs";
import { renderViews } from "../../../views/render-views";
import type { ResidentImages } from "../../../views/resident-images";
import { OnlineProbe } from "../../learners/online-probe";
import type { AskedViews } from "../../teachers/asked-views";
import type { FrozenAnswers } from "./frozen-answers";

/** The data and settings that every step uses. */
export interface TaskContext {
  readonly images: ResidentImages;
  readonly classes: number;
  readonly views: Experiment["views"];
  readonly inputs: StepInputs;
  /** Whether probes learn alongside networks. */
  readonly hasProbes: boolean;
  /** The out-of-domain images that a student is trained on, if any; its probe uses `images`. */
  readonly foreign?: ResidentImages;
  /** Whether a frozen network's answers are fed to steps instead of computed in them. */
  readonly keepsAnswers?: boolean;
}

/** An encoder that is evaluated, with its probe and classifier, if any. */
export interface EvaluatedNetwork {
  readonly backbone: Backbone;
  /** The network's momentum copy, if it has one. */
  readonly momentum?: Backbone;
  /** A probe that learns alongside, where linear accuracy is measured by one. */
  readonly probe?: OnlineProbe;
  /** The network's own classifier, if it is trained with labels or with a supervised teacher's logits. */
  readonly classifier?: Classifier;
}

/** A task's state besides its tensors, as lists of numbers by name. */
export type TaskMemory = Readonly<Record<string, readonly number[]>>;

/** One method's step over its networks, which a stage trains. A step changes everything in place. */
export interface Task {
  /** The names of the terms that a step reports, in order. */
  readonly terms: readonly MetricName[];
  /** Identifies the next step's kind if a task has several; each kind has its own recording. */
  readonly variant?: string;
  readonly student?: EvaluatedNetwork;
  readonly teacher?: EvaluatedNetwork;
  /** Whether its steps read a random order of the batch, which must be uploaded. */
  readonly shuffles?: boolean;
  /** Other images that its steps read at the indices of a batch. */
  readonly foreign?: ResidentImages | undefined;
  /** What a frozen network answers in its steps. */
  readonly answers?: FrozenAnswers | undefined;
  /** Views that a teacher must be asked about before each step. */
  readonly asks?: readonly AskedViews[];
  /** Takes one step. Run inside a tidy. `report` reads the terms at once; they are disposed afterwards. */
  step(report: (terms: readonly tf.Scalar[]) => void): void;
  /** Measures the task's own metrics at an evaluation, after `step` updates. */
  evaluate?(evaluator: Evaluator, step: number): Promise<Partial<Record<MetricName, number>>>;
  /** Measures on test images, once and after the last step, what its student is trained for besides classes. */
  ofTest?(test: ResidentImages): Promise<Partial<TestAccuracy>>;
  /** Returns the state that its steps depend on besides tensors; `recall` restores it. */
  remember?(): TaskMemory;
  recall?(memory: TaskMemory): void;
  /** Releases what the task created itself. Networks belong to their creator. */
  dispose(): void;
}

const bothViews = ({ views }: TaskContext) => [views.first, views.second];

/** Renders both views of a batch, stacked: [2 · batch, size, size, channels]. */
export const stackedViews = (context: TaskContext): tf.Tensor4D =>
  renderViews(context.images, bothViews(context), context.inputs.batch, context.inputs.clock);

/** Renders the first view of a batch: [batch, side, side, channels]. */
export const firstView = ({ images, views, inputs }: TaskContext, side?: number): tf.Tensor4D =>
  renderViews(images, [views.first], inputs.batch, inputs.clock, side);

/** The labels of a batch, repeated for each stacked view: int32 [views · batch]. */
export function labelsOf({ images, inputs }: TaskContext, views: number): tf.Tensor1D {
  const once = tf.gather(images.labels, inputs.batch) as tf.Tensor1D;
  return tf.concat(Array.from({ length: views }, () => once));
}

/** An encoder for evaluation, with a new probe where one learns alongside. The caller owns the probe. */
export function withProbe(
  backbone: Backbone,
  { classes, inputs, hasProbes }: TaskContext,
  random: Random,
  classifier?: Classifier,
): EvaluatedNetwork {
  const probe = hasProbes && new OnlineProbe(backbone.encoder.features, classes, inputs, random);
  return { backbone, ...(probe && { probe }), ...(classifier && { classifier }) };
}
