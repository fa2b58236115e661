import type { Arm, NetworkSettings } from "../../protocol/experiment";
import { teacherTiming } from "../../protocol/methods";
import { significantDigits } from "../../texts/numbers";
import { texts } from "../../texts/texts";

/** Arms in a few words, for cards and tables. */

export const networkText = ({ network, width }: NetworkSettings): string =>
  `${network} × ${significantDigits(width, 4)}`;

/** Who is there to learn from. */
export function teacherText({ scheme, teacher, teacherSteps }: Arm): string {
  const words = texts().arms;
  const timing = teacherTiming(scheme);
  if (timing === "before") return words.trainedBefore(networkText(teacher), teacherSteps);
  return timing === "alongside" ? words.trainedAlongside(networkText(teacher)) : words.none;
}

export function studentText({ student, steps: updates }: Arm): string {
  return texts().arms.studentSteps(networkText(student), updates);
}

/** "3, 7", or undefined where the scheme has no choice of target views. */
export function targetsText({ scheme }: Arm): string | undefined {
  return "targets" in scheme ? scheme.targets.toSorted((a, b) => a - b).join(", ") : undefined;
}
