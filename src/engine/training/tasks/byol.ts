import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../protocol/metrics";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { byolLoss, type Pair } from "../../methods/byol";
import { createLearner } from "../create-networks";
import type { Embedded, Learner } from "../learner";
import type { Outcome } from "../trainee";
import { releaseOutcome } from "../trainee";
import type { MethodTraining } from "./method-training";
import { usual } from "./method-training";
import { byolPredictor } from "./predictors";
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
    total: byolLoss(predict(byolPredictor), goals),
    terms: [],
  }));
}

export const byol: MethodTraining<"byol"> = {
  ...usual,
  create: ({ context, shared, arm, seed, own, randoms }) => {
    const learner = own(createLearner(context, arm, seed, "student", [byolPredictor]));
    return new ByolTask(shared, learner, "student", randoms.probe);
  },
  cost: ({ count, student, studentProjector, predictor, studentStage }) => ({
    stages: [studentStage(count.byol(student.macs, studentProjector.macs, predictor.macs))],
    paperMacs: student.macs,
    parameters: { student: student.parameters + studentProjector.parameters + predictor.parameters },
  }),
  probedViews: () => 2,
};
