import * as v from "valibot";
import { settings } from "./fields";
import { fieldsOf } from "./knobs";
import { schemeKnobs } from "./scheme-knobs";

export { type TargetViewNumber, targetViewNumbers } from "./knobs";

export type SchemeMethod = keyof typeof schemeKnobs;
export const schemeMethods = Object.keys(schemeKnobs) as readonly SchemeMethod[];

const scheme = <const Method extends SchemeMethod>(method: Method) =>
  settings({ method: v.literal(method), ...fieldsOf<(typeof schemeKnobs)[Method]>(schemeKnobs[method]) });

export const schemeSchema = v.variant(
  "method",
  [
    scheme("supervised"),
    scheme("byol"),
    scheme("simdis-off"),
    scheme("simdis-on"),
    scheme("moco"),
    scheme("seed"),
    scheme("compress"),
    scheme("s2bnn"),
    scheme("dino"),
    scheme("kd"),
    scheme("dml"),
    scheme("funmatch"),
    scheme("ssld"),
    scheme("detection"),
  ],
  `a scheme whose method is one of ${schemeMethods.join(", ")}`,
);

export type Scheme = v.InferOutput<typeof schemeSchema>;
