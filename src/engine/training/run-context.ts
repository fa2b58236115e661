import type { Experiment, Scheme } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import type { ImageSet } from "../dataset/dataset";
import type { ForeignKind } from "../dataset/foreign-images";
import { Sampler } from "../dataset/sampler";
import { Evaluator, type HeldOut } from "../evaluation/evaluator";
import { Purpose, randomFor } from "../math/random";
import { Backbone } from "../networks/backbone";
import { DetectionHead } from "../networks/detection-head";
import { DinoHead } from "../networks/dino-head";
import { linearParameters } from "../networks/heads";
import { type NamedNumbers, ParameterStore } from "../networks/parameters";
import type { StepInputs } from "../optimisers/step-inputs";
import type { ResidentImages } from "../views/resident-images";
import type { FurtherImages } from "./further-images";
import { LabelledNetwork } from "./labelled-network";
import { Learner } from "./learner";
import { MomentumPair } from "./momentum";
import { type ArmPlan, dinoHeadOf, planArm, predictorOf, targetsOf } from "./plan";
import { ruleFor } from "./rule-for";
import { Stage } from "./stage";
import { StageRunner } from "./stage-runner";
import type { Task, TaskContext } from "./tasks/task";

/** What all runs of an experiment share. */
export interface RunContext {
  readonly experiment: Experiment;
  readonly parts: HeldOut;
  readonly inputs: StepInputs;
  /** Puts numbers from elsewhere into a network that has just been made; without it, it starts from random ones. */
  /** Training images whose labels are withheld; `parts.train` is without them. */
  readonly unlabelled?: ImageSet | undefined;
  /** Labelled images and those without labels together, for schemes that need none; only where the experiment asks for it. */
  readonly everything?: ResidentImages;
  /** Images beside the experiment's own, by what they are asked for as. */
  readonly further?: FurtherImages;
  /** Weights that were loaded, by the hash of their file. */
  readonly files?: ReadonlyMap<string, readonly NamedNumbers[]>;
  readonly starts?: Readonly<Partial<Record<"student" | "teacher", Start>>>;
  /** Images of other domains, as many as there are training images; those that arms ask for. */
  readonly foreign?: ReadonlyMap<ForeignKind, ResidentImages>;
}

/** Where labels are not needed, images without them are learnt from as well, if the experiment asks for it. */
export const imagesLearntFrom = (needsLabels: boolean, { parts, everything }: RunContext): ResidentImages =>
  needsLabels ? parts.train : (everything ?? parts.train);

/** The context of a task that learns from these images; whoever judges it keeps to the experiment's parts. */
export const learningFrom = (images: ResidentImages, context: RunContext): RunContext => ({
  ...context,
  parts: { ...context.parts, train: images },
});

/** @param classifier where the network has one */
export type Start = (network: Backbone, classifier?: ParameterStore) => void;

/** Streams of a seed's initial values and probes. Never renumber. */
const streams = { student: 0, teacher: 1, map: 2, detector: 3, members: 16 } as const;

export function evaluatorFor({ parts, experiment }: RunContext, seed: number, side?: number): Evaluator {
  const twoViews = 2 * experiment.batchSize;
  return new Evaluator(parts, experiment.evaluation, seed, twoViews, side);
}

export function taskContextOf({ parts, experiment, inputs }: RunContext): TaskContext {
  return { images: parts.train, classes: parts.classes, views: experiment.views, inputs };
}

/** The same for an arm's student, which may learn on images of another domain. */
export function studentContextOf(context: RunContext, scheme: Scheme): TaskContext {
  const shared = taskContextOf(context);
  if (!("images" in scheme) || scheme.images === "own") return shared;
  const foreign = context.foreign?.get(scheme.images);
  if (!foreign) throw new Error(`There are no images of “${scheme.images}”.`);
  return { ...shared, foreign };
}

export function createLearner(
  context: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  role: "student" | "teacher",
): Learner {
  const plan: ArmPlan = planArm(arm, context.parts.train.set.channels);
  const names =
    role === "teacher"
      ? [predictorOf({ method: "byol" }, 3)]
      : [...new Set(targetsOf(arm.scheme).map((view) => predictorOf(arm.scheme, view)))];
  return Learner.create(
    {
      encoder: plan[role],
      projector: role === "student" ? plan.studentProjector : plan.teacherProjector,
      predictor: plan.predictor,
      predictorNames: names,
    },
    ruleFor(arm, role, plan[role]),
    context.inputs,
    role === "student" ? "studentRate" : "teacherRate",
    randomFor(seed, Purpose.init).fork(streams[role]),
    context.starts?.[role],
  );
}

export function createLabelledNetwork(
  { parts, starts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  role: "student" | "teacher",
  /** Of an ensemble or a cohort: each member starts from other numbers, the first from those of a single network. */
  member = 0,
  network: "student" | "teacher" = role,
): LabelledNetwork {
  const alone = randomFor(seed, Purpose.init).fork(streams[role]);
  const random = member === 0 ? alone : alone.fork(streams.members + member);
  const encoder = planArm(arm, parts.train.set.channels)[network];
  const made = LabelledNetwork.create(encoder, parts.classes, random);
  if (member === 0) starts?.[role]?.(made.backbone, made.classifier);
  return made;
}

/** A network and its momentum copy: with a head without batch norm, as MoCo trains them, or the encoder alone. */
export function createMomentumPair(
  { parts, inputs, starts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  role: "student" | "teacher",
  withHead = true,
): MomentumPair {
  const plan = planArm(arm, parts.train.set.channels);
  const embedder = role === "student" ? plan.studentEmbedder : plan.teacherEmbedder;
  const head = withHead ? embedder : undefined;
  const random = randomFor(seed, Purpose.init).fork(streams[role]);
  const online = Backbone.create(plan[role], head, random.fork(0));
  starts?.[role]?.(online);
  return new MomentumPair(online, inputs);
}

/** A student's encoder before its first step, alone: the numbers that it has under every scheme of this seed. */
export function createUntrainedStudent(
  { parts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
): Backbone {
  const plan = planArm(arm, parts.train.set.channels).student;
  return Backbone.create(plan, undefined, randomFor(seed, Purpose.init).fork(streams.student).fork(0));
}

export function createDinoHead(
  { parts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  prototypes: number,
): DinoHead {
  const plan = dinoHeadOf(planArm(arm, parts.train.set.channels), prototypes);
  return DinoHead.create(plan, randomFor(seed, Purpose.init).fork(streams.student).fork(1));
}

/** A student's encoder alone, where it starts. */
export function createEncoder(context: RunContext, arm: Experiment["arms"][number], seed: number): Backbone {
  const network = createUntrainedStudent(context, arm, seed);
  context.starts?.student?.(network);
  return network;
}

export function createDetectionHead(
  { parts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
): DetectionHead {
  const { features } = planArm(arm, parts.train.set.channels).student;
  const random = randomFor(seed, Purpose.init).fork(streams.detector);
  return DetectionHead.create({ from: features, classes: parts.classes }, random);
}

/** From a student's features to the dimension of its teacher's: a linear layer `map`. */
export function createMap(from: Backbone, to: Backbone, seed: number): ParameterStore {
  const plans = linearParameters("map", from.encoder.features, to.encoder.features);
  return ParameterStore.create(plans, randomFor(seed, Purpose.init).fork(streams.map));
}

/** Of a queue's first rows. */
export function queueRandom(seed: number, role: "student" | "teacher") {
  return randomFor(seed, Purpose.queue).fork(streams[role]);
}

export function probeRandom(seed: number, role: "student" | "teacher") {
  return randomFor(seed, Purpose.probe).fork(streams[role]);
}

export function runnerFor(
  context: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  plan: PlannedStage,
  task: Task,
  {
    side,
    images = context.parts.train,
  }: {
    /** Pixels per side at which it is judged. */
    readonly side?: number;
    /** What it learns from, where that is not the training part. */
    readonly images?: ResidentImages;
  } = {},
): StageRunner {
  const { experiment, inputs } = context;
  const sampler = new Sampler(seed, images.set.count, experiment.batchSize);
  return new StageRunner({
    plan,
    task,
    stage: new Stage({ plan, arm, seed, sampler, images, inputs, task }),
    batchSize: experiment.batchSize,
    evaluator: evaluatorFor(context, seed, side),
    evaluation: experiment.evaluation,
  });
}
