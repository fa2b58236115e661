import type { TargetViewNumber } from "../../../../protocol/experiment";

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

/** BYOL's predictor. BYOL is SimDis with target view 3 alone. */
export const byolPredictor = predictorOf("perTarget", 3);
