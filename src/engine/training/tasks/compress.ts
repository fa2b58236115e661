import type * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import type { MetricName } from "../../../protocol/metrics/metrics";
import type { Random } from "../../math/random";
import { compressLoss } from "../../methods/compress";
import { linear } from "../../networks/heads";
import type { ParameterStore } from "../../networks/parameters";
import { ResidentQueue } from "../../operations/queue/resident-queue";
import type { UpdateRule } from "../../optimizers/optimizer";
import { createMap, createMomentumPair } from "../create-networks";
import type { MomentumPair } from "../learners/momentum";
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
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

type CompressScheme = Extract<Scheme, { readonly method: "compress" }>;

const training = { kind: "train", groups: 1 } as const;

/** CompRess with one or two queues (docs/methods.md §1.5), on features of the same view, with a frozen teacher. */
export class CompressTask implements Task {
  readonly terms: readonly MetricName[] = ["studentLoss"];
  readonly student: EvaluatedNetwork;
  readonly teacherQueue: ResidentQueue;
  /** The student's queue, if there are two. */
  readonly studentQueue: ResidentQueue | undefined;
  readonly asks: readonly AskedViews[];
  readonly answers: FrozenAnswers<tf.Tensor4D> | undefined;
  private readonly trainee: Trainee;

  /** @param map with one queue, a linear layer `map` from the student's features to the teacher's dimension */
  constructor(
    private readonly context: TaskContext,
    private readonly scheme: CompressScheme,
    private readonly networks: MomentumPair,
    private readonly map: ParameterStore | undefined,
    readonly teacherNetwork: EmbeddingTeacher,
    rule: UpdateRule,
    randoms: { readonly probe: Random; readonly queue: Random },
  ) {
    const { online } = networks;
    const stores = [online.parameters, ...(map ? [map] : [])];
    this.trainee = new Trainee(stores, rule, context.inputs, "studentRate");
    this.student = withProbe(online, context, randoms.probe);
    const queueOf = (features: number, kind: number) =>
      new ResidentQueue(scheme.queue, features, randoms.queue.fork(kind));
    this.teacherQueue = queueOf(featuresOf(teacherNetwork), 0);
    this.studentQueue = map ? undefined : queueOf(online.encoder.features, 1);
    this.asks = asksOf(teacherNetwork, context, [[context.views.first]]);
    this.answers = answersOf<tf.Tensor4D>(teacherNetwork, context, {
      rows: [1],
      of: "features",
      show: () => firstView(context),
      embed: (network, images) => [network.features(images, { kind: "evaluate" })],
      about: "first view",
    });
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, map, networks, studentQueue, teacherQueue, trainee } = this;
    const followed = studentQueue !== undefined && this.scheme.studentQueue === "momentum";
    if (followed) networks.follow();
    const images = firstView(context);
    const teacherFeatures = answersIn(this.asks[0], this.answers?.now(images));
    const queues = { teacher: teacherQueue.rows, student: (studentQueue ?? teacherQueue).rows };
    const done = trainee.differentiate(() => {
      const features = networks.online.features(images, training);
      const compared = map ? linear(map, "map", features) : features;
      const total = compressLoss(compared, teacherFeatures, queues, this.scheme.temperature);
      return { total, terms: [], kept: { features } };
    });
    trainee.apply(done);
    teacherQueue.enter(teacherFeatures);
    studentQueue?.enter(followed ? networks.momentum.features(images, training) : done.kept.features);
    this.student.probe?.learn(done.kept.features, labelsOf(context, 1));
    report([done.total]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
    this.teacherQueue.dispose();
    this.studentQueue?.dispose();
    this.answers?.dispose();
    for (const asked of this.asks) asked.dispose();
  }
}

export const compress: MethodTraining<"compress"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed, teacher, own, rule, randoms }) => {
    const pair = own(createMomentumPair(context, arm, seed, "student", false));
    const frozen = embeddingTeacher(teacher);
    const map = scheme.queues === "one" ? own(createMap(pair.online, featuresOf(frozen), seed)) : undefined;
    return new CompressTask(shared, scheme, pair, map, frozen, rule, randoms);
  },
  cost: (given) => {
    const { count, counted, plan, scheme, student, teacher, studentStage, teacherStage } = given;
    const mapped = scheme.queues === "one" ? plan.student.features * plan.teacherFeatures : 0;
    const copied = scheme.queues === "two" && scheme.studentQueue === "momentum";
    const copy = copied ? counted.momentum * student.macs : 0;
    return {
      stages: [
        teacherStage(given.selfSupervisedTeacher(scheme.teacherMethod)),
        studentStage(count.imitation(student.macs + mapped, teacher.macs) + copy),
      ],
      paperMacs: student.macs + teacher.macs,
      parameters: {
        student: student.parameters + mapped,
        teacher: teacher.parameters + given.teacherHead(scheme.teacherMethod).parameters,
      },
    };
  },
  scalars: (_, { momentum }) => ({ tau: momentum }),
};
