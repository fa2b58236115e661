import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../protocol/metrics/metrics";
import type { Random } from "../../math/random";
import { supervisedLoss } from "../../methods/supervised";
import type { UpdateRule } from "../../optimizers/optimizer";
import type { LabeledNetwork } from "../learners/labeled-network";
import { releaseOutcome, Trainee } from "../learners/trainee";
import { type MethodTraining, usual } from "./parts/method-training";
import {
  type EvaluatedNetwork,
  firstView,
  labelsOf,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

/** Cross-entropy on labels, on the first view of every image: for a student, or for a supervised teacher. */
export class SupervisedTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student?: EvaluatedNetwork;
  readonly teacher?: EvaluatedNetwork;
  private readonly evaluated: EvaluatedNetwork;
  private readonly trainee: Trainee;

  constructor(
    private readonly context: TaskContext,
    private readonly network: LabeledNetwork,
    role: "student" | "teacher",
    rule: UpdateRule,
    probeRandom: Random,
    /** Pixels per side of the network's images. */
    private readonly side?: number,
  ) {
    if (side !== undefined) context.images.prepare(side);
    const rate = role === "student" ? "studentRate" : "teacherRate";
    this.trainee = new Trainee(network.stores, rule, context.inputs, rate);
    this.evaluated = withProbe(network.backbone, context, probeRandom, network);
    if (role === "student") this.student = this.evaluated;
    else this.teacher = this.evaluated;
    this.terms = [role === "student" ? "studentLoss" : "teacherLoss"];
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, network, trainee, side } = this;
    const images = firstView(context, side);
    const labels = labelsOf(context, 1);
    const done = trainee.differentiate(() => {
      const { features, logits } = network.outputs(images, { kind: "train", groups: 1 });
      return { total: supervisedLoss(logits, labels), terms: [], kept: { features } };
    });
    trainee.apply(done);
    this.evaluated.probe?.learn(done.kept.features, labels);
    report([done.total]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.evaluated.probe?.dispose();
    this.trainee.dispose();
  }
}

export const supervised: MethodTraining<"supervised"> = {
  ...usual,
  create: ({ shared, labeledStudent, rule, randoms }) =>
    new SupervisedTask(shared, labeledStudent(), "student", rule, randoms.probe),
  cost: ({ count, student, studentStage }) => ({
    stages: [studentStage(count.supervised(student.macs))],
    paperMacs: student.macs,
    parameters: { student: student.parameters },
  }),
};
