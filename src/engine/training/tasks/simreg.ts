import type * as tf from "@tensorflow/tfjs-core";
import type { SchemeOf } from "../../../protocol/schemes";
import type { Random } from "../../math/random";
import { simregLoss } from "../../methods/simreg";
import { costOfHead, type HeadPlan } from "../../networks/architecture";
import { type Backbone, Predictors } from "../../networks/backbone";
import { linear, linearParameters } from "../../networks/heads";
import type { NormMode } from "../../networks/normalization";
import { ParameterStore } from "../../networks/parameters";
import type { UpdateRule } from "../../optimizers/optimizer";
import { createEncoder, memberRandom } from "../create-networks";
import { targetsOf } from "../learners/learner";
import { pairOf } from "../learners/stack";
import { releaseOutcome, Trainee } from "../learners/trainee";
import type { AskedViews } from "../teachers/asked-views";
import type { FrozenAnswers } from "./parts/frozen-answers";
import {
  answersIn,
  answersOf,
  asksOf,
  type EmbeddingTeacher,
  embeddingTeacher,
  featuresOf,
} from "./parts/frozen-teacher";
import { type MethodTraining, usual } from "./parts/method-training";
import {
  type EvaluatedNetwork,
  firstView,
  labelsOf,
  stackedViews,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

type SimregScheme = SchemeOf<"simreg">;

/** The head's parts, each FC–BN–ReLU–FC; none if it is one linear layer. */
function headsOf({ head }: SimregScheme, from: number, to: number): readonly HeadPlan[] {
  const hidden = 2 * from;
  if (head === "linear") return [];
  return head === "two"
    ? [{ from, hidden, to }]
    : [
        { from, hidden, to: from },
        { from, hidden, to },
      ];
}

/** The student's head, from its features to the dimension of the teacher's. Owns its parameters; dispose it. */
class RegressionHead {
  private readonly parts: readonly Predictors[];
  private readonly linear: ParameterStore | undefined;

  constructor(scheme: SimregScheme, from: number, to: number, random: Random) {
    const plans = headsOf(scheme, from, to);
    this.parts = plans.map((plan, at) => new Predictors([`head${at}`], plan, random));
    this.linear =
      plans.length === 0 ? ParameterStore.create(linearParameters("head", from, to), random) : undefined;
  }

  get stores(): readonly ParameterStore[] {
    return [...this.parts.map(({ parameters }) => parameters), ...(this.linear ? [this.linear] : [])];
  }

  /** [batch, from] → [batch, to], by batch statistics. */
  outputs(features: tf.Tensor2D): tf.Tensor2D {
    if (this.linear) return linear(this.linear, "head", features);
    return this.parts.reduce((x, part, at) => part.predict(`head${at}`, x, 1), features);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
    this.linear?.dispose();
  }
}

/** SimReg (docs/methods.md §1.13): the student's features regress those of a frozen teacher. */
class SimregTask implements Task {
  readonly terms = ["studentLoss"] as const;
  readonly student: EvaluatedNetwork;
  readonly asks: readonly AskedViews[];
  readonly answers: FrozenAnswers<tf.Tensor4D> | undefined;
  private readonly trainee: Trainee;

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: SimregScheme,
    private readonly network: Backbone,
    private readonly head: RegressionHead,
    readonly teacherNetwork: EmbeddingTeacher,
    rule: UpdateRule,
    probeRandom: Random,
  ) {
    this.trainee = new Trainee([network.parameters, ...head.stores], rule, context.inputs, "studentRate");
    this.student = withProbe(network, context, probeRandom);
    const { first, second } = context.views;
    this.asks = asksOf(teacherNetwork, context, [scheme.views === "same" ? [first] : [first, second]]);
    const { teacherBatchNorm } = scheme;
    const mode: NormMode = teacherBatchNorm === "eval" ? { kind: "evaluate" } : { kind: "frozen", groups: 1 };
    this.answers = answersOf<tf.Tensor4D>(teacherNetwork, context, {
      rows: [1],
      of: "features",
      show: () => this.views()[1],
      embed: (frozen, shown) => [frozen.features(shown, mode)],
      about: [scheme.views, teacherBatchNorm],
    });
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, scheme, network, head, trainee } = this;
    const [images, shown] = this.views();
    const answers = answersIn(this.asks[0], this.answers?.now(shown));
    const isOfBoth = this.asks.length > 0 && scheme.views !== "same";
    const goal = isOfBoth ? targetsOf(answers).vPrime : answers;
    const done = trainee.differentiate(() => {
      const features = network.features(images, { kind: "train", groups: 1 });
      return { total: simregLoss(head.outputs(features), goal), terms: [], kept: { features } };
    });
    trainee.apply(done);
    this.student.probe?.learn(done.kept.features, labelsOf(context, 1));
    report([done.total]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
    this.answers?.dispose();
    for (const asked of this.asks) asked.dispose();
  }

  /** The student's images and the teacher's. */
  private views(): readonly [tf.Tensor4D, tf.Tensor4D] {
    if (this.scheme.views === "same") {
      const images = firstView(this.context);
      return [images, images];
    }
    const { v, vPrime } = pairOf(stackedViews(this.context));
    return [v, vPrime];
  }
}

export const simreg: MethodTraining<"simreg"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, teacher, own, rule, randoms }) => {
    const network = own(createEncoder(context, arm, seed));
    const frozen = embeddingTeacher(teacher);
    const [from, to] = [network.encoder.features, featuresOf(frozen)];
    const head = own(new RegressionHead(scheme, from, to, memberRandom(seed).fork(1)));
    return new SimregTask(shared, scheme, network, head, frozen, rule, randoms.probe);
  },
  cost: (given) => {
    const { count, plan, scheme, student, teacher, studentStage, teacherStage } = given;
    const [from, to] = [plan.student.features, plan.teacherFeatures];
    const parts = headsOf(scheme, from, to).map(costOfHead);
    const one = { macs: from * to, parameters: from * to + to };
    const head = (parts.length === 0 ? [one] : parts).reduce((sum, part) => ({
      macs: sum.macs + part.macs,
      parameters: sum.parameters + part.parameters,
    }));
    return {
      stages: [
        teacherStage(given.selfSupervisedTeacher(scheme.teacherMethod)),
        studentStage(count.imitation(student.macs + head.macs, teacher.macs)),
      ],
      paperMacs: student.macs + teacher.macs,
      parameters: { student: student.parameters + head.parameters, teacher: teacher.parameters },
    };
  },
};
