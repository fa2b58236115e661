import type { Arm } from "../../../protocol/experiment";
import type { TeacherKind } from "../../../protocol/methods/method";
import { methodOf, teacherOf } from "../../../protocol/schemes";
import { planArm } from "../planning/plan";
import { ruleFor } from "../planning/rule-for";
import { pretrainingOf } from "../start";
import { teacherShape } from "../tasks/trainings";

/** A key of everything that a teacher's weights depend on, without the settings of the student. */
export function teacherKey(kind: TeacherKind, arm: Arm, seed: number, images: string): string {
  const { teacherLearningRate } = arm.optimiser;
  const plan = planArm(arm);
  const rule = ruleFor(arm, "teacher", plan.teacher);
  const projector = kind === "supervised" ? undefined : plan.teacherProjector;
  const tau0 = kind === "byol" ? arm.tau0 : undefined;
  // With a batch of one, since only the queue's length matters here.
  const [queued] = kind === "moco" ? methodOf(arm.scheme).queues(arm.scheme, 1) : [];
  const queue = queued?.entries;
  const settings = [arm.teacherSteps, teacherLearningRate, rule, arm.schedule, arm.warmup, tau0, queue];
  const shape = teacherShape(arm, 1_000);
  const { teacherFile } = arm.start;
  const own = arm.views ? [arm.views] : [];
  return JSON.stringify([kind, arm.teacher, shape, projector, settings, seed, images, teacherFile, ...own]);
}

/** The same for a pretrained student. @param arm the pretraining as an arm of its own */
export function pretrainingKey(arm: Arm, seed: number, images: string): string {
  const isTaught = teacherOf(arm.scheme).when === "before";
  const ofTeacher = isTaught ? teacherKey("supervised", arm, seed, images) : undefined;
  const { student, scheme, steps, optimiser, schedule, warmup, tau0 } = arm;
  const settings = [student, scheme, steps, optimiser, schedule, warmup, tau0];
  const ownViews = arm.views ? [arm.views] : [];
  return JSON.stringify(["pretraining", ...settings, seed, images, ofTeacher, ...ownViews]);
}

/** Keys of the stages that an arm needs before its own: arms with a key in common train that stage once. */
export function sharedKeys(arm: Arm, seed: number): readonly string[] {
  const first = pretrainingOf(arm);
  const { images } = arm.start;
  const teacher = (of: Arm, on: string) => {
    const source = teacherOf(of.scheme);
    return source.when === "before" && !of.model ? [teacherKey(source.by, of, seed, on)] : [];
  };
  const pretraining = first ? [...teacher(first, images), pretrainingKey(first, seed, images)] : [];
  return [...pretraining, ...teacher(arm, "own")];
}
