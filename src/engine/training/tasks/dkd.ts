import { dkdTerms, weighDkdTerms } from "../../methods/dkd";
import { askTheSame, ImitationTask, imitationCost, onlyTeacher, showTheSame } from "./parts/imitation";
import { type MethodTraining, usual } from "./parts/method-training";

export const dkd: MethodTraining<"dkd"> = {
  ...usual,
  create: (given) => {
    const { scheme, shared } = given;
    return ImitationTask.create(given, scheme.teacherBatchNorm, {
      terms: ["labelLoss", "targetClassLoss", "otherClassesLoss"],
      about: "first view",
      show: showTheSame,
      asked: askTheSame,
      loss: (student, teachers, labels) => {
        const terms = dkdTerms(student, onlyTeacher(teachers), labels, scheme);
        return {
          total: weighDkdTerms(terms, scheme, shared.inputs.scalar("ramp")),
          terms: [terms.labels, terms.targetClass, terms.otherClasses],
        };
      },
    });
  },
  cost: (given) => imitationCost(given),
  scalars: (step, { ramp }, { steps }) => ({ ramp: ramp === 0 ? 1 : Math.min(1, step / (ramp * steps)) }),
};
