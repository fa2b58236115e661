import type { Arm } from "../../../protocol/experiment";
import type { TeacherKind } from "../../../protocol/methods/method";
import type { UpdateRule } from "../../optimizers/rules";
import {
  createLabeledNetwork,
  createLearner,
  createMomentumPair,
  probeRandom,
  queueRandom,
} from "../create-networks";
import type { LabeledNetwork } from "../learners/labeled-network";
import { Ensemble, type NetworkTeacher } from "../learners/trained-teacher";
import { mocoTeacherSettings, planArm } from "../planning/plan";
import { ruleFor } from "../planning/rule-for";
import { type RunContext, taskContextOf } from "../run-context";
import { ByolTask } from "../tasks/byol";
import { MocoTask } from "../tasks/moco";
import { EnsembleTask } from "../tasks/parts/ensemble";
import { byolPredictor } from "../tasks/parts/predictors";
import type { Task } from "../tasks/parts/task";
import { SupervisedTask } from "../tasks/supervised";

/**
 * Creates a teacher before its first step and the task that trains it. The caller owns both.
 *
 * @param shape the number of networks, and the side of their images in pixels
 */
export function createTeacher(
  context: RunContext,
  kind: TeacherKind,
  arm: Arm,
  seed: number,
  { count, side }: { readonly count: number; readonly side: number },
): { teacher: NetworkTeacher; task: Task } {
  const shared = taskContextOf(context, arm);
  const random = probeRandom(seed, "teacher");
  const rule = teacherRule(context, arm);
  switch (kind) {
    case "byol": {
      const network = createLearner(context, arm, seed, "teacher", [byolPredictor]);
      const task = new ByolTask(shared, network, "teacher", random);
      return { teacher: { kind, network, backbone: network.online }, task };
    }
    case "moco":
      return createMocoTeacher(context, arm, seed);
    case "supervised": {
      const numbers = Array.from({ length: count }, (_, number) => number);
      const members = numbers.map((number) => createLabeledNetwork(context, arm, seed, "teacher", number));
      const tasks: readonly Task[] = members.map(
        (network) => new SupervisedTask(shared, network, "teacher", rule, random, side),
      );
      const [first] = tasks as readonly [Task];
      const { backbone } = members[0] as LabeledNetwork;
      const task = tasks.length === 1 ? first : new EnsembleTask(tasks);
      return { teacher: { kind, network: new Ensemble(members), backbone }, task };
    }
    default:
      return kind satisfies never;
  }
}

const teacherRule = ({ parts }: RunContext, arm: Arm): UpdateRule =>
  ruleFor(arm, "teacher", planArm(arm, parts.train.set.channels).teacher);

/** Creates a MoCo teacher before its first step, for its own stage or alongside a student. */
export function createMocoTeacher(context: RunContext, arm: Arm, seed: number) {
  const network = createMomentumPair(context, arm, seed, "teacher");
  const randoms = { probe: probeRandom(seed, "teacher"), queue: queueRandom(seed, "teacher") };
  const settings = mocoTeacherSettings(arm, context.experiment.batchSize);
  const shared = taskContextOf(context, arm);
  const task = new MocoTask(shared, settings, network, "teacher", teacherRule(context, arm), randoms);
  const teacher = { kind: "moco", network, backbone: network.online } as const satisfies NetworkTeacher;
  return { teacher, task };
}
