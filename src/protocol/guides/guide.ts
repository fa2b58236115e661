import type { ExperimentInput } from "../experiment";
import { smallPair } from "../suggestions";

/** What a step's prediction is about, in the order in which the options are shown. */
export const directions = ["higher", "same", "lower"] as const;
export const shares = ["none", "some", "all"] as const;

/**
 * The question of a step, answered from the record alone. "difference": how the new arm's accuracy differs from the
 * former one's, seed by seed. "crashes": in how many of the seeds a network of the new arm fell back to chance.
 */
export type Question =
  | { readonly kind: "difference"; readonly measure: "finalKnn" | "finalClassifier" }
  | { readonly kind: "crashes" };

export type Prediction = (typeof directions)[number] | (typeof shares)[number];

/** One change of one setting, with the question what it does. */
export interface GuideStep {
  readonly id: string;
  /** Name of the arm before the change, and of the one after it: they differ in exactly one setting. */
  readonly from: string;
  readonly to: string;
  readonly question: Question;
  readonly asks: string;
  /** What to look at, whatever the result. */
  readonly because: string;
}

/** A guided experiment: a series of changes to one experiment, whose results were recorded. */
export interface Guide {
  /** Also the name of its record. */
  readonly id: string;
  readonly title: string;
  readonly about: string;
  /** All arms of the guide; the record was trained with it. */
  readonly experiment: ExperimentInput;
  readonly steps: readonly GuideStep[];
}

/** The predictions to choose from. */
export const optionsOf = ({ kind }: Question): readonly Prediction[] =>
  kind === "difference" ? directions : shares;

/** Images of 16 px on which small networks learn within a few hundred steps; evaluated seldom, to train in seconds. */
export const guideSetting = {
  dataset: { source: "textures", difficulty: "easy", train: 1_000, test: 1_000 },
  batchSize: 32,
  evaluation: { part: "validation", probe: "ridge", everySteps: 50, images: 900 },
  seeds: [1, 2, 3],
} satisfies ExperimentInput;

/** A student and a teacher of its size that learn from views of the images, without labels. */
export const guidePair = {
  ...smallPair,
  teacher: smallPair.student,
  steps: 200,
  teacherSteps: 200,
  optimiser: { learningRate: 1, teacherLearningRate: 1 },
} as const;
