import * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import type { MetricName } from "../../../protocol/metrics/metrics";
import { type SchemeOf, teacherOf } from "../../../protocol/schemes";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { infoNceLoss } from "../../methods/moco";
import {
  channelDistillationLoss,
  gradientCosine,
  type S2bnnTerm,
  s2bnnLoss,
  s2bnnStrategies,
} from "../../methods/s2bnn";
import type { Backbone } from "../../networks/backbone";
import { ResidentQueue } from "../../operations/queue/resident-queue";
import type { UpdateRule } from "../../optimizers/optimizer";
import { createMomentumPair } from "../create-networks";
import type { MomentumPair } from "../learners/momentum";
import { pairOf } from "../learners/stack";
import { releaseOutcome, Trainee } from "../learners/trainee";
import type { AskedViews } from "../teachers/asked-views";
import { createMocoTeacher } from "../teachers/create-teacher";
import type { MocoTask } from "./moco";
import { shuffledKeys } from "./moco";
import type { FrozenAnswers } from "./parts/frozen-answers";
import {
  answersIn,
  answersOf,
  asksOf,
  type EmbeddingTeacher,
  embeddingTeacher,
} from "./parts/frozen-teacher";
import type { Creation, MethodTraining } from "./parts/method-training";
import { usual } from "./parts/method-training";
import type { EvaluatedNetwork, Task, TaskContext } from "./parts/task";
import { labelsOf, stackedViews, withProbe } from "./parts/task";

type S2bnnScheme = Extract<Scheme, { readonly method: "s2bnn" }>;

/** The teacher of a binary student: trained before and frozen, or trained alongside by MoCo. */
export type S2bnnTeacher =
  | { readonly kind: "frozen"; readonly network: EmbeddingTeacher }
  | { readonly kind: "online"; readonly network: Backbone; readonly task: MocoTask };

/** S2-BNN's three strategies (docs/methods.md §1.6), meant for a binary student. */
export class S2bnnTask implements Task {
  readonly terms: readonly MetricName[];
  readonly shuffles = true;
  readonly student: EvaluatedNetwork;
  readonly teacher?: EvaluatedNetwork;
  readonly asks: readonly AskedViews[];
  readonly answers: FrozenAnswers<tf.Tensor4D> | undefined;
  private readonly trainee: Trainee;
  private readonly queue: ResidentQueue | undefined;
  private readonly contrasts: boolean;

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: S2bnnScheme,
    private readonly networks: MomentumPair,
    private readonly source: S2bnnTeacher | undefined,
    rule: UpdateRule,
    randoms: { readonly probe: Random; readonly queue: Random },
  ) {
    const { online } = networks;
    const wanted: readonly S2bnnTerm[] = s2bnnStrategies[scheme.strategy];
    this.contrasts = wanted.includes("contrast");
    if (wanted.includes("distillation") !== (source !== undefined)) {
      throw new Error(`Strategy ${scheme.strategy} ${source ? "has no" : "needs a"} teacher.`);
    }
    this.trainee = new Trainee([online.parameters], rule, context.inputs, "studentRate");
    this.asks = source ? asksOf(source.network, context, [[context.views.first]]) : [];
    if (source)
      this.answers = answersOf<tf.Tensor4D>(
        source.network,
        // An online teacher is never asked before a step: it learns in it.
        source.kind === "frozen" ? context : { ...context, keepsAnswers: false },
        {
          rows: [1],
          of: "projections",
          show: () => pairOf(stackedViews(context)).v,
          embed: (network, v) => [network.embed(v, modeOf(source)).projections],
          about: "first of two views",
        },
      );
    this.student = { ...withProbe(online, context, randoms.probe), momentum: networks.momentum };
    if (source?.kind === "online" && source.task.teacher) this.teacher = source.task.teacher;
    this.queue = this.contrasts
      ? new ResidentQueue(scheme.queue, online.dimension, randoms.queue)
      : undefined;
    this.terms = [
      "studentLoss",
      ...(scheme.strategy === "both"
        ? (["contrastLoss", "distillationLoss", "gradientCosine"] as const)
        : []),
      ...(source?.kind === "online" ? (["teacherLoss"] as const) : []),
    ];
    online.binaryWeights = scheme.training === "one";
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, networks, scheme, trainee } = this;
    // In the first step of two-step training only activations are binary.
    const binary = scheme.training === "one" || !context.inputs.firstPhase;
    networks.online.binaryWeights = binary;
    networks.momentum.binaryWeights = binary;
    const { v, vPrime } = pairOf(stackedViews(context));
    const losses = this.lossesFor(v, vPrime);
    const ofTeacher: tf.Scalar[] = [];
    if (this.source?.kind === "online") {
      this.source.task.step((terms) => ofTeacher.push(...terms.map((term) => tf.clone(term))));
    }
    const done = trainee.differentiate(() => {
      const { features, projections } = networks.online.embed(v, {
        kind: "train",
        groups: scheme.normGroups,
      });
      const total = s2bnnLoss(scheme.strategy, {
        contrast: () => losses.contrast(projections),
        distillation: () => losses.distillation(projections),
      });
      return { total, terms: [], kept: { features, projections } };
    });
    trainee.apply(done);
    const { features, projections } = done.kept;
    const parts = scheme.strategy === "both" ? this.compare(losses, projections) : [];
    if (losses.keys) this.queue?.enter(losses.keys);
    this.student.probe?.learn(features, labelsOf(context, 1));
    report([done.total, ...parts, ...ofTeacher]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
    this.queue?.dispose();
    this.answers?.dispose();
    for (const asked of this.asks) asked.dispose();
    if (this.source?.kind === "online") this.source.task.dispose();
  }

  /** Both terms of the loss as functions of the student's embeddings of v. */
  private lossesFor(v: tf.Tensor4D, vPrime: tf.Tensor4D) {
    const { answers, asks, context, networks, queue, scheme, source } = this;
    let keys: Target | undefined;
    if (this.contrasts) {
      networks.follow();
      keys = shuffledKeys(context, networks, scheme.normGroups, vPrime);
    }
    const teacherEmbeddings = source && answersIn(asks[0], answers?.now(v));
    return {
      keys,
      contrast: (embedding: tf.Tensor2D): tf.Scalar => {
        if (!keys || !queue) throw new Error("The strategy has no contrastive term.");
        return infoNceLoss(embedding, keys, queue.rows, scheme.temperature);
      },
      distillation: (embedding: tf.Tensor2D): tf.Scalar => {
        if (!teacherEmbeddings) throw new Error("The strategy has no distillation term.");
        return channelDistillationLoss(embedding, teacherEmbeddings, scheme.temperature);
      },
    };
  }

  /** Both terms separately, and the cosine of their gradients at the embedding. */
  private compare(losses: ReturnType<S2bnnTask["lossesFor"]>, embedding: tf.Tensor2D): tf.Scalar[] {
    const { contrast, distillation } = losses;
    return [contrast(embedding), distillation(embedding), gradientCosine(contrast, distillation, embedding)];
  }
}

/**
 * A frozen teacher uses its running statistics, so that it is the same function for every batch. An online teacher
 * uses batch statistics, since its running ones are not accurate yet.
 */
const modeOf = ({ kind }: S2bnnTeacher) =>
  kind === "frozen" ? ({ kind: "evaluate" } as const) : ({ kind: "frozen", groups: 1 } as const);

/** The frozen teacher from the previous stage, an online one, or none. */
function teacherFor(given: Creation<SchemeOf<"s2bnn">>): S2bnnTeacher | undefined {
  const { context, arm, scheme, seed, teacher, own } = given;
  const { when } = teacherOf(scheme);
  if (when === "none") return undefined;
  if (when === "before") return { kind: "frozen", network: embeddingTeacher(teacher) };
  const online = createMocoTeacher(context, arm, seed);
  own(online.teacher.network);
  return { kind: "online", network: online.teacher.backbone, task: online.task };
}

export const s2bnn: MethodTraining<"s2bnn"> = {
  ...usual,
  create: (given) => {
    const { context, shared, arm, scheme, seed, own, rule, randoms } = given;
    const pair = own(createMomentumPair(context, arm, seed, "student"));
    return new S2bnnTask(shared, scheme, pair, teacherFor(given), rule, randoms);
  },
  cost: (given) => {
    const { count, scheme, student, studentEmbedder, teacher, studentStage, teacherStage } = given;
    const own = student.macs + studentEmbedder.macs;
    const alone = scheme.strategy === "distillation" ? count.supervised(own) : count.moco(own, false);
    const parameters = { student: student.parameters + studentEmbedder.parameters };
    const { when } = teacherOf(scheme);
    if (when === "none") return { stages: [studentStage(alone)], paperMacs: student.macs, parameters };
    const kind = when === "alongside" ? "moco" : scheme.teacherMethod;
    const teacherHead = given.teacherHead(kind);
    const step = alone + count.frozen(teacher.macs + teacherHead.macs);
    const teacherStep = given.selfSupervisedTeacher(kind);
    return {
      stages:
        when === "alongside"
          ? [given.jointStage(step + teacherStep)]
          : [teacherStage(teacherStep), studentStage(step)],
      paperMacs: student.macs + teacher.macs,
      parameters: { ...parameters, teacher: teacher.parameters + teacherHead.parameters },
    };
  },
  scalars: (_, { momentum }) => ({ tau: momentum }),
  realWeightSteps: ({ training }, steps) => (training === "two" ? Math.floor(steps / 2) : 0),
};
