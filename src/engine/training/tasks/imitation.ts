import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../protocol/metrics";
import { logMeanProbabilities, logProbabilities } from "../../math/divergences";
import type { Random } from "../../math/random";
import { type Target, target } from "../../math/target";
import type { NormMode } from "../../networks/normalisation";
import type { UpdateRule } from "../../optimisers/optimiser";
import type { ResidentImages } from "../../views/resident-images";
import type { LabelledNetwork } from "../labelled-network";
import { releaseOutcome, Trainee } from "../trainee";
import { firstView, labelsOf, type ProbedSubject, subjectOf, type Task, type TaskContext } from "./task";
import { TeacherCache } from "./teacher-cache";

/** What the two networks are shown: one tensor of images for the student and, per teacher, one or several of its own. */
export type Shown = {
  readonly student: tf.Tensor4D;
  /** Where they are several, the teacher's probabilities are averaged over them. */
  readonly teacher: readonly tf.Tensor4D[];
};

/** What of a scheme differs from the others: the loss, and what is shown. */
export interface Imitation {
  /** Reported after the student's loss. */
  readonly terms: readonly MetricName[];
  show(context: TaskContext): Shown;
  /** Where the teacher is asked once about each image: what it sees of a batch, in every epoch. */
  readonly always?: (context: TaskContext, batch: tf.Tensor1D) => readonly tf.Tensor4D[];
  /** @param teachers logits of each teacher */
  loss(
    student: tf.Tensor2D,
    teachers: readonly Target[],
    labels: tf.Tensor1D,
  ): { readonly total: tf.Scalar; readonly terms: readonly tf.Scalar[] };
}

/** A student with the logits of frozen teachers as its goal: KD, SSLD and function matching. */
export class ImitationTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student: ProbedSubject;
  private readonly trainee: Trainee;
  /** One for each teacher, where each is asked but once. */
  private readonly caches: readonly TeacherCache[];

  constructor(
    private readonly context: TaskContext,
    private readonly imitation: Imitation,
    private readonly network: LabelledNetwork,
    private readonly teachers: readonly LabelledNetwork[],
    private readonly teacherBatchNorm: "train" | "eval",
    rule: UpdateRule,
    probeRandom: Random,
  ) {
    this.trainee = new Trainee(network.stores, rule, context.inputs, "studentRate");
    this.student = subjectOf(network.backbone, context, probeRandom, network);
    this.terms = ["studentLoss", ...imitation.terms];
    const { always } = imitation;
    this.caches = always
      ? teachers.map((teacher) =>
          TeacherCache.fill(this.seen, (batch) => this.goalOf(teacher, always(this.seen, batch))),
        )
      : [];
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, imitation, network, teachers, trainee } = this;
    const shown = imitation.show(this.seen);
    const labels = labelsOf(context, 1);
    const goals = imitation.always
      ? this.caches.map((cache) => cache.of(context.inputs.batch))
      : teachers.map((teacher) => this.goalOf(teacher, shown.teacher));
    const done = trainee.differentiate(() => {
      const { features, logits } = network.outputs(shown.student, { kind: "train", groups: 1 });
      return { ...imitation.loss(logits, goals, labels), kept: { features } };
    });
    trainee.apply(done);
    this.student.probe.learn(this.probed(done.kept.features), labels);
    report([done.total, ...done.terms]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe.dispose();
    this.trainee.dispose();
    for (const cache of this.caches) cache.dispose();
  }

  get foreign(): ResidentImages | undefined {
    return this.context.foreign;
  }

  /** What the networks are shown images from. */
  private get seen(): TaskContext {
    const { context } = this;
    return context.foreign ? { ...context, images: context.foreign } : context;
  }

  /** What the probe learns from: images that have labels. */
  private probed(features: tf.Tensor2D): tf.Tensor2D {
    if (!this.context.foreign) return features;
    return this.network.backbone.features(firstView(this.context), { kind: "evaluate" });
  }

  /** Batch statistics leave no trace in the teacher: it is what it was when its own stage ended. */
  private goalOf(teacher: LabelledNetwork, inputs: readonly tf.Tensor4D[]): Target {
    const mode: NormMode =
      this.teacherBatchNorm === "eval" ? { kind: "evaluate" } : { kind: "frozen", groups: 1 };
    const logits = inputs.map((images) => target(teacher.outputs(images, mode).logits));
    const [only, ...others] = logits;
    if (only && others.length === 0) return only;
    return logMeanProbabilities(logits.map((one) => logProbabilities(one)));
  }
}
