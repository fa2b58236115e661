import { type Scheme, teacherOf } from "./schemes";

/** The largest number of bytes of teachers' answers that the page keeps in the browser's private files. */
export const answersBudget = 1e9;

/** Why answers are not kept: the browser grants no more storage, they have taken their budget, or there are no files. */
export type NotKept = "full" | "budget" | "none";

/** What an arm says about its teacher's answers. */
interface Answered {
  readonly scheme: Scheme;
  /** A model that teaches in place of a network. */
  readonly model?: object | undefined;
  readonly answers: "computed" | "kept" | "cycled";
}

/** Whether an arm's student learns from what a frozen teacher answers, and from nothing else of it. */
export function canKeepAnswers({ scheme }: Pick<Answered, "scheme">): boolean {
  if (teacherOf(scheme).when !== "before") return false;
  // Its shadow head learns from the teacher's last map.
  if (scheme.method === "shake") return false;
  // It is asked once already.
  return !(scheme.method === "funmatch" && scheme.cachedTeacher);
}

/** Whether the teacher's answers are kept, and fed to the student's steps. */
export const keepsAnswers = (arm: Answered): boolean => arm.answers !== "computed" && canKeepAnswers(arm);

/** Whether views, and so the answers to them, repeat after some epochs. */
export const cyclesAnswers = (arm: Answered): boolean => arm.answers === "cycled" && canKeepAnswers(arm);

/** Whether an answer depends on the other images of its batch, so that it is of no use in another batch. */
export function dependsOnBatch({
  scheme,
  model,
}: Pick<Answered, "scheme" | "model">): "batchNorm" | "mixup" | undefined {
  if (!model && "teacherBatchNorm" in scheme && scheme.teacherBatchNorm === "train") return "batchNorm";
  return scheme.method === "funmatch" && scheme.input === "functionMatching" ? "mixup" : undefined;
}
