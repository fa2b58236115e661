import type { ExperimentInput } from "../experiment";
import type { RecordPlan } from "../records/catalog";
import { labeledRates, mildViews, SMALL_BATCH, smallPair } from "../suggestions";

/** A claim of a source as a question, and the difference of a recorded comparison that answers it. */
export interface Finding {
  readonly id: string;
  /** Id of the recorded comparison; its findings are judged together. */
  readonly record: string;
  readonly question: string;
  /** What the source reports, with its own figures and their setting; never a figure measured here. */
  readonly reported: string;
  /** The sign of the difference that the source lets expect or, where it is silent, that answers the question with yes. */
  readonly predicts: "more" | "less" | "same";
  readonly difference: Difference;
  /** From which `difference` is taken once more, seed by seed: whether one effect is larger than another. */
  readonly beyond?: Pick<Difference, "arm" | "against">;
  /** Ids of the studies that ask the same. */
  readonly studies: readonly string[];
}

/** Between two arms of the record, by their names in its experiment: an accuracy on test images at the end. */
export interface Difference {
  readonly arm: string;
  readonly against: string;
  readonly metric: RecordPlan["answer"]["metric"];
  /** Instead, of one arm: a linear classifier by SGD at the first rather than the second rate, on validation images. */
  readonly rates?: readonly [rate: number, against: number];
}

export interface FindingSource {
  readonly id: "simdis" | "s2bnn" | "mutual" | "funmatch" | "ssld" | "between";
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** A comparison that is recorded for findings, each of which compares some of its arms. */
export interface FindingRecord {
  readonly id: string;
  readonly question: string;
  readonly source: string;
  readonly curve: RecordPlan["curve"];
  readonly experiment: ExperimentInput;
}

export const seedsUpTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

/** Few points of the curves: they take time, and findings are about the end. */
const seldom = { everySteps: 50, images: 600 } as const;

/** Textures, from which networks learn with labels within a few hundred steps. */
export const labeledSetting = {
  dataset: { source: "textures", train: 2_000 },
  batchSize: SMALL_BATCH,
  views: mildViews,
  evaluation: seldom,
} as const satisfies ExperimentInput;

export const labeledArm = { ...smallPair, ...labeledRates, steps: 200, teacherSteps: 200 } as const;

/** Function matching shows a tenth of the image and more. */
const wideCrop = { ...mildViews.first, scale: { min: 0.1, max: 1 } } as const;
export const matchedSetting = {
  ...labeledSetting,
  views: { first: wideCrop, second: wideCrop },
} as const satisfies ExperimentInput;

export const unlabeledSetting = {
  dataset: { source: "textures" },
  batchSize: SMALL_BATCH,
  evaluation: seldom,
} as const satisfies ExperimentInput;
