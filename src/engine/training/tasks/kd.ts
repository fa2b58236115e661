import { kdTerms, weighKdTerms } from "../../methods/kd";
import { askTheSame, ImitationTask, imitationCost, onlyTeacher, showTheSame } from "./parts/imitation";
import { type MethodTraining, usual } from "./parts/method-training";

export const kd: MethodTraining<"kd"> = {
  ...usual,
  create: (given) => {
    const { scheme } = given;
    return ImitationTask.create(given, scheme.teacherBatchNorm, {
      terms: ["labelLoss", "distillationLoss"],
      about: "first view",
      show: showTheSame,
      asked: askTheSame,
      loss: (student, teachers, labels) => {
        const terms = kdTerms(student, onlyTeacher(teachers), labels, scheme);
        return { total: weighKdTerms(terms, scheme.alpha), terms: [terms.labels, terms.imitation] };
      },
    });
  },
  cost: (given) => imitationCost(given),
};
