import type * as tf from "@tensorflow/tfjs-core";
import type { Scheme } from "../../../protocol/experiment";
import type { MetricName } from "../../../protocol/metrics/metrics";
import type { Random } from "../../math/random";
import type { Target } from "../../math/target";
import { type SeedCrops, seedMultiCropLoss } from "../../methods/seed";
import type { Backbone } from "../../networks/backbone";
import { ResidentQueue } from "../../operations/queue/resident-queue";
import type { UpdateRule } from "../../optimizers/optimizer";
import type { RenderRecipe } from "../../views/parameters";
import { renderViews } from "../../views/render-views";
import { createMomentumPair } from "../create-networks";
import { releaseOutcome, Trainee } from "../learners/trainee";
import { patchSide } from "../planning/plan";
import type { AskedViews } from "../teachers/asked-views";
import type { FrozenAnswers } from "./parts/frozen-answers";
import {
  answersIn,
  answersOf,
  asksOf,
  type EmbeddingTeacher,
  embeddingTeacher,
} from "./parts/frozen-teacher";
import { type MethodTraining, usual } from "./parts/method-training";
import { patchRecipe } from "./parts/patches";
import {
  type EvaluatedNetwork,
  firstView,
  labelsOf,
  type Task,
  type TaskContext,
  withProbe,
} from "./parts/task";

type SeedScheme = Extract<Scheme, { readonly method: "seed" }>;

/** One kind of crop in a step: the images, the teacher's embeddings of them, and the queue of this kind. */
type CropKind = { readonly images: tf.Tensor4D; readonly embeddings: Target; readonly queue: ResidentQueue };

/** Whole crops and, if there are any, all patches stacked. */
type Crops = readonly tf.Tensor4D[];

/**
 * SEED (docs/methods.md §1.4): both networks see the same crops; the teacher is frozen and uses its running
 * statistics.
 */
export class SeedTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student: EvaluatedNetwork;
  /** The queue of whole crops and, if there are patches, that of patches. */
  readonly queues: readonly ResidentQueue[];
  readonly asks: readonly AskedViews[];
  readonly answers: FrozenAnswers<Crops> | undefined;
  private readonly trainee: Trainee;
  private readonly patches: readonly RenderRecipe[];

  constructor(
    private readonly context: TaskContext,
    private readonly scheme: SeedScheme,
    private readonly network: Backbone,
    readonly teacherNetwork: EmbeddingTeacher,
    rule: UpdateRule,
    randoms: { readonly probe: Random; readonly queue: Random },
  ) {
    this.trainee = new Trainee([network.parameters], rule, context.inputs, "studentRate");
    this.student = withProbe(network, context, randoms.probe);
    const kinds = scheme.patches > 0 ? [0, 1] : [0];
    this.queues = kinds.map(
      (kind) => new ResidentQueue(scheme.queue, teacherNetwork.dimension, randoms.queue.fork(kind)),
    );
    const { first } = context.views;
    this.patches = Array.from({ length: scheme.patches }, () => patchRecipe(first));
    this.asks = asksOf(teacherNetwork, context, scheme.patches > 0 ? [[first], this.patches] : [[first]]);
    this.answers = answersOf<Crops>(teacherNetwork, context, {
      rows: kinds.map((kind) => (kind === 0 ? 1 : scheme.patches)),
      of: "projections",
      show: () => this.show(),
      embed: (network, crops) => crops.map((some) => network.embed(some, { kind: "evaluate" }).projections),
      about: ["first view", scheme.patches],
    });
    this.terms = ["studentLoss", ...(scheme.patches > 0 ? (["wholeLoss", "patchLoss"] as const) : [])];
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { context, network, scheme, trainee } = this;
    const temperatures = { student: scheme.temperature, teacher: scheme.teacherTemperature };
    const kinds = this.renderCrops();
    const done = trainee.differentiate(() => {
      const embedded = kinds.map(({ images }, kind) =>
        network.embed(images, { kind: "train", groups: kind === 0 ? 1 : scheme.patches }),
      );
      const crops = kinds.map(({ embeddings, queue }, kind): SeedCrops => {
        const { projections } = embedded[kind] as (typeof embedded)[number];
        return { student: projections, teacher: embeddings, queue: queue.rows };
      });
      const terms = crops.length > 1 ? crops.map((kind) => seedMultiCropLoss([kind], temperatures)) : [];
      const [whole] = embedded as [(typeof embedded)[number]];
      return { total: seedMultiCropLoss(crops, temperatures), terms, kept: { features: whole.features } };
    });
    trainee.apply(done);
    for (const { embeddings, queue } of kinds) queue.enter(embeddings);
    this.student.probe?.learn(done.kept.features, labelsOf(context, 1));
    report([done.total, ...done.terms]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
    this.answers?.dispose();
    for (const owned of [...this.queues, ...this.asks]) owned.dispose();
  }

  /** Renders whole crops, and all patches stacked, with the teacher's embeddings of them. */
  private renderCrops(): CropKind[] {
    const shown = this.show();
    const answers = this.answers?.now(shown);
    return shown.map((images, kind) => ({
      images,
      embeddings: answersIn(this.asks[kind], answers, kind),
      queue: this.queues[kind] as ResidentQueue,
    }));
  }

  private show(): Crops {
    const { context, patches } = this;
    const { images, inputs } = context;
    const side = patchSide(images.set.size);
    const shown = [firstView(context)];
    if (patches.length > 0) shown.push(renderViews(images, patches, inputs.batch, inputs.clock, side));
    return shown;
  }
}

export const seed: MethodTraining<"seed"> = {
  ...usual,
  create: ({ context, shared, arm, scheme, seed: number, teacher, own, rule, randoms }) => {
    const { online } = own(createMomentumPair(context, arm, number, "student"));
    return new SeedTask(shared, scheme, online, embeddingTeacher(teacher), rule, randoms);
  },
  cost: (given) => {
    const { count, scheme, size, student, studentEmbedder, teacher, studentStage, teacherStage } = given;
    const teacherHead = given.teacherHead(scheme.teacherMethod);
    const whole = count.imitation(student.macs + studentEmbedder.macs, teacher.macs + teacherHead.macs);
    const side = patchSide(size);
    const patch = count.imitation(given.studentAt(side), given.teacherAt(side));
    return {
      stages: [
        teacherStage(given.selfSupervisedTeacher(scheme.teacherMethod)),
        studentStage(whole + scheme.patches * patch),
      ],
      paperMacs: student.macs + teacher.macs,
      parameters: {
        student: student.parameters + studentEmbedder.parameters,
        teacher: teacher.parameters + teacherHead.parameters,
      },
    };
  },
};
