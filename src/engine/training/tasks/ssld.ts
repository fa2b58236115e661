import type { SchemeOf } from "../../../protocol/schemes";
import { ssldLoss } from "../../methods/ssld";
import type { UpdateRule } from "../../optimizers/rules";
import {
  askTheSame,
  type Imitation,
  ImitationTask,
  imitationCost,
  onlyTeacher,
  showTheSame,
} from "./parts/imitation";
import type { Creation, MethodTraining } from "./parts/method-training";
import { usual } from "./parts/method-training";
import type { TaskContext } from "./parts/task";

/** The first view has AutoAugment, for both networks. */
const autoAugmented = (context: TaskContext): TaskContext => ({
  ...context,
  views: { ...context.views, first: { ...context.views.first, policy: "autoAugment" } },
});

const imitationOf = ({ divergence, autoAugment, standardized }: SchemeOf<"ssld">): Imitation => ({
  terms: [],
  about: autoAugment ? "first view by AutoAugment" : "first view",
  show: (context) => showTheSame(autoAugment ? autoAugmented(context) : context),
  asked: (context) => askTheSame(autoAugment ? autoAugmented(context) : context),
  loss: (student, teachers) => ({
    total: ssldLoss(divergence, student, onlyTeacher(teachers), standardized),
    terms: [],
  }),
});

/** Stronger augmentation goes with half the weight decay (docs/methods.md §1.11). */
const ruleOf = ({ autoAugment }: SchemeOf<"ssld">, rule: UpdateRule): UpdateRule =>
  autoAugment ? { ...rule, weightDecay: rule.weightDecay / 2 } : rule;

const create = (given: Creation<SchemeOf<"ssld">>) => {
  const { scheme, rule } = given;
  const own = { ...given, rule: ruleOf(scheme, rule) };
  return ImitationTask.create(own, scheme.teacherBatchNorm, imitationOf(scheme));
};

export const ssld: MethodTraining<"ssld"> = {
  ...usual,
  create,
  cost: (given) => imitationCost(given),
  pool: ({ pool, perClass }) => {
    if (pool === "none") return undefined;
    return pool === "selected" ? perClass : Number.POSITIVE_INFINITY;
  },
  fineTune: ({ fineTune }) => fineTune,
};
