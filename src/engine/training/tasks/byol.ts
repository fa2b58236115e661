import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../protocol/metrics/metrics";
import type { Pair } from "../../math/pair";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { byolLoss } from "../../methods/byol";
import { createLearner } from "../create-networks";
import type { Embedded, Learner } from "../learners/learner";
import type { Outcome } from "../learners/trainee";
import { releaseOutcome } from "../learners/trainee";
import type { MethodTraining } from "./parts/method-training";
import { usual } from "./parts/method-training";
import { byolPredictor } from "./parts/predictors";
import {
  type EvaluatedNetwork,
  labelsOf,
  stackedViews,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

/** BYOL (Grill et al. 2020): for a student, or for the teacher of SimDis. */
export class ByolTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student?: EvaluatedNetwork;
  readonly teacher?: EvaluatedNetwork;
  private readonly evaluated: EvaluatedNetwork;

  constructor(
    private readonly context: TaskContext,
    private readonly learner: Learner,
    role: "student" | "teacher",
    random: Random,
  ) {
    const { online, momentum } = learner;
    this.evaluated = { ...withProbe(online, context, random), momentum };
    if (role === "student") this.student = this.evaluated;
    else this.teacher = this.evaluated;
    this.terms = [role === "student" ? "studentLoss" : "teacherLoss"];
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { learner, context } = this;
    learner.follow();
    const images = stackedViews(context);
    const done = byolGradients(learner, images, learner.momentumTargets(images));
    learner.apply(done);
    this.evaluated.probe?.learn(done.kept.features, labelsOf(context, 2));
    report([done.total]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.evaluated.probe?.dispose();
  }
}

/** Computes BYOL's loss on two stacked views, with its gradients. */
export function byolGradients(
  learner: Learner,
  images: tf.Tensor4D,
  targets: Pair<Target>,
): Outcome<Embedded> {
  return learner.differentiate(images, (predict) => ({
    total: byolLoss(predict(byolPredictor), targets),
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
