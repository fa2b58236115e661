import type { Arm } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import { probeRandom } from "./create-networks";
import { createTask } from "./create-task";
import type { LabeledNetwork } from "./learners/labeled-network";
import type { TrainedTeacher } from "./learners/trained-teacher";
import { fixSideOf } from "./planning/plan";
import { ruleFor } from "./planning/rule-for";
import { type RunContext, taskContextOf } from "./run-context";
import { runnerFor } from "./stages/runner-for";
import type { StageRunner } from "./stages/stage-runner";
import { FixTask } from "./tasks/parts/fix";

export interface FollowUp {
  readonly context: RunContext;
  readonly arm: Arm;
  readonly seed: number;
  /** The network trained in the student's first stage. The caller owns it. */
  readonly network: LabeledNetwork;
  readonly teacher: TrainedTeacher | undefined;
}

/** Creates a stage that continues with a trained student. The caller owns it. */
export function followUp(
  plan: PlannedStage,
  { context, arm, seed, network, teacher }: FollowUp,
): StageRunner {
  const { stage } = plan;
  switch (stage) {
    case "fineTune": {
      // The task creates no networks.
      const task = createTask(context, arm, seed, teacher, (made) => made, network);
      return runnerFor(context, arm, seed, plan, task);
    }
    case "fix": {
      const side = fixSideOf(arm, context.experiment.dataset.resolution);
      const rule = ruleFor(arm, "student", network.backbone.encoder);
      const random = probeRandom(seed, "student");
      const task = new FixTask(taskContextOf(context, arm), network, side, rule, random);
      return runnerFor(context, arm, seed, plan, task, { side });
    }
    case "teacher":
    case "student":
    case "joint":
    case "sourceTeacher":
    case "pretraining":
      break;
    default:
      stage satisfies never;
  }
  throw new Error(`The stage ${stage} cannot follow a student of ${arm.scheme.method}.`);
}
