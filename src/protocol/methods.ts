import type { MethodDescription } from "./method-description";
import { selfSupervisedMethods } from "./methods-self-supervised";
import { supervisedMethods } from "./methods-supervised";
import type { Scheme, SchemeMethod } from "./schemes";

export type { MethodDescription } from "./method-description";

/** The catalogue of schemes: what each is called, where it comes from, what it minimises and trains. */
export const methods = {
  ...supervisedMethods,
  ...selfSupervisedMethods,
} as const satisfies Record<SchemeMethod, MethodDescription>;

/** Whether the student has a teacher, and when that learns. S2-BNN's strategies differ in it. */
export function teacherTiming(scheme: Scheme): "none" | "before" | "alongside" {
  if (scheme.method === "s2bnn") {
    if (scheme.strategy === "contrast") return "none";
    return scheme.teacherTiming === "online" ? "alongside" : "before";
  }
  const [first] = methods[scheme.method].stages;
  if (first === "teacher") return "before";
  return first === "joint" ? "alongside" : "none";
}
