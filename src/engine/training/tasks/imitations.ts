import type { Scheme } from "../../../protocol/experiment";
import type { Target } from "../../math/target";
import { kdTerms, weighKdTerms } from "../../methods/kd";
import { ssldLoss } from "../../methods/ssld";
import type { UpdateRule } from "../../optimisers/optimiser";
import { functionMatchingImitation } from "./function-matching";
import type { Imitation } from "./imitation";
import { firstView, type TaskContext } from "./task";

/** Schemes in which a student imitates the logits of frozen teachers. */

type SchemeOf<Method extends Scheme["method"]> = Extract<Scheme, { readonly method: Method }>;

/** Both networks see the same images. */
const showTheSame = (context: TaskContext) => {
  const images = firstView(context);
  return { student: images, teacher: [images] };
};

const onlyTeacher = ([teacher]: readonly Target[]): Target => {
  if (!teacher) throw new Error("The scheme has a teacher.");
  return teacher;
};

function kdImitation(scheme: SchemeOf<"kd">): Imitation {
  return {
    terms: ["labelLoss", "distillationLoss"],
    show: showTheSame,
    loss: (student, teachers, labels) => {
      const terms = kdTerms(student, onlyTeacher(teachers), labels, scheme);
      return { total: weighKdTerms(terms, scheme.alpha), terms: [terms.labels, terms.imitation] };
    },
  };
}

/** What both see: the first view, through AutoAugment's operations if the scheme says so. */
const showAutoAugmented = (context: TaskContext) =>
  showTheSame({
    ...context,
    views: { ...context.views, first: { ...context.views.first, policy: "autoAugment" } },
  });

function ssldImitation({ divergence, autoAugment }: SchemeOf<"ssld">): Imitation {
  return {
    terms: [],
    show: autoAugment ? showAutoAugmented : showTheSame,
    loss: (student, teachers) => ({ total: ssldLoss(divergence, student, onlyTeacher(teachers)), terms: [] }),
  };
}

/** How the student learns: what is augmented more is decayed less (METHODS §1.11). */
export function ruleOfStudent(scheme: Scheme, rule: UpdateRule): UpdateRule {
  const isHalved = scheme.method === "ssld" && scheme.autoAugment;
  return isHalved ? { ...rule, weightDecay: rule.weightDecay / 2 } : rule;
}

/** @param teacherSide pixels per side of what a teacher sees that has a size of its own */
export function imitationOf(scheme: SchemeOf<"kd" | "ssld" | "funmatch">, teacherSide: number): Imitation {
  switch (scheme.method) {
    case "kd":
      return kdImitation(scheme);
    case "ssld":
      return ssldImitation(scheme);
    case "funmatch":
      return functionMatchingImitation(scheme, teacherSide);
    default:
      return scheme satisfies never;
  }
}
