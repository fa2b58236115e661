import { canKeepAnswers, cyclesAnswers } from "../answers";
import type { Arm } from "../experiment";
import { methodOf, teacherOf } from "../schemes";
import type { SettingGroup, SettingGroups } from "./settings";

type IdleRules = {
  readonly [Group in SettingGroup]?: {
    readonly [Name in keyof SettingGroups[Group]]?: (arm: Arm) => boolean;
  };
};

/** Whether a network teaches that is trained here. */
const hasTeacher = ({ scheme, model }: Arm): boolean => teacherOf(scheme).when !== "none" && !model;
/** Mutual learning has no teacher, but its peers may have the teacher's network. */
const usesTeacherNetwork = (arm: Arm): boolean =>
  hasTeacher(arm) || methodOf(arm.scheme).peers(arm.scheme).includes("teacher");
const isPretrained = ({ start: { from } }: Arm): boolean => from !== "scratch" && from !== "file";

/** Conditions under which a setting of an arm has no effect given the others; the page then hides it. */
const rules: IdleRules = {
  arm: {
    teacherSteps: ({ scheme, model }) => teacherOf(scheme).when !== "before" || model !== undefined,
    fixSteps: ({ scheme }) => !methodOf(scheme).hasClassifier,
    answers: (arm) => !canKeepAnswers(arm),
    answerEpochs: (arm) => !cyclesAnswers(arm),
  },
  teacher: {
    network: (arm) => !usesTeacherNetwork(arm),
    width: (arm) => !usesTeacherNetwork(arm),
  },
  start: {
    images: (arm) => !isPretrained(arm),
    steps: (arm) => !isPretrained(arm),
    rateShare: ({ start }) => start.from === "scratch",
  },
  optimizer: {
    larsRule: ({ optimiser }) => optimiser.kind !== "lars",
    nesterov: ({ optimiser }) => optimiser.kind !== "sgd",
    teacherLearningRate: (arm) => !hasTeacher(arm),
    teacherDecay: (arm) => !hasTeacher(arm),
    teacherWeightDecay: (arm) => !hasTeacher(arm) || arm.optimiser.teacherDecay !== "own",
    decayed: ({ optimiser }) => optimiser.kind === "lars",
    clipNorm: ({ optimiser }) => optimiser.clip === "none",
    layerRates: ({ optimiser }) => optimiser.kind === "lars",
  },
};

export function isIdle(group: SettingGroup, name: string, arm: Arm): boolean {
  const ofGroup = rules[group] as Readonly<Record<string, ((arm: Arm) => boolean) | undefined>> | undefined;
  return ofGroup?.[name]?.(arm) ?? false;
}
