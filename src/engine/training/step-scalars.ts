import type { Arm } from "../../protocol/experiment";
import type { PlannedStage } from "../../protocol/messages";
import { Purpose, randomFor, uniform } from "../math/random";
import {
  linearDecay,
  momentumTau,
  oneCycle,
  scaledLearningRate,
  stepDecay,
  warmupCosine,
} from "../math/schedules";
import { mixupWeight } from "../methods/funmatch";
import { mocoMomentum } from "../methods/moco";
import { adamMoments, biasCorrections } from "../optimisers/adam/rule";
import type { Scalars } from "../optimisers/step-inputs";
import { probeLearningRate } from "./online-probe";

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
  const schedule = (base: number) => rateOf(step, scaledLearningRate(base, batchSize), arm, plan);
  const loaded = isLoaded(arm, plan) ? arm.start.rateShare : 1;
  const corrections = biasCorrections(step + 1, adamMoments);
  const [first, second] = randomFor(seed, Purpose.mixup).bits(step);
  return {
    studentRate: schedule(loaded * arm.optimiser.learningRate),
    teacherRate: schedule(arm.optimiser.teacherLearningRate),
    probeRate: scaledLearningRate(probeLearningRate, batchSize),
    tau: momentumOf(step, arm, plan),
    line,
    mixup: mixupWeight(uniform(first)),
    ownMixup: mixupWeight(uniform(second)),
    adamFirst: corrections.first,
    adamSecond: corrections.second,
    ...dinoScalars(step, arm, plan),
  };
}

/** Share of a stage in which DINO's teacher temperature moves (30 of 100 epochs). */
const temperatureWarmup = 0.3;

function dinoScalars(step: number, { scheme }: Arm, { steps, stepsPerEpoch }: PlannedStage) {
  if (scheme.method !== "dino") return { teacherTemperature: 1, prototypeGate: 1 };
  const { teacherTemperature: first, lastTeacherTemperature: last, frozenEpochs } = scheme;
  const done = Math.min(1, step / (temperatureWarmup * steps));
  return {
    teacherTemperature: first + (last - first) * done,
    prototypeGate: step < frozenEpochs * stepsPerEpoch ? 0 : 1,
  };
}

/** Shares of a stage after which a stepwise rate is a tenth of what it was. */
const milestones = [0.6, 0.8];

/** SSLD's second stage has this share of the rate. */
const fineTuneRate = 0.01;

/** Whether the stage trains a student that has learnt before. */
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

/** What momentum networks keep of themselves: rising to 1 under BYOL and its kin, constant under MoCo and its. */
function momentumOf(step: number, arm: Arm, plan: PlannedStage): number {
  const { scheme } = arm;
  const ofMoco = "teacherMethod" in scheme && plan.stage === "teacher" && scheme.teacherMethod === "moco";
  if (ofMoco) return mocoMomentum;
  if ("momentum" in scheme && plan.stage !== "teacher") return scheme.momentum;
  return momentumTau(step, plan.steps, arm.tau0);
}

/** Steps of a stage in which a binary network's weights are real: the first half of S2-BNN's two-step training. */
export function realWeightSteps({ scheme }: Arm, { stage, steps }: PlannedStage): number {
  const inTwo = scheme.method === "s2bnn" && scheme.training === "two" && stage !== "teacher";
  return inTwo ? Math.floor(steps / 2) : 0;
}
