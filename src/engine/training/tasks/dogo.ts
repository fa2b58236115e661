import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../protocol/metrics/metrics";
import type { SchemeOf } from "../../../protocol/schemes";
import type { Random } from "../../math/random";
import { sumOf } from "../../math/sum";
import { dogoTerms, similarityTarget, weighDogoTerms } from "../../methods/dogo";
import type { Backbone } from "../../networks/backbone";
import type { UpdateRule } from "../../optimizers/optimizer";
import { renderViews } from "../../views/render-views";
import { createMember } from "../create-networks";
import { pairOf, partsOf } from "../learners/stack";
import { releaseOutcome, Trainee } from "../learners/trainee";
import { planArm } from "../planning/plan";
import { type MethodTraining, usual } from "./parts/method-training";
import {
  type EvaluatedNetwork,
  labelsOf,
  stackedViews,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

type DogoScheme = SchemeOf<"dogo">;

const bothViews = { kind: "train", groups: 2 } as const;

/** DoGo (docs/methods.md §1.14): two networks learn by contrast and from each other. The first is the student. */
class DogoTask implements Task {
  readonly terms: readonly MetricName[] = ["studentLoss", "contrastLoss", "distillationLoss", "member2Loss"];
  readonly student: EvaluatedNetwork;
  private readonly trainee: Trainee;

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: DogoScheme,
    private readonly members: readonly [Backbone, Backbone],
    rule: UpdateRule,
    probeRandom: Random,
  ) {
    const stores = members.map(({ parameters }) => parameters);
    this.trainee = new Trainee(stores, rule, context.inputs, "studentRate");
    this.student = withProbe(members[0], context, probeRandom);
  }

  /**
   * One tape for the sum of both losses. Gradients through the peer's similarities are stopped, so that the sum's
   * gradient by a member is that of its own loss.
   */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, members, scheme, trainee } = this;
    const images = this.views();
    const done = trainee.differentiate(() => {
      const embedded = members.map((member, at) => member.embed(images[at] as tf.Tensor4D, bothViews));
      const projections = embedded.map((one) => pairOf(one.projections));
      const [own, other] = projections as [(typeof projections)[number], (typeof projections)[number]];
      const terms = [
        dogoTerms(own, similarityTarget(other), scheme),
        dogoTerms(other, similarityTarget(own), scheme),
      ] as const;
      const losses = terms.map((each) => weighDogoTerms(each, scheme.weight));
      const [{ contrast, imitation }] = terms;
      const [first] = embedded as [(typeof embedded)[number]];
      return {
        total: sumOf(losses),
        terms: [losses[0] as tf.Scalar, contrast, imitation, losses[1] as tf.Scalar],
        kept: { features: first.features },
      };
    });
    trainee.apply(done);
    this.student.probe?.learn(done.kept.features, labelsOf(context, 2));
    report(done.terms);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
  }

  /** The stacked views of each member. */
  private views(): readonly tf.Tensor4D[] {
    const { images, views, inputs } = this.context;
    if (this.scheme.views === "shared") {
      const stacked = stackedViews(this.context);
      return [stacked, stacked];
    }
    const recipes = [views.first, views.second, views.first, views.second];
    return partsOf(renderViews(images, recipes, inputs.batch, inputs.clock), 2);
  }
}

export const dogo: MethodTraining<"dogo"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, own, rule, randoms }) => {
    const plan = planArm(arm, context.parts.train.set.channels);
    const projectors = { student: plan.studentProjector, teacher: plan.teacherProjector };
    const student = own(createMember(context, arm, seed, 0, "student", projectors.student));
    const peer = own(createMember(context, arm, seed, 1, scheme.peer, projectors[scheme.peer]));
    return new DogoTask(shared, scheme, [student, peer], rule, randoms.probe);
  },
  cost: (given) => {
    const { count, scheme, student, teacher, studentProjector, teacherProjector, studentStage } = given;
    const [peer, head] =
      scheme.peer === "student" ? [student, studentProjector] : [teacher, teacherProjector];
    return {
      stages: [
        studentStage(2 * count.supervised(student.macs + studentProjector.macs + peer.macs + head.macs)),
      ],
      paperMacs: student.macs + peer.macs,
      parameters: {
        student: student.parameters + studentProjector.parameters,
        teacher: peer.parameters + head.parameters,
      },
    };
  },
  probedViews: () => 2,
};
