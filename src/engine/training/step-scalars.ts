import type { Arm } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import { Purpose, randomFor, uniform } from "../math/random";
import { momentumTau, scaledLearningRate, warmupCosine } from "../math/schedules";
import { mixupWeight } from "../methods/funmatch";
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
    tau: momentumTau(step, plan.steps, arm.tau0),
    line,
    mixup: mixupWeight(uniform(first)),
    ownMixup: mixupWeight(uniform(second)),
  };
}
