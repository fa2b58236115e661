import * as v from "valibot";
import type { MethodData, Teacher } from "./methods/method";
import { type Methods, methods, type SchemeMethod, schemeMethods } from "./methods/methods";
import { settings } from "./settings/fields";
import { fieldsOf, type TargetViewNumber } from "./settings/knobs";

export { type SchemeMethod, schemeMethods } from "./methods/methods";
export { type TargetViewNumber, targetViewNumbers } from "./settings/knobs";

type KnobsOf<Method extends SchemeMethod> = Methods[Method]["knobs"];

const scheme = <const Method extends SchemeMethod>(method: Method) =>
  settings({
    method: v.literal(method),
    ...fieldsOf<KnobsOf<Method>>(methods[method].knobs as KnobsOf<Method>),
  });

type SchemaOfSome = { [Method in SchemeMethod]: ReturnType<typeof scheme<Method>> }[SchemeMethod];

/** A method with its settings. */
export const schemeSchema = v.variant(
  "method",
  schemeMethods.map((method) => scheme(method)) as unknown as SchemaOfSome[],
  `a scheme whose method is one of ${schemeMethods.join(", ")}`,
);

export type Scheme = v.InferOutput<typeof schemeSchema>;
export type SchemeOf<Method extends SchemeMethod> = Extract<Scheme, { readonly method: Method }>;

/** The data of a scheme's method, for code that treats all methods alike. */
export const methodOf = ({ method }: Pick<Scheme, "method">): MethodData => methods[method];

/** The teacher of a scheme with its current settings, and when it learns. */
export const teacherOf = (scheme: Scheme): Teacher => methodOf(scheme).teacher(scheme);

/** Returns whether the student learns in a cohort from labels, so that its loss has the terms of mutual learning. */
export const hasMutualTerms = (scheme: Scheme): boolean =>
  methodOf(scheme).hasClassifier && methodOf(scheme).peers(scheme).length > 0;

/** The SimDis target views that the student predicts, ascending; empty where the loss has no such targets. */
export const targetViewsOf = (scheme: Scheme): readonly TargetViewNumber[] =>
  methodOf(scheme).targetViews(scheme);
