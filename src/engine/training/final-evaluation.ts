import type { FinalEvaluation, TestAccuracy } from "../../protocol/messages";
import type { Evaluator } from "../evaluation/evaluator";
import type { StageRunner } from "./stages/stage-runner";
import type { FrozenTeacher } from "./teachers/shared-stages";

/**
 * Evaluates a trained student, its teacher if it has one, and the student as it was at its best evaluation on
 * validation images, where that was kept.
 *
 * @param runner the student's last stage
 * @param ofTeacher evaluates a teacher that learns alongside
 */
export async function finalOf(
  { best, step, options: { task, evaluator } }: StageRunner,
  ofTeacher: Evaluator,
  frozen: FrozenTeacher | undefined,
): Promise<FinalEvaluation> {
  const { student, teacher } = task;
  if (!student) throw new Error("The run has no student.");
  const last = await evaluator.final(student.backbone, student.classifier);
  const own = await task.ofTest?.(evaluator.parts.test);
  const result = { ...last, ...own, ...(await bestBeside(last)) };
  const known = frozen
    ? await frozen.final()
    : teacher && (await ofTeacher.final(teacher.backbone, teacher.classifier));
  if (!known) return result;
  const { inspection } = known;
  return { ...result, teacher: { ...accuracyOf(known), ...(inspection && { inspection }) } };

  async function bestBeside(ofLast: TestAccuracy): Promise<Pick<FinalEvaluation, "best">> {
    const { step: at, network } = best;
    if (at === undefined || !network) return {};
    const found = at === step ? ofLast : await evaluator.final(network.backbone, network.classifier);
    return { best: { step: at, ...accuracyOf(found) } };
  }
}

const accuracyOf = (found: TestAccuracy): TestAccuracy => {
  const { knnTop1, knnBalanced, linearTop1, linearBalanced, top1 } = found;
  return {
    knnTop1,
    ...(knnBalanced !== undefined && { knnBalanced }),
    linearTop1,
    ...(linearBalanced !== undefined && { linearBalanced }),
    ...(top1 !== undefined && { top1 }),
  };
};
