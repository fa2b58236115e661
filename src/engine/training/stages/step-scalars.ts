import type { Arm } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import { teacherOf } from "../../../protocol/schemes";
import { Purpose, randomFor, uniform } from "../../math/random";
import {
  linearDecay,
  momentumTau,
  oneCycle,
  scaledLearningRate,
  stepDecay,
  warmupCosine,
} from "../../math/schedules";
import { mixupWeight } from "../../methods/funmatch";
import { mocoMomentum } from "../../methods/moco";
import { adamMoments, biasCorrections } from "../../optimizers/adam/rule";
import { idleScalars, type Scalars } from "../../optimizers/step-inputs";
import { probeLearningRate } from "../learners/online-probe";
import { trainingOf } from "../tasks/trainings";

export interface StepPlace {
  readonly arm: Arm;
  readonly plan: PlannedStage;
  readonly seed: number;
  readonly batchSize: number;
  /** The row of the ledger that the step's losses are written to. */
  readonly line: number;
}

/** Computes the scalars of one step. They depend only on the experiment and the step's number, from 0. */
export function scalarsOf(step: number, { arm, plan, seed, batchSize, line }: StepPlace): Scalars {
  const schedule = (base: number) => rateOf(step, scaledLearningRate(base, batchSize), arm, plan);
  const loaded = isLoaded(arm, plan) ? arm.start.rateShare : 1;
  const corrections = biasCorrections(step + 1, adamMoments);
  const [first, second] = randomFor(seed, Purpose.mixup).bits(step);
  return {
    ...idleScalars,
    studentRate: schedule(loaded * arm.optimiser.learningRate),
    teacherRate: schedule(arm.optimiser.teacherLearningRate),
    probeRate: scaledLearningRate(probeLearningRate, batchSize),
    tau: momentumOf(step, arm, plan),
    line,
    mixup: mixupWeight(uniform(first)),
    ownMixup: mixupWeight(uniform(second)),
    adamFirst: corrections.first,
    adamSecond: corrections.second,
    ...(plan.stage === "teacher" ? {} : trainingOf(arm.scheme).scalars(step, arm.scheme, plan)),
  };
}

/** Fractions of a stage after which a stepwise rate falls to a tenth. */
const milestones = [0.6, 0.8];

/** The factor on the learning rate in SSLD's fine-tuning stage. */
const fineTuneRate = 0.01;

/** Whether the stage trains a student that started from trained weights. */
const isLoaded = ({ start }: Arm, { stage }: PlannedStage) =>
  start.from !== "scratch" && (stage === "student" || stage === "joint" || stage === "fineTune");

function rateOf(step: number, peak: number, arm: Arm, plan: PlannedStage): number {
  const { schedule, warmup } = arm;
  const { stepsPerEpoch, steps: totalSteps } = plan;
  if (plan.stage === "fineTune") return fineTuneRate * peak;
  switch (schedule) {
    case "cosine":
      return warmupCosine(step, { peak, warmupSteps: Math.round(warmup * totalSteps), totalSteps });
    case "oneCycle":
      return oneCycle(step, { peak, totalSteps, peakFraction: warmup });
    case "linear":
      return linearDecay(step, { peak, totalSteps, stepsPerEpoch });
    case "step":
      return stepDecay(step, { peak, factor: 0.1, milestones: milestones.map((at) => at * totalSteps) });
    case "constant":
      return peak;
    default:
      return schedule satisfies never;
  }
}

/** The share τ of itself that a momentum copy keeps: it rises to 1, except in the stage of a MoCo teacher. */
function momentumOf(step: number, { scheme, tau0 }: Arm, { stage, steps }: PlannedStage): number {
  const teacher = teacherOf(scheme);
  const ofMoco = stage === "teacher" && teacher.when === "before" && teacher.by === "moco";
  return ofMoco ? mocoMomentum : momentumTau(step, steps, tau0);
}

/** The number of steps of a stage in which a binary network's weights are real. */
export const realWeightSteps = ({ scheme }: Arm, { stage, steps }: PlannedStage): number =>
  stage === "teacher" ? 0 : trainingOf(scheme).realWeightSteps(scheme, steps);
