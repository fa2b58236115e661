import type { Arm, Experiment } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import { sharedKeys } from "../teachers/shared-keys";

/** The shape of the images and the number of classes. */
export interface ImageShape {
  readonly channels: 1 | 3;
  readonly classes: number;
}

/** The arm with every setting at one value that changes no step's time. */
const timeless = (arm: Arm): Arm => ({
  ...arm,
  name: "",
  steps: 1,
  teacherSteps: 1,
  fixSteps: Math.min(arm.fixSteps, 1),
  answerEpochs: 1,
  tau0: 0,
  warmup: 0,
  start: { ...arm.start, steps: 1 },
  optimiser: { ...arm.optimiser, learningRate: 1, teacherLearningRate: 1, weightDecay: 0 },
});

/**
 * A key of what the time of a step depends on: stages with the same key are measured once. Arms share the keys of stages
 * that they share, such as a teacher's.
 */
export function stageKey(
  arm: Arm,
  stages: readonly PlannedStage[],
  at: number,
  experiment: Experiment,
  { channels, classes }: ImageShape,
): string {
  const neutral = timeless(arm);
  const own = sharedKeys(neutral, 0)[at] ?? [stages[at]?.stage, neutral];
  const { batchSize, views, evaluation, dataset } = experiment;
  const { resolution, unlabelledFor } = dataset;
  return JSON.stringify([
    own,
    batchSize,
    views,
    evaluation.probe,
    resolution,
    unlabelledFor,
    channels,
    classes,
  ]);
}

/** What features are read by: nearest neighbors, and of networks also a linear classifier. */
export type Reading = "pixels" | Experiment["evaluation"]["probe"];

export const readingsKey = (features: number, classes: number, by: Reading): string =>
  `${features} ${classes} ${by}`;
