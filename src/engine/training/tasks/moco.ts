import * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import type { MetricName } from "../../../protocol/metrics/metrics";
import type { Random } from "../../math/random";
import { type Target, target } from "../../math/target";
import { infoNceLoss, symmetricInfoNceLoss } from "../../methods/moco";
import { ResidentQueue } from "../../operations/queue/resident-queue";
import type { UpdateRule } from "../../optimizers/optimizer";
import { createMomentumPair } from "../create-networks";
import type { MomentumPair } from "../learners/momentum";
import { pairOf } from "../learners/stack";
import { releaseOutcome, Trainee } from "../learners/trainee";
import { type MethodTraining, usual } from "./parts/method-training";
import {
  type EvaluatedNetwork,
  labelsOf,
  stackedViews,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

export type MocoSettings = Omit<Extract<Scheme, { readonly method: "moco" }>, "method" | "momentum">;

/** MoCo-v2 (docs/methods.md §1.3): for a student, or for the teacher of SEED, CompRess and S2-BNN. */
export class MocoTask implements Task {
  readonly terms: readonly MetricName[];
  readonly shuffles = true;
  readonly student?: EvaluatedNetwork;
  readonly teacher?: EvaluatedNetwork;
  readonly queue: ResidentQueue;
  private readonly evaluated: EvaluatedNetwork;
  private readonly trainee: Trainee;

  constructor(
    private readonly context: TaskContext,
    private readonly settings: MocoSettings,
    private readonly networks: MomentumPair,
    role: "student" | "teacher",
    rule: UpdateRule,
    randoms: { readonly probe: Random; readonly queue: Random },
  ) {
    const { online } = networks;
    const rate = role === "student" ? "studentRate" : "teacherRate";
    this.trainee = new Trainee([online.parameters], rule, context.inputs, rate);
    this.evaluated = { ...withProbe(online, context, randoms.probe), momentum: networks.momentum };
    if (role === "student") this.student = this.evaluated;
    else this.teacher = this.evaluated;
    this.terms = [role === "student" ? "studentLoss" : "teacherLoss"];
    this.queue = new ResidentQueue(settings.queue, online.dimension, randoms.queue);
  }

  /**
   * Updates the momentum network, computes its keys and the loss with the previous queue, updates the online network,
   * then enters the keys into the queue.
   */
  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, networks, queue, settings, trainee } = this;
    networks.follow();
    const images = stackedViews(context);
    const { v, vPrime } = pairOf(images);
    const keys = this.keysOf(settings.symmetric ? [v, vPrime] : [vPrime]);
    const shown = settings.symmetric ? images : v;
    const groups = settings.normGroups * (settings.symmetric ? 2 : 1);
    const done = trainee.differentiate(() => {
      const { features, projections } = networks.online.embed(shown, { kind: "train", groups });
      return { total: this.lossOf(projections, keys), terms: [], kept: { features } };
    });
    trainee.apply(done);
    for (const some of keys) queue.enter(some);
    this.evaluated.probe?.learn(done.kept.features, labelsOf(context, settings.symmetric ? 2 : 1));
    report([done.total]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.evaluated.probe?.dispose();
    this.trainee.dispose();
    this.queue.dispose();
  }

  private lossOf(queries: tf.Tensor2D, [first, second]: readonly Target[]): tf.Scalar {
    const { queue, settings } = this;
    const { temperature } = settings;
    if (!second) return infoNceLoss(queries, first as Target, queue.rows, temperature);
    const keys = { v: first as Target, vPrime: second };
    return symmetricInfoNceLoss(pairOf(queries), keys, queue.rows, temperature);
  }

  /** The keys of each view, in the order of its images. */
  private keysOf(views: readonly tf.Tensor4D[]): Target[] {
    const { context, networks, settings } = this;
    return views.map((images) => shuffledKeys(context, networks, settings.normGroups, images));
  }
}

/**
 * Computes keys with shuffled batch norm groups, so that a key's statistics carry no information about its query's.
 */
export function shuffledKeys(
  { inputs }: TaskContext,
  { momentum }: MomentumPair,
  groups: number,
  images: tf.Tensor4D,
): Target {
  const shuffled = tf.gather(images, inputs.shuffle);
  const { projections } = momentum.embed(shuffled, { kind: "train", groups });
  return target(tf.gather(projections, inputs.unshuffle));
}

export const moco: MethodTraining<"moco"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, own, rule, randoms }) =>
    new MocoTask(
      shared,
      scheme,
      own(createMomentumPair(context, arm, seed, "student")),
      "student",
      rule,
      randoms,
    ),
  cost: ({ count, scheme, student, studentEmbedder, studentStage }) => ({
    stages: [studentStage(count.moco(student.macs + studentEmbedder.macs, scheme.symmetric))],
    paperMacs: student.macs,
    parameters: { student: student.parameters + studentEmbedder.parameters },
  }),
  scalars: (_, { momentum }) => ({ tau: momentum }),
  probedViews: ({ symmetric }) => (symmetric ? 2 : 1),
};
