import type { MethodDescription } from "./method-description";
import { selfSupervisedMethods } from "./methods-self-supervised";
import { supervisedMethods } from "./methods-supervised";
import type { SchemeMethod } from "./schemes";

export type { MethodDescription } from "./method-description";

/** The catalogue of schemes: what each is called, where it comes from, what it minimises and trains. */
export const methods = {
  ...supervisedMethods,
  ...selfSupervisedMethods,
} as const satisfies Record<SchemeMethod, MethodDescription>;
