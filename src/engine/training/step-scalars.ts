import type { Arm } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import { Purpose, randomFor, uniform } from "../math/random";
import { momentumTau, scaledLearningRate, warmupCosine } from "../math/schedules";
import { mixupWeight } from "../methods/funmatch";
import { mocoMomentum } from "../methods/moco";
import { probeLearningRate } from "./online-probe";
import type { Scalars } from "./step-inputs";

export interface StepPlace {
  readonly arm: Arm;
  readonly plan: PlannedStage;
  readonly seed: number;
  readonly batchSize: number;
  /** Where the step's losses are noted. */
  readonly line: number;
}

/** The numbers of one step: a function of the experiment and the step's number alone. Steps count from 0. */
export function scalarsOf(step: number, { arm, plan, seed, batchSize, line }: StepPlace): Scalars {
  const schedule = (base: number) =>
    warmupCosine(step, {
      peak: scaledLearningRate(base, batchSize),
      warmupSteps: Math.round(arm.warmup * plan.steps),
      totalSteps: plan.steps,
    });
  const [first, second] = randomFor(seed, Purpose.mixup).bits(step);
  return {
    studentRate: schedule(arm.optimiser.learningRate),
    teacherRate: schedule(arm.optimiser.teacherLearningRate),
    probeRate: scaledLearningRate(probeLearningRate, batchSize),
    tau: momentumOf(step, arm, plan),
    line,
    mixup: mixupWeight(uniform(first)),
    ownMixup: mixupWeight(uniform(second)),
  };
}

/** What momentum networks keep of themselves: rising to 1 under BYOL and its kin, constant under MoCo and its. */
function momentumOf(step: number, arm: Arm, plan: PlannedStage): number {
  const { scheme } = arm;
  const ofMoco = "teacherMethod" in scheme && plan.stage === "teacher" && scheme.teacherMethod === "moco";
  if (ofMoco) return mocoMomentum;
  if ("momentum" in scheme && plan.stage !== "teacher") return scheme.momentum;
  return momentumTau(step, plan.steps, arm.tau0);
}
