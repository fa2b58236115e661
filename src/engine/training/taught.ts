import type { Arm } from "../../protocol/experiment";
import type { Backbone } from "../networks/backbone";
import type { UpdateRule } from "../optimisers/rules";
import type { LabelledNetwork } from "./labelled-network";
import type { Learner } from "./learner";
import type { MomentumPair } from "./momentum";
import { mocoTeacherSettings, planArm, type TeacherKind, teacherShape } from "./plan";
import { ruleFor } from "./rule-for";
import {
  createLabelledNetwork,
  createLearner,
  createMomentumPair,
  probeRandom,
  queueRandom,
  type RunContext,
  taskContextOf,
} from "./run-context";
import { ByolTask } from "./tasks/byol";
import { EnsembleTask } from "./tasks/ensemble";
import { MocoTask } from "./tasks/moco";
import { SupervisedTask } from "./tasks/supervised";
import type { Task } from "./tasks/task";

/** The networks that a teacher's stage trains, by what it trains them with. `backbone` is the one that is judged. */
export type Taught = { readonly backbone: Backbone } & (
  | { readonly kind: "byol"; readonly network: Learner }
  | { readonly kind: "moco"; readonly network: MomentumPair }
  | { readonly kind: "supervised"; readonly network: Ensemble }
);

/** Teachers that a student learns from together; mostly one. */
export class Ensemble {
  constructor(readonly members: readonly LabelledNetwork[]) {}

  dispose(): void {
    for (const member of this.members) member.dispose();
  }
}

/** A teacher before its first step, and what trains it. The caller owns both. */
export function createTaught(
  context: RunContext,
  kind: TeacherKind,
  arm: Arm,
  seed: number,
): { taught: Taught; task: Task } {
  const shared = taskContextOf(context);
  const random = probeRandom(seed, "teacher");
  const rule = teacherRule(context, arm);
  switch (kind) {
    case "byol": {
      const network = createLearner(context, arm, seed, "teacher");
      const task = new ByolTask(shared, network, "teacher", random);
      return { taught: { kind, network, backbone: network.online }, task };
    }
    case "moco":
      return createMocoTeacher(context, arm, seed);
    case "supervised": {
      const { count, side } = teacherShape(arm, context.experiment.dataset.resolution);
      const numbers = Array.from({ length: count }, (_, number) => number);
      const members = numbers.map((number) => createLabelledNetwork(context, arm, seed, "teacher", number));
      const tasks: readonly Task[] = members.map(
        (network) => new SupervisedTask(shared, network, "teacher", rule, random, side),
      );
      const [first] = tasks as readonly [Task];
      const { backbone } = members[0] as LabelledNetwork;
      const task = tasks.length === 1 ? first : new EnsembleTask(tasks);
      return { taught: { kind, network: new Ensemble(members), backbone }, task };
    }
    default:
      return kind satisfies never;
  }
}

const teacherRule = ({ parts }: RunContext, arm: Arm): UpdateRule =>
  ruleFor(arm, "teacher", planArm(arm, parts.train.set.channels).teacher);

/** A MoCo teacher before its first step, in a stage of its own or beside a student. */
export function createMocoTeacher(context: RunContext, arm: Arm, seed: number) {
  const network = createMomentumPair(context, arm, seed, "teacher");
  const randoms = { probe: probeRandom(seed, "teacher"), queue: queueRandom(seed, "teacher") };
  const settings = mocoTeacherSettings(arm, context.experiment.batchSize);
  const shared = taskContextOf(context);
  const task = new MocoTask(shared, settings, network, "teacher", teacherRule(context, arm), randoms);
  const taught = { kind: "moco", network, backbone: network.online } as const satisfies Taught;
  return { taught, task };
}
