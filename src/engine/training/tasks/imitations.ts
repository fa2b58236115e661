import type { Scheme } from "../../../protocol/experiment";
import type { Target } from "../../math/target";
import { kdTerms, weighKdTerms } from "../../methods/kd";
import { ssldLoss } from "../../methods/ssld";
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

export function kdImitation(scheme: SchemeOf<"kd">): Imitation {
  return {
    terms: ["labelLoss", "distillationLoss"],
    show: showTheSame,
    loss: (student, teachers, labels) => {
      const terms = kdTerms(student, onlyTeacher(teachers), labels, scheme);
      return { total: weighKdTerms(terms, scheme.alpha), terms: [terms.labels, terms.imitation] };
    },
  };
}

export function ssldImitation({ divergence }: SchemeOf<"ssld">): Imitation {
  return {
    terms: [],
    show: showTheSame,
    loss: (student, teachers) => ({ total: ssldLoss(divergence, student, onlyTeacher(teachers)), terms: [] }),
  };
}
