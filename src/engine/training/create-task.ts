import type { Arm } from "../../protocol/experiment";
import { createLabeledNetwork, probeRandom, queueRandom } from "./create-networks";
import type { LabeledNetwork } from "./learners/labeled-network";
import type { TrainedTeacher } from "./learners/trained-teacher";
import { planArm } from "./planning/plan";
import { ruleFor } from "./planning/rule-for";
import { type RunContext, studentContextOf } from "./run-context";
import type { Creation } from "./tasks/parts/method-training";
import type { Task } from "./tasks/parts/task";
import { trainingOf } from "./tasks/trainings";

/**
 * Creates the task that trains an arm's student.
 *
 * @param teacher from the previous stage, if the scheme has one
 * @param own registers the networks that the task creates; they belong to the run and outlive the task
 * @param trained the student from an earlier stage, which the caller owns; by default a new one is created
 */
export function createTask(
  context: RunContext,
  arm: Arm,
  seed: number,
  teacher: TrainedTeacher | undefined,
  own: Creation["own"],
  trained?: LabeledNetwork,
): Task {
  const { scheme } = arm;
  const training = trainingOf(scheme);
  return training.create({
    context,
    arm,
    scheme,
    seed,
    teacher,
    own,
    shared: studentContextOf(context, arm, training.images(scheme)),
    rule: ruleFor(arm, "student", planArm(arm, context.parts.train.set.channels).student),
    randoms: { probe: probeRandom(seed, "student"), queue: queueRandom(seed, "student") },
    labeledStudent: () => trained ?? own(createLabeledNetwork(context, arm, seed, "student")),
  });
}
