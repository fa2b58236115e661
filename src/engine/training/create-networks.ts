import type { Experiment } from "../../protocol/experiment";
import { Purpose, type Random, randomFor } from "../math/random";
import type { HeadPlan } from "../networks/architecture";
import { Backbone } from "../networks/backbone";
import { DetectionHead } from "../networks/detection-head";
import { DinoHead } from "../networks/dino-head";
import { linearParameters } from "../networks/heads";
import { ParameterStore } from "../networks/parameters";
import { LabeledNetwork } from "./learners/labeled-network";
import { Learner } from "./learners/learner";
import { MomentumPair } from "./learners/momentum";
import { dinoHeadOf, planArm } from "./planning/plan";
import { ruleFor } from "./planning/rule-for";
import type { RunContext } from "./run-context";
import { predictionsOf } from "./tasks/parts/predictors";

/**
 * Creates the networks of an arm before their first step. Initial values depend only on the seed, not on what else is
 * trained.
 */

/** Streams of a seed's initial values and probes. Never renumber. */
const streams = { student: 0, teacher: 1, map: 2, detector: 3, members: 16 } as const;

/** Creates a network with encoder, projector, predictors and momentum copy, for BYOL and SimDis. */
export function createLearner(
  context: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  role: "student" | "teacher",
  predictorNames: readonly string[],
): Learner {
  const plan = planArm(arm, context.parts.train.set.channels);
  return Learner.create(
    {
      encoder: plan[role],
      projector: role === "student" ? plan.studentProjector : plan.teacherProjector,
      predictor: plan.predictor,
      predictorNames,
      ...(arm.model && role === "student" && { predictions: predictionsOf(arm.model) }),
    },
    ruleFor(arm, role, plan[role]),
    context.inputs,
    role === "student" ? "studentRate" : "teacherRate",
    randomFor(seed, Purpose.init).fork(streams[role]),
    context.starts?.[role],
  );
}

/** Creates an encoder with a classifier. `network` is the plan that it uses, by default that of its role. */
export function createLabeledNetwork(
  { parts, starts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  role: "student" | "teacher",
  /**
   * Index within an ensemble or cohort. Members have different initial values; those of the first equal a single
   * network's.
   */
  member = 0,
  network: "student" | "teacher" = role,
): LabeledNetwork {
  const alone = randomFor(seed, Purpose.init).fork(streams[role]);
  const random = member === 0 ? alone : alone.fork(streams.members + member);
  const encoder = planArm(arm, parts.train.set.channels)[network];
  const made = LabeledNetwork.create(encoder, parts.classes, random);
  if (member === 0) starts?.[role]?.(made.backbone, made.classifier);
  return made;
}

/** Creates a network and its momentum copy, with MoCo's head (without batch norm) or only the encoder. */
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

/** Creates a student's encoder with the initial values that it has in every scheme with this seed. */
export function createUntrainedStudent(
  { parts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
): Backbone {
  const plan = planArm(arm, parts.train.set.channels).student;
  return Backbone.create(plan, undefined, randomFor(seed, Purpose.init).fork(streams.student).fork(0));
}

/** Creates DINO's head on a student's features. */
export function createDinoHead(
  { parts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  prototypes: number,
): DinoHead {
  const plan = dinoHeadOf(planArm(arm, parts.train.set.channels), prototypes);
  return DinoHead.create(plan, randomFor(seed, Purpose.init).fork(streams.student).fork(1));
}

/**
 * Creates a member of a cohort without labels, with a projector or without. `network` is the plan that it uses. The first
 * member is the student, with the initial values that it has in every scheme with this seed.
 */
export function createMember(
  { parts, starts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
  member: number,
  network: "student" | "teacher",
  projector?: HeadPlan,
): Backbone {
  const encoder = planArm(arm, parts.train.set.channels)[network];
  const made = Backbone.create(encoder, projector, memberRandom(seed, member).fork(0));
  if (member === 0) starts?.student?.(made);
  return made;
}

/** The random stream of a cohort's member; that of its heads is its fork 1. Member 0 is the student. */
export function memberRandom(seed: number, member = 0): Random {
  const alone = randomFor(seed, Purpose.init).fork(streams.student);
  return member === 0 ? alone : alone.fork(streams.members + member);
}

/** Creates a student's encoder with the weights that the arm starts from. */
export function createEncoder(context: RunContext, arm: Experiment["arms"][number], seed: number): Backbone {
  const network = createUntrainedStudent(context, arm, seed);
  context.starts?.student?.(network);
  return network;
}

/** Creates a detection head on a student's feature map. */
export function createDetectionHead(
  { parts }: RunContext,
  arm: Experiment["arms"][number],
  seed: number,
): DetectionHead {
  const { features } = planArm(arm, parts.train.set.channels).student;
  const random = randomFor(seed, Purpose.init).fork(streams.detector);
  return DetectionHead.create({ from: features, classes: parts.classes }, random);
}

/** Creates the linear layer `map` from a student's features to the dimension of its teacher's. */
export function createMap(from: Backbone, to: number, seed: number): ParameterStore {
  const plans = linearParameters("map", from.encoder.features, to);
  return ParameterStore.create(plans, randomFor(seed, Purpose.init).fork(streams.map));
}

/** The random stream of a queue's first rows. */
export function queueRandom(seed: number, role: "student" | "teacher") {
  return randomFor(seed, Purpose.queue).fork(streams[role]);
}

/** The random stream of a probe's initial values. */
export function probeRandom(seed: number, role: "student" | "teacher") {
  return randomFor(seed, Purpose.probe).fork(streams[role]);
}
