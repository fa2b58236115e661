import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../protocol/metrics";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { byolLoss, type Pair } from "../../methods/byol";
import type { Embedded, Learner } from "../learner";
import { predictorOf } from "../plan";
import { type Outcome, releaseOutcome } from "../trainee";
import { labelsOf, type ProbedSubject, stackedViews, subjectOf, type Task, type TaskContext } from "./task";

/** BYOL alone: the plain student, or the teacher of SimDis (Grill et al. 2020). */
export class ByolTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student?: ProbedSubject;
  readonly teacher?: ProbedSubject;
  private readonly subject: ProbedSubject;

  constructor(
    private readonly context: TaskContext,
    private readonly learner: Learner,
    role: "student" | "teacher",
    random: Random,
  ) {
    const { online, momentum } = learner;
    this.subject = { ...subjectOf(online, context, random), momentum };
    if (role === "student") this.student = this.subject;
    else this.teacher = this.subject;
    this.terms = [role === "student" ? "studentLoss" : "teacherLoss"];
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { learner, context } = this;
    learner.follow();
    const images = stackedViews(context);
    const done = byolGradients(learner, images, learner.momentumTargets(images));
    learner.apply(done);
    this.subject.probe.learn(done.kept.features, labelsOf(context, 2));
    report([done.total]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.subject.probe.dispose();
  }
}

/** BYOL's loss and its gradients. */
export function byolGradients(learner: Learner, images: tf.Tensor4D, goals: Pair<Target>): Outcome<Embedded> {
  return learner.differentiate(images, (predict) => ({
    total: byolLoss(predict(predictorOf({ method: "byol" }, 3)), goals),
    terms: [],
  }));
}
