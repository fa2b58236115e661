import type { FieldName } from "../series/setting-words";
import type { FieldWords } from "../texts/english/words";
import { texts } from "../texts/texts";

/** What a control is called, why one would change it, and how far its arrow keys go. */
export interface FieldText extends FieldWords {
  readonly step?: number;
}

const arrowSteps: Partial<Readonly<Record<FieldName, number>>> = {
  resolution: 4,
  train: 500,
  test: 100,
  validationShare: 0.05,
  testShare: 0.05,
  perClass: 10,
  labelNoise: 0.05,
  datasetSeed: 1,
  batchSize: 16,
  everySteps: 5,
  knnNeighbours: 1,
  knnTemperature: 0.01,
  steps: 50,
  teacherSteps: 100,
  learningRate: 0.1,
  teacherLearningRate: 0.1,
  momentum: 0.05,
  weightDecay: 0.0001,
  warmup: 0.05,
  tau0: 0.01,
};

/** In the language that is spoken now. */
export function fieldText(name: FieldName): FieldText {
  const words: FieldWords = texts().fields[name];
  const step = arrowSteps[name];
  return step === undefined ? words : { ...words, step };
}
