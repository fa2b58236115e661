import * as tf from "@tensorflow/tfjs-core";
import type { Experiment, Scheme } from "../../protocol/experiment";
import type { MetricName } from "../../protocol/metrics";
import type { Random } from "../math/random";
import { type Target, target } from "../math/target";
import { byolLoss, type Pair } from "../methods/byol";
import {
  meanOfTerms,
  networksNeeded,
  simdisTerms,
  type TargetNetwork,
  type TargetView,
} from "../methods/simdis";
import type { Backbone } from "../networks/backbone";
import type { NormMode } from "../networks/normalisation";
import { renderViews } from "../views/render-views";
import type { ResidentImages } from "../views/resident-images";
import { type Differentiated, type Learner, pairOf, release, targetsOf } from "./learner";
import { OnlineProbe } from "./online-probe";
import { predictorOf } from "./plan";
import type { StepInputs } from "./step-inputs";

/** What every step draws on. */
export interface TaskContext {
  readonly images: ResidentImages;
  readonly classes: number;
  readonly views: Experiment["views"];
  readonly inputs: StepInputs;
}

/** An encoder that is judged, with the classifier that learns beside it. */
export interface Subject {
  readonly backbone: Backbone;
  readonly probe: OnlineProbe;
}

/** What one stage trains: one method's step over its networks. Everything a step changes, it changes in place. */
export interface Task {
  /** The terms that a step reports, in order. */
  readonly terms: readonly MetricName[];
  readonly student?: Subject;
  readonly teacher?: Subject;
  /** One update. Run inside a tidy. `report` reads the terms at once; they are gone afterwards. */
  step(report: (terms: readonly tf.Scalar[]) => void): void;
  /** Releases what the task made itself; learners belong to whoever made them. */
  dispose(): void;
}

const bothViews = ({ views }: TaskContext) => [views.first, views.second];

const stackedViews = (context: TaskContext): tf.Tensor4D =>
  renderViews(context.images, bothViews(context), context.inputs.batch, context.inputs.clock);

function labelsOf({ images, inputs }: TaskContext, views: number): tf.Tensor1D {
  const once = tf.gather(images.labels, inputs.batch) as tf.Tensor1D;
  return tf.concat(Array.from({ length: views }, () => once));
}

export function subjectOf(backbone: Backbone, { classes, inputs }: TaskContext, random: Random): Subject {
  return { backbone, probe: new OnlineProbe(backbone.encoder.features, classes, inputs, random) };
}

/** BYOL alone: the plain student, or the teacher of SimDis (Grill et al. 2020). */
export class ByolTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student?: Subject;
  readonly teacher?: Subject;
  private readonly subject: Subject;

  constructor(
    private readonly context: TaskContext,
    private readonly learner: Learner,
    role: "student" | "teacher",
    random: Random,
  ) {
    this.subject = subjectOf(learner.online, context, random);
    if (role === "student") this.student = this.subject;
    else this.teacher = this.subject;
    this.terms = [role === "student" ? "studentLoss" : "teacherLoss"];
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { learner, context } = this;
    learner.followOnline();
    const images = stackedViews(context);
    const done = byolGradients(learner, images, learner.momentumTargets(images));
    learner.apply(done);
    this.subject.probe.learn(done.features, labelsOf(context, 2));
    report([done.total]);
    release(done);
  }

  dispose(): void {
    this.subject.probe.dispose();
  }
}

function byolGradients(learner: Learner, images: tf.Tensor4D, goals: Pair<Target>): Differentiated {
  return learner.differentiate(images, (predict) => ({
    total: byolLoss(predict(predictorOf({ method: "byol" }, 3)), goals),
    terms: [],
  }));
}

/** The teacher as the student meets it: learning beside it, or trained before and frozen. */
export type SimdisTeacher =
  | { readonly kind: "online"; readonly learner: Learner }
  | { readonly kind: "frozen"; readonly learner: Learner; readonly batchNorm: "train" | "eval" };

/** SimDis's student with its teacher (METHODS §1.2). Two tapes: nothing of the student's loss reaches the teacher. */
export class SimdisTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student: Subject;
  readonly teacher?: Subject;
  private readonly needed: ReadonlySet<TargetNetwork>;

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: Scheme,
    private readonly targetViews: readonly TargetView[],
    private readonly learner: Learner,
    private readonly source: SimdisTeacher,
    probes: { readonly student: Random; readonly teacher: Random },
  ) {
    this.needed = networksNeeded(targetViews);
    this.student = subjectOf(learner.online, context, probes.student);
    if (source.kind === "online") this.teacher = subjectOf(source.learner.online, context, probes.teacher);
    const views = targetViews.map((view): MetricName => `viewLoss${view}`);
    this.terms = ["studentLoss", ...views, ...(source.kind === "online" ? (["teacherLoss"] as const) : [])];
  }

  /** The order of METHODS §1.2: momentum networks follow, their targets, teacher's tape, student's tape, both updates. */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, learner, source, needed, targetViews } = this;
    learner.followOnline();
    if (source.kind === "online") source.learner.followOnline();
    const images = stackedViews(context);
    const goals: Partial<Record<TargetNetwork, Pair<Target>>> = {};
    if (needed.has("momentumStudent")) goals.momentumStudent = learner.momentumTargets(images);
    const taught = this.teach(images, goals);
    const learnt = learner.differentiate(images, (predict, projections) => {
      const own = needed.has("student") ? { student: targetsOf(projections) } : {};
      const terms = simdisTerms(targetViews, (view) => predict(predictorOf(this.scheme, view)), {
        ...goals,
        ...own,
      });
      return { total: meanOfTerms(terms), terms };
    });
    if (taught && source.kind === "online") source.learner.apply(taught);
    learner.apply(learnt);
    const labels = labelsOf(context, 2);
    if (taught) this.teacher?.probe.learn(taught.features, labels);
    this.student.probe.learn(learnt.features, labels);
    report([learnt.total, ...learnt.terms, ...(taught ? [taught.total] : [])]);
    release(learnt);
    if (taught) release(taught);
  }

  dispose(): void {
    this.student.probe.dispose();
    this.teacher?.probe.dispose();
  }

  /** Adds the teacher's targets to `goals`; online, also its own gradients. */
  private teach(
    images: tf.Tensor4D,
    goals: Partial<Record<TargetNetwork, Pair<Target>>>,
  ): Differentiated | undefined {
    const { source, needed } = this;
    const { learner } = source;
    if (source.kind === "frozen") {
      const mode: NormMode =
        source.batchNorm === "eval" ? { kind: "evaluate" } : { kind: "frozen", groups: 2 };
      if (needed.has("teacher")) goals.teacher = targetsOf(learner.online.embed(images, mode).projections);
      if (needed.has("momentumTeacher")) {
        goals.momentumTeacher = targetsOf(learner.momentum.embed(images, mode).projections);
      }
      return undefined;
    }
    const momentumTeacher = learner.momentumTargets(images);
    const taught = byolGradients(learner, images, momentumTeacher);
    if (needed.has("momentumTeacher")) goals.momentumTeacher = momentumTeacher;
    if (needed.has("teacher")) {
      const { v, vPrime } = pairOf(taught.projections);
      goals.teacher = { v: target(v), vPrime: target(vPrime) };
    }
    return taught;
  }
}
