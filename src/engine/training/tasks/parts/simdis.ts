import type * as tf from "@tensorflow/tfjs-core";
import type { SimDisScheme } from "../../../../protocol/experiment";
import type { MetricName } from "../../../../protocol/metrics/metrics";
import type { SchemeCost } from "../../../evaluation/compute";
import type { Pair } from "../../../math/pair";
import type { Random } from "../../../math/random";
import { type Target, target } from "../../../math/target";
import {
  meanOfTerms,
  networksNeeded,
  simdisTerms,
  type TargetNetwork,
  type TargetView,
} from "../../../methods/simdis";
import type { NormMode } from "../../../networks/normalization";
import { type Embedded, type Learner, targetsOf } from "../../learners/learner";
import { pairOf } from "../../learners/stack";
import { type Outcome, releaseOutcome } from "../../learners/trainee";
import type { Costing } from "../../planning/costing";
import type { AskedViews, TeacherAnswers } from "../../teachers/asked-views";
import { byolGradients } from "../byol";
import { FrozenAnswers } from "./frozen-answers";
import { asksOf } from "./frozen-teacher";
import { predictorOf } from "./predictors";
import {
  type EvaluatedNetwork,
  labelsOf,
  stackedViews,
  type Task,
  type TaskContext,
  withProbe,
} from "./task";

/** The teacher: trained alongside the student, or trained before and frozen. */
export type SimdisTeacher =
  | { readonly kind: "online"; readonly learner: Learner }
  | FrozenTeacher
  /** Without a momentum copy, whose place it takes: a frozen model is its own average. */
  | { readonly kind: "model"; readonly answers: TeacherAnswers };

interface FrozenTeacher {
  readonly kind: "frozen";
  readonly learner: Learner;
  readonly batchNorm: "train" | "eval";
}

/**
 * SimDis's student with its teacher (docs/methods.md §1.2), on two tapes, so that the student's loss cannot reach the
 * teacher.
 */
export class SimdisTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student: EvaluatedNetwork;
  readonly teacher?: EvaluatedNetwork;
  readonly asks: readonly AskedViews[];
  readonly answers: FrozenAnswers<tf.Tensor4D> | undefined;
  private readonly needed: ReadonlySet<TargetNetwork>;

  constructor(
    private readonly context: TaskContext,
    private readonly heads: SimDisScheme["heads"],
    private readonly targetViews: readonly TargetView[],
    private readonly learner: Learner,
    private readonly source: SimdisTeacher,
    probes: { readonly student: Random; readonly teacher: Random },
  ) {
    this.needed = networksNeeded(targetViews);
    const probed = ({ online, momentum }: Learner, random: Random): EvaluatedNetwork => ({
      ...withProbe(online, context, random),
      momentum,
    });
    this.student = probed(learner, probes.student);
    if (source.kind === "online") this.teacher = probed(source.learner, probes.teacher);
    if (source.kind === "frozen") this.answers = this.answersOf(source);
    const { first, second } = context.views;
    this.asks = source.kind === "model" ? asksOf(source.answers, context, [[first, second]]) : [];
    const views = targetViews.map((view): MetricName => `viewLoss${view}`);
    this.terms = ["studentLoss", ...views, ...(source.kind === "online" ? (["teacherLoss"] as const) : [])];
  }

  /**
   * Follows the order of docs/methods.md §1.2: momentum updates, targets, teacher's tape, student's tape, optimizer
   * steps.
   */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, learner, source, needed, targetViews } = this;
    learner.follow();
    if (source.kind === "online") source.learner.follow();
    const images = stackedViews(context);
    const targets: Partial<Record<TargetNetwork, Pair<Target>>> = {};
    if (needed.has("momentumStudent")) targets.momentumStudent = learner.momentumTargets(images);
    const teacherStep = this.addTeacherTargets(images, targets);
    const studentStep = learner.differentiate(images, (predict, projections) => {
      const own = needed.has("student") ? { student: targetsOf(projections) } : {};
      const terms = simdisTerms(targetViews, (view) => predict(predictorOf(this.heads, view)), {
        ...targets,
        ...own,
      });
      return { total: meanOfTerms(terms), terms };
    });
    if (teacherStep && source.kind === "online") source.learner.apply(teacherStep);
    learner.apply(studentStep);
    const labels = labelsOf(context, 2);
    if (teacherStep) this.teacher?.probe?.learn(teacherStep.kept.features, labels);
    this.student.probe?.learn(studentStep.kept.features, labels);
    report([studentStep.total, ...studentStep.terms, ...(teacherStep ? [teacherStep.total] : [])]);
    releaseOutcome(studentStep);
    if (teacherStep) releaseOutcome(teacherStep);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.teacher?.probe?.dispose();
    this.answers?.dispose();
    for (const asked of this.asks) asked.dispose();
  }

  /** The projections of a frozen teacher and its momentum copy, as far as they are needed, of both views. */
  private answersOf({ learner, batchNorm }: FrozenTeacher): FrozenAnswers<tf.Tensor4D> {
    const { context } = this;
    const mode: NormMode = batchNorm === "eval" ? { kind: "evaluate" } : { kind: "frozen", groups: 2 };
    const networks = this.asked.map((name) => (name === "teacher" ? learner.online : learner.momentum));
    return new FrozenAnswers(
      {
        shapes: networks.map(({ dimension: length }) => ({ rows: 2, length })),
        show: () => stackedViews(context),
        ask: (images) => networks.map((network) => target(network.embed(images, mode).projections)),
        networks: networks.map((backbone) => ({ backbone })),
        about: ["projections", this.asked, context.views, batchNorm],
      },
      context,
    );
  }

  /** The networks of a teacher that give targets. */
  private get asked(): readonly ("teacher" | "momentumTeacher")[] {
    return (["teacher", "momentumTeacher"] as const).filter((name) => this.needed.has(name));
  }

  /** Adds the teacher's targets to `targets`. Returns an online teacher's own gradients. */
  private addTeacherTargets(
    images: tf.Tensor4D,
    targets: Partial<Record<TargetNetwork, Pair<Target>>>,
  ): Outcome<Embedded> | undefined {
    const { answers, source, needed } = this;
    const [asked] = this.asks;
    if (source.kind === "model") {
      if (asked) targets.teacher = targetsOf(asked.answers);
      if (targets.teacher) targets.momentumTeacher = targets.teacher;
      return undefined;
    }
    const { learner } = source;
    if (source.kind === "frozen") {
      const given = answers?.now(images) ?? [];
      for (const [i, name] of this.asked.entries()) targets[name] = pairOf(given[i] as Target);
      return undefined;
    }
    const momentumTeacher = learner.momentumTargets(images);
    const teacherStep = byolGradients(learner, images, momentumTeacher);
    if (needed.has("momentumTeacher")) targets.momentumTeacher = momentumTeacher;
    if (needed.has("teacher")) targets.teacher = targetsOf(teacherStep.kept.projections);
    return teacherStep;
  }
}

/** The costs of the six networks' forward passes. */
export const simdisCost = (given: Costing): SchemeCost => ({
  student: given.student.macs,
  teacher: given.teacher.macs,
  studentProjector: given.studentProjector.macs,
  teacherProjector: given.teacherProjector.macs,
  studentPredictor: given.predictor.macs,
  teacherPredictor: given.predictor.macs,
});

export const simdisParameters = (given: Costing, heads: number) => ({
  student: given.student.parameters + given.studentProjector.parameters + heads * given.predictor.parameters,
  teacher:
    given.teacher.parameters +
    given.teacherProjector.parameters +
    (given.arm.model ? 0 : given.predictor.parameters),
});
