import type { Arm } from "../../../protocol/experiment";
import { transferRates } from "../../methods/ssld-transfer";
import type { EncoderPlan } from "../../networks/encoders";
import { layerGroupOf } from "../../networks/layer-groups";
import type { UpdateRule } from "../../optimizers/rules";

/** What updates an arm's student or its teacher, which may have a weight decay of its own. Only a student's layers differ in rate. */
export function ruleFor(
  { optimiser }: Pick<Arm, "optimiser">,
  role: "student" | "teacher",
  encoder: EncoderPlan,
): UpdateRule {
  const {
    layerRates,
    teacherDecay,
    teacherWeightDecay,
    learningRate: _,
    teacherLearningRate: __,
    ...rule
  } = optimiser;
  if (role === "teacher") return teacherDecay === "own" ? { ...rule, weightDecay: teacherWeightDecay } : rule;
  if (layerRates === "uniform") return rule;
  const factors = transferRates[layerRates];
  const rateFactor = (parameter: string) => factors[layerGroupOf(encoder, parameter) ?? -1] ?? 1;
  return { ...rule, rateFactor };
}
