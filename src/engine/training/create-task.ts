import type { Arm } from "../../protocol/experiment";
import type { Backbone } from "../networks/backbone";
import type { LabelledNetwork } from "./labelled-network";
import type { Learner } from "./learner";
import { distils, planArm, targetsOf, teacherShape } from "./plan";
import { ruleFor } from "./rule-for";
import {
  createDetectionHead,
  createDinoHead,
  createEncoder,
  createLabelledNetwork,
  createLearner,
  createMap,
  createMomentumPair,
  probeRandom,
  queueRandom,
  type RunContext,
  studentContextOf,
} from "./run-context";
import { ByolTask } from "./tasks/byol";
import { CompressTask } from "./tasks/compress";
import { DetectionTask } from "./tasks/detection";
import { DinoTask } from "./tasks/dino";
import { ImitationTask } from "./tasks/imitation";
import { imitationOf, ruleOfStudent } from "./tasks/imitations";
import { MocoTask } from "./tasks/moco";
import { MutualTask } from "./tasks/mutual";
import { S2bnnTask, type S2bnnTeacher } from "./tasks/s2bnn";
import { SeedTask } from "./tasks/seed";
import { SimdisTask, type SimdisTeacher } from "./tasks/simdis";
import { SupervisedTask } from "./tasks/supervised";
import type { Task } from "./tasks/task";
import { createMocoTeacher, type Taught } from "./taught";

/** Takes what was made, to be disposed of later. */
type Own = <T extends { dispose(): void }>(made: T) => T;

/**
 * What trains the student of an arm.
 *
 * @param teacher of the stage before, where the scheme has one
 * @param own takes the networks that the task needs: they are the run's, and outlive the task
 */
export function createTask(
  context: RunContext,
  arm: Arm,
  seed: number,
  teacher: Taught | undefined,
  own: Own,
): Task {
  const shared = studentContextOf(context, arm.scheme);
  const { scheme } = arm;
  const optimiser = ruleFor(arm, "student", planArm(arm, context.parts.train.set.channels).student);
  const random = probeRandom(seed, "student");
  const randoms = { probe: random, queue: queueRandom(seed, "student") };
  const labelled = () => own(createLabelledNetwork(context, arm, seed, "student"));
  switch (scheme.method) {
    case "supervised":
      return new SupervisedTask(shared, labelled(), "student", optimiser, random);
    case "kd":
    case "funmatch":
    case "ssld":
      return createImitation(context, arm, scheme, seed, teacher, labelled());
    case "moco": {
      const pair = own(createMomentumPair(context, arm, seed, "student"));
      return new MocoTask(shared, scheme, pair, "student", optimiser, randoms);
    }
    case "seed": {
      const { online } = own(createMomentumPair(context, arm, seed, "student"));
      return new SeedTask(shared, scheme, online, backboneOf(teacher), optimiser, randoms);
    }
    case "compress": {
      const pair = own(createMomentumPair(context, arm, seed, "student", false));
      const goal = backboneOf(teacher);
      const map = scheme.queues === "one" ? own(createMap(pair.online, goal, seed)) : undefined;
      return new CompressTask(shared, scheme, pair, map, goal, optimiser, randoms);
    }
    case "s2bnn": {
      const pair = own(createMomentumPair(context, arm, seed, "student"));
      const source = distils(scheme) ? s2bnnTeacher(context, arm, seed, teacher, own) : undefined;
      return new S2bnnTask(shared, scheme, pair, source, optimiser, randoms);
    }
    case "dino": {
      const pair = own(createMomentumPair(context, arm, seed, "student", false));
      const online = own(createDinoHead(context, arm, seed, scheme.prototypes));
      const heads = { online, momentum: own(online.copy()) };
      return new DinoTask(shared, scheme, pair, heads, optimiser, random);
    }
    case "detection": {
      const encoder = own(createEncoder(context, arm, seed));
      const head = own(createDetectionHead(context, arm, seed));
      return new DetectionTask(shared, context.parts.test, encoder, head, optimiser, seed);
    }
    case "dml": {
      const peers = Array.from({ length: scheme.members - 1 }, (_, i) =>
        own(createLabelledNetwork(context, arm, seed, "student", i + 1, scheme.peers)),
      );
      return new MutualTask(shared, scheme, [labelled(), ...peers], optimiser, random);
    }
    case "byol":
      return new ByolTask(shared, own(createLearner(context, arm, seed, "student")), "student", random);
    case "simdis-off":
    case "simdis-on": {
      const learner = own(createLearner(context, arm, seed, "student"));
      const source: SimdisTeacher =
        scheme.method === "simdis-off"
          ? { kind: "frozen", learner: byolTeacher(teacher), batchNorm: scheme.teacherBatchNorm }
          : { kind: "online", learner: own(createLearner(context, arm, seed, "teacher")) };
      const probes = { student: random, teacher: probeRandom(seed, "teacher") };
      return new SimdisTask(shared, scheme, targetsOf(scheme), learner, source, probes);
    }
    default:
      return scheme satisfies never;
  }
}

/** What trains a network that imitates its teachers' logits. The network stays the caller's. */
export function createImitation(
  context: RunContext,
  arm: Arm,
  scheme: Extract<Arm["scheme"], { readonly method: "kd" | "funmatch" | "ssld" }>,
  seed: number,
  teacher: Taught | undefined,
  network: LabelledNetwork,
): Task {
  const { side } = teacherShape(arm, context.experiment.dataset.resolution);
  return new ImitationTask(
    studentContextOf(context, scheme),
    imitationOf(scheme, side),
    network,
    labelledTeachers(teacher),
    scheme.teacherBatchNorm,
    ruleOfStudent(scheme, ruleFor(arm, "student", network.backbone.encoder)),
    probeRandom(seed, "student"),
  );
}

function labelledTeachers(teacher: Taught | undefined): readonly LabelledNetwork[] {
  if (teacher?.kind !== "supervised") throw new Error("The scheme has a teacher that learnt from labels.");
  return teacher.network.members;
}

function byolTeacher(teacher: Taught | undefined): Learner {
  if (teacher?.kind !== "byol") throw new Error("The scheme has a teacher that BYOL trained.");
  return teacher.network;
}

/** The teacher of the stage before or, where there is none, one that learns in the same steps. */
function s2bnnTeacher(
  context: RunContext,
  arm: Arm,
  seed: number,
  teacher: Taught | undefined,
  own: Own,
): S2bnnTeacher {
  if (teacher) return { kind: "frozen", network: teacher.backbone };
  const { taught, task } = createMocoTeacher(context, arm, seed);
  own(taught.network);
  return { kind: "online", network: taught.backbone, task };
}

function backboneOf(teacher: Taught | undefined): Backbone {
  if (!teacher) throw new Error("The scheme has a teacher of a stage before.");
  return teacher.backbone;
}
