import type { Arm, NetworkSettings } from "../../protocol/experiment";
import { methodOf, targetViewsOf, teacherOf } from "../../protocol/schemes";
import { significantDigits } from "../../texts/numbers";
import { texts } from "../../texts/texts";

/** Short descriptions of arms, for cards and tables. */

export const networkText = ({ network, width }: NetworkSettings): string =>
  `${network} × ${significantDigits(width, 4)}`;

/** The teacher, in a few words. */
export function teacherText({ scheme, teacher, teacherSteps, model }: Arm): string {
  if (model) return model.name;
  const words = texts().arms;
  const { when } = teacherOf(scheme);
  if (when === "before") return words.trainedBefore(networkText(teacher), teacherSteps);
  return when === "alongside" ? words.trainedAlongside(networkText(teacher)) : words.none;
}

export function studentText({ student, steps: updates }: Arm): string {
  return texts().arms.studentSteps(networkText(student), updates);
}

/** "3, 7", or undefined where the scheme has no choice of target views. */
export function targetsText({ scheme }: Arm): string | undefined {
  const isChosen = Object.hasOwn(methodOf(scheme).knobs, "targets");
  return isChosen ? targetViewsOf(scheme).join(", ") : undefined;
}
