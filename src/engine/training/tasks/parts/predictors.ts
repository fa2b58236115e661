import { type TargetViewNumber, targetViewNumbers } from "../../../../protocol/experiment";
import type { TeacherModel } from "../../../../protocol/teacher-model";

/**
 * The name of the predictor for a target view: one per target view, or one for the student's own targets and one for
 * the teacher's.
 */
export function predictorOf(heads: "perTarget" | "two", view: number): string {
  if (heads === "two") return view <= 3 ? "studentTargets" : "teacherTargets";
  return `target${view}`;
}

/** The names of all predictors without repetition, in the order of the views. */
export const predictorsOf = (heads: "perTarget" | "two", views: readonly TargetViewNumber[]) => [
  ...new Set(views.map((view) => predictorOf(heads, view))),
];

/** A model's answers have a length of their own, which the predictors of the teacher's targets give. */
export const predictionsOf = ({ dimension }: TeacherModel): Readonly<Record<string, number>> =>
  Object.fromEntries(
    targetViewNumbers
      .filter((view) => view > 3)
      .flatMap((view) => [predictorOf("two", view), predictorOf("perTarget", view)])
      .map((name) => [name, dimension]),
  );

/** BYOL's predictor. BYOL is SimDis with target view 3 alone. */
export const byolPredictor = predictorOf("perTarget", 3);
