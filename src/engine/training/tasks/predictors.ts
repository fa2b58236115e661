import type { TargetViewNumber } from "../../../protocol/experiment";

/** Names of a student's predictors: one for each target view, or one for its own targets and one for the teacher's. */
export function predictorOf(heads: "perTarget" | "two", view: number): string {
  if (heads === "two") return view <= 3 ? "studentTargets" : "teacherTargets";
  return `target${view}`;
}

/** Each once, in the order of the views. */
export const predictorsOf = (heads: "perTarget" | "two", views: readonly TargetViewNumber[]) => [
  ...new Set(views.map((view) => predictorOf(heads, view))),
];

/** BYOL is SimDis with the third target view alone. */
export const byolPredictor = predictorOf("perTarget", 3);
