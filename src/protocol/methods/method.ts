import type * as v from "valibot";
import type { FieldOf, KnobSet, TargetViewNumber } from "../settings/knobs";
import type { Rates } from "./rates";

/**
 * All data about a method. Every entry is asked for: one that a method has nothing of is `none`, so that a new method
 * states it rather than inheriting it unseen.
 */
export interface MethodData<Knobs extends KnobSet = KnobSet, Words extends WordSet = WordSet> {
  readonly name: string;
  /** One sentence: who learns from what. */
  readonly summary: string;
  readonly paper: Paper | undefined;
  /** Where sources are silent or disagree, and what is done here. */
  readonly caveats: readonly string[];
  /** Its own settings, beside those that every arm has. The order is the page's. */
  readonly knobs: Knobs;
  /** Words of its diagram and its equation that no other method uses. */
  readonly words: Words;
  /** Whether its student or that student's teacher learns from labels. */
  readonly needsLabels: boolean;
  /** Whether the student's own loss trains a classifier. */
  readonly hasClassifier: boolean;
  /** The rates to start from when the method is chosen. Methods that share an object keep a visitor's rates. */
  readonly rates: Rates;
  /** A few settings with which a batch of four images is enough. */
  readonly smallest: Partial<SettingsOf<Knobs>>;
  /** The teacher, and when it learns. */
  teacher(settings: SettingsOf<Knobs>): Teacher;
  /** The SimDis target views that the student predicts. */
  targetViews(settings: SettingsOf<Knobs>): readonly TargetViewNumber[];
  /** Queues of embeddings of earlier batches; the setting of their length is called `queue`. */
  queues(settings: SettingsOf<Knobs>, batchSize: number): readonly Queue[];
  /** Members of a cohort beside the student, by the network that they have. */
  peers(settings: SettingsOf<Knobs>): readonly ("student" | "teacher")[];
  /** Settings without effect beside what the others say: the page leaves them out. */
  idle(settings: SettingsOf<Knobs>): readonly (keyof Knobs & string)[];
  /** Settings that are fine each by itself but not together; queues are checked for all methods alike. */
  refusals(settings: SettingsOf<Knobs>, surroundings: Surroundings): readonly Refusal[];
}

/** Texts, and sentences with places to fill in. */
export type WordSet = Readonly<Record<string, string | ((...values: never[]) => string)>>;

/** The values of knobs, as a scheme holds them. */
export type SettingsOf<Knobs extends KnobSet> = {
  readonly [Name in keyof Knobs]: v.InferOutput<FieldOf<Knobs[Name]>>;
};

export interface Paper {
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  readonly arxiv?: string;
}

/** How a teacher is trained. */
export type TeacherKind = "byol" | "moco" | "supervised";

export type Teacher =
  | { readonly when: "none" }
  /** In a stage of its own, or in the student's steps. */
  | { readonly when: "before" | "alongside"; readonly by: TeacherKind };

export interface Queue {
  /** Embeddings that it holds. */
  readonly entries: number;
  /** Embeddings that enter at each step. */
  readonly perStep: number;
}

/** The rest of an experiment, as far as a method's settings depend on it. */
export interface Surroundings {
  readonly batchSize: number;
  readonly dataset: { readonly unlabelled: number };
  /** The path of a setting of this scheme. */
  at(setting: string): Refusal["path"];
}

/**
 * One of the settings that do not fit together, and what it may be. Each of them is named, so that the problem shows at
 * the one that was changed; with all of them at their defaults they fit.
 */
export interface Refusal {
  readonly path: readonly (string | number)[];
  readonly allowed: string;
}

/** Nothing of the kind. */
export const none = () => [];

export const noTeacher = (): Teacher => ({ when: "none" });
export const trainedBefore = (by: TeacherKind) => (): Teacher => ({ when: "before", by });

/** Keeps the types of the method's own knobs and words. */
export const defineMethod = <const Knobs extends KnobSet, const Words extends WordSet>(
  data: MethodData<Knobs, Words>,
): MethodData<Knobs, Words> => data;
