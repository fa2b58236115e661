import { cyclesAnswers } from "./answers";
import type { Arm, DatasetSettings } from "./experiment";

/** The methods that `python/retort_torch` trains; a test compares this list with the package's own. */
export const pytorchMethods = [
  "byol",
  "simdis-off",
  "simdis-on",
  "moco",
  "seed",
  "supervised",
  "kd",
  "dml",
  "ssld",
] as const;

/** Whether `python/retort_torch` trains this arm. The package itself names what it refuses. */
export function isInPytorch(arm: Arm, dataset: DatasetSettings): boolean {
  const { scheme, start, fixSteps, student, teacher, model } = arm;
  return (
    !cyclesAnswers(arm) &&
    pytorchMethods.some((method) => method === scheme.method) &&
    start.from === "scratch" &&
    start.teacherFile === undefined &&
    model === undefined &&
    fixSteps === 0 &&
    dataset.unlabelled === 0 &&
    student.network !== "ReAct" &&
    teacher.network !== "ReAct" &&
    !(scheme.method === "dml" && scheme.excludeCrashed) &&
    !(scheme.method === "ssld" && scheme.fineTune > 0)
  );
}
