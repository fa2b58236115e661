import type * as tf from "@tensorflow/tfjs-core";
import type { MetricName } from "../../../../protocol/metrics/metrics";
import { logMeanProbabilities, logProbabilities } from "../../../math/divergences";
import type { Random } from "../../../math/random";
import { type Target, target } from "../../../math/target";
import type { NormMode } from "../../../networks/normalization";
import type { UpdateRule } from "../../../optimizers/optimizer";
import type { RenderRecipe } from "../../../views/parameters";
import type { ResidentImages } from "../../../views/resident-images";
import type { LabeledNetwork } from "../../learners/labeled-network";
import { partsOf } from "../../learners/stack";
import { labeledTeachers } from "../../learners/trained-teacher";
import { releaseOutcome, Trainee } from "../../learners/trainee";
import type { ArmCost, Costing } from "../../planning/costing";
import { AskedViews, type TeacherAnswers } from "../../teachers/asked-views";
import { FrozenAnswers } from "./frozen-answers";
import type { Creation } from "./method-training";
import { type EvaluatedNetwork, firstView, labelsOf, type Task, type TaskContext, withProbe } from "./task";
import { TeacherCache } from "./teacher-cache";

/** The images of a step: one tensor for the student, and one or several for the teachers. */
export type Shown = {
  readonly student: tf.Tensor4D;
  /** Renders the teachers' images. If there are several, a teacher's probabilities are averaged over them. */
  readonly teacher: () => readonly tf.Tensor4D[];
};

/** The views that a model which teaches is asked about. */
export interface AskedOfModel {
  readonly recipes: readonly RenderRecipe[];
  /** How many of them only serve to draw the others from other random numbers. */
  readonly skipped?: number;
  /** The scalar of the step that images are mixed by. */
  readonly mixed?: "mixup" | "ownMixup";
}

/** The parts in which imitation schemes differ: the loss, and the images of each network. */
export interface Imitation {
  /** Reported after the student's loss. */
  readonly terms: readonly MetricName[];
  /** What distinguishes its images from those of other imitations: values for JSON. */
  readonly about: unknown;
  show(context: TaskContext): Shown;
  /** What a model is asked about, in place of the teacher's images of {@link show}. */
  asked(context: TaskContext): AskedOfModel;
  /** If the teacher's outputs are cached: its views of a batch, the same in every epoch. */
  readonly cachedViews?: (context: TaskContext, batch: tf.Tensor1D) => readonly tf.Tensor4D[];
  /** @param teachers logits of each teacher */
  loss(
    student: tf.Tensor2D,
    teachers: readonly Target[],
    labels: tf.Tensor1D,
  ): { readonly total: tf.Scalar; readonly terms: readonly tf.Scalar[] };
}

/** A student that imitates the logits of frozen teachers: KD, SSLD and function matching. */
export class ImitationTask implements Task {
  readonly terms: readonly MetricName[];
  readonly student: EvaluatedNetwork;
  private readonly trainee: Trainee;
  /** One for each teacher, if their outputs are cached. */
  private readonly caches: readonly TeacherCache[];
  readonly asks: readonly AskedViews[];
  readonly answers: FrozenAnswers<Shown> | undefined;

  /** @param model teaches in place of networks */
  constructor(
    private readonly context: TaskContext,
    private readonly imitation: Imitation,
    private readonly network: LabeledNetwork,
    readonly teachers: readonly LabeledNetwork[],
    private readonly teacherBatchNorm: "train" | "eval",
    rule: UpdateRule,
    probeRandom: Random,
    model?: TeacherAnswers,
  ) {
    this.trainee = new Trainee(network.stores, rule, context.inputs, "studentRate");
    this.student = withProbe(network.backbone, context, probeRandom, network);
    this.terms = ["studentLoss", ...imitation.terms];
    const { cachedViews } = imitation;
    this.caches = cachedViews
      ? teachers.map((teacher) =>
          TeacherCache.fill(this.viewContext, (batch) =>
            this.teacherLogits(teacher, cachedViews(this.viewContext, batch)),
          ),
        )
      : [];
    const { images } = this.viewContext;
    const batchSize = context.inputs.batch.size;
    const asked = imitation.asked(context);
    this.asks = model ? [new AskedViews(model, { ...asked, images, batchSize })] : [];
    if (model || cachedViews) return;
    this.answers = new FrozenAnswers(
      {
        shapes: teachers.map(() => ({ rows: 1, length: context.classes })),
        show: () => imitation.show(this.viewContext),
        ask: ({ teacher: render }) => {
          const seen = render();
          return teachers.map((teacher) => this.teacherLogits(teacher, seen));
        },
        networks: teachers,
        about: [imitation.about, context.views, teacherBatchNorm],
      },
      context,
    );
  }

  static create(given: Creation, teacherBatchNorm: "train" | "eval", imitation: Imitation): ImitationTask {
    const { shared, teacher, rule, randoms } = given;
    const model = teacher?.kind === "model" ? teacher.answers : undefined;
    const teachers = model ? [] : labeledTeachers(teacher);
    return new ImitationTask(
      shared,
      imitation,
      given.labeledStudent(),
      teachers,
      teacherBatchNorm,
      rule,
      randoms.probe,
      model,
    );
  }

  step(report: (terms: readonly tf.Scalar[]) => void): void {
    const { answers, context, imitation, network, trainee } = this;
    const shown = imitation.show(this.viewContext);
    const labels = labelsOf(context, 1);
    const logitsOfTeachers = [
      ...this.asks.map((asked) => this.modelLogits(asked)),
      ...this.caches.map((cache) => cache.of(context.inputs.batch)),
      ...(answers?.now(shown) ?? []),
    ];
    const done = trainee.differentiate(() => {
      const { features, logits } = network.outputs(shown.student, { kind: "train", groups: 1 });
      return { ...imitation.loss(logits, logitsOfTeachers, labels), kept: { features } };
    });
    trainee.apply(done);
    this.student.probe?.learn(this.probed(done.kept.features), labels);
    report([done.total, ...done.terms]);
    releaseOutcome(done);
  }

  dispose(): void {
    this.student.probe?.dispose();
    this.trainee.dispose();
    this.answers?.dispose();
    for (const owned of [...this.caches, ...this.asks]) owned.dispose();
  }

  get foreign(): ResidentImages | undefined {
    return this.context.foreign;
  }

  /** The context with the images that the networks see. */
  private get viewContext(): TaskContext {
    const { context } = this;
    return context.foreign ? { ...context, images: context.foreign } : context;
  }

  /** Features for the probe, which needs labeled images. */
  private probed(features: tf.Tensor2D): tf.Tensor2D {
    if (!this.context.foreign) return features;
    return this.network.backbone.features(firstView(this.context), { kind: "evaluate" });
  }

  /**
   * A teacher's logits of one or several views, averaged. Batch statistics do not update the running ones, so that
   * the teacher does not change.
   */
  private teacherLogits(teacher: LabeledNetwork, inputs: readonly tf.Tensor4D[]): Target {
    const mode: NormMode =
      this.teacherBatchNorm === "eval" ? { kind: "evaluate" } : { kind: "frozen", groups: 1 };
    return averaged(inputs.map((images) => target(teacher.outputs(images, mode).logits)));
  }

  /** A model's logits, averaged likewise. */
  private modelLogits({ answers }: AskedViews): Target {
    const { recipes, skipped = 0 } = this.imitation.asked(this.context);
    const parts = partsOf(answers, recipes.length).slice(skipped);
    return averaged(parts.map((part) => target(part)));
  }
}

/** Of several views, probabilities are averaged. */
function averaged(logits: readonly Target[]): Target {
  const [only, ...others] = logits;
  if (only && others.length === 0) return only;
  return logMeanProbabilities(logits.map((one) => logProbabilities(one)));
}

/** A model is asked about the first view. */
export const askTheSame = ({ views }: TaskContext): AskedOfModel => ({ recipes: [views.first] });

/** Shows the first view to both networks. */
export const showTheSame = (context: TaskContext): Shown => {
  const images = firstView(context);
  return { student: images, teacher: () => [images] };
};

/** Returns the logits of the first teacher. @throws Error if there is none */
export const onlyTeacher = ([teacher]: readonly Target[]): Target => {
  if (!teacher) throw new Error("The scheme needs a teacher.");
  return teacher;
};

/** The cost of a supervised teacher's stage, then of the student's. */
export function imitationCost(
  { count, student, teacher, studentStage, teacherStage }: Costing,
  {
    teachers = 1,
    forward = teacher.macs,
    looks = 1,
    added = 0,
  }: {
    readonly teachers?: number;
    /** MACs of all teachers' forward passes of one image. */
    readonly forward?: number;
    /** Forward passes of a teacher for each image that the student sees. */
    readonly looks?: number;
    /** Other MACs of a step, in addition to the student's and its teachers'. */
    readonly added?: number;
  } = {},
): ArmCost {
  return {
    stages: [
      teacherStage(count.supervised(forward)),
      studentStage(count.imitation(student.macs, looks * forward) + added),
    ],
    paperMacs: student.macs + looks * forward,
    parameters: { student: student.parameters, teacher: teachers * teacher.parameters },
  };
}
