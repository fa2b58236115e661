import type { Arm, NetworkSettings } from "../../protocol/experiment";
import { methods } from "../../protocol/methods";

/** Arms in a few words, for cards and tables. */

export const networkText = ({ network, width }: NetworkSettings): string => `${network} × ${width}`;

const steps = (number: number) => `${number.toLocaleString("en")} ${number === 1 ? "step" : "steps"}`;

/** Who is there to learn from. */
export function teacherText({ scheme, teacher, teacherSteps }: Arm): string {
  const [first] = methods[scheme.method].stages;
  if (first === "teacher") return `${networkText(teacher)}, ${steps(teacherSteps)} before, then frozen`;
  return first === "joint" ? `${networkText(teacher)}, alongside` : "none";
}

export function studentText({ student, steps: updates }: Arm): string {
  return `${networkText(student)}, ${steps(updates)}`;
}

/** "3, 7", or undefined where the scheme has no choice of target views. */
export function targetsText({ scheme }: Arm): string | undefined {
  return "targets" in scheme ? scheme.targets.toSorted((a, b) => a - b).join(", ") : undefined;
}
