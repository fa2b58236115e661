import type * as v from "valibot";
import type { FieldOf, KnobSet, TargetViewNumber } from "../settings/knobs";
import type { Rates } from "./shared/rates";

/**
 * All data about a method. Every entry is required; a method that lacks something states it as `none`, so that a new
 * method makes every choice explicitly.
 */
export interface MethodData<Knobs extends KnobSet = KnobSet, Words extends WordSet = WordSet> {
  readonly name: string;
  /** One sentence: the networks, and what they learn from. */
  readonly summary: string;
  readonly paper: Paper | undefined;
  /** Points on which sources are silent or disagree, and the choice made here. */
  readonly caveats: readonly string[];
  /** The method's own settings, in addition to those of every arm, in the page's order. */
  readonly knobs: Knobs;
  /** Texts of its diagram, its equation and its refusals that no other method uses. */
  readonly words: Words;
  /** Whether the student or its teacher learns from labels. */
  readonly needsLabels: boolean;
  /** Whether the student's own loss trains a classifier. */
  readonly hasClassifier: boolean;
  /**
   * The rates suggested when the method is chosen. A visitor's rates are kept between methods that share this object.
   */
  readonly rates: Rates;
  /** A few settings that make a batch of four images sufficient. */
  readonly smallest: Partial<SettingsOf<Knobs>>;
  /** The teacher, and when it learns. */
  teacher(settings: SettingsOf<Knobs>): Teacher;
  /** The SimDis target views that the student predicts. */
  targetViews(settings: SettingsOf<Knobs>): readonly TargetViewNumber[];
  /** Queues of embeddings of earlier batches; the setting of their length is called `queue`. */
  queues(settings: SettingsOf<Knobs>, batchSize: number): readonly Queue[];
  /** The cohort's members other than the student, by the network they use. */
  peers(settings: SettingsOf<Knobs>): readonly ("student" | "teacher")[];
  /** Settings without effect given the other settings; the page hides them. */
  idle(settings: SettingsOf<Knobs>): readonly (keyof Knobs & string)[];
  /** Settings that are valid individually but conflict. Queues are checked for all methods alike. */
  refusals(settings: SettingsOf<Knobs>, surroundings: Surroundings): readonly Refusal[];
}

/** Texts, and functions that fill values into sentences. */
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

/** The method that trains a teacher. */
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

/** The parts of an experiment that a method's settings depend on. */
export interface Surroundings {
  readonly batchSize: number;
  readonly dataset: { readonly unlabelled: number };
  /** The path of a setting of this scheme. */
  at(setting: string): Refusal["path"];
}

/**
 * One of several conflicting settings, and its allowed values. All settings in conflict are reported, so that the problem
 * is shown at the one that was changed. Defaults never conflict.
 */
export interface Refusal {
  readonly path: readonly (string | number)[];
  readonly allowed: string;
}

/** The method has none of these. */
export const none = () => [];

export const noTeacher = (): Teacher => ({ when: "none" });
export const trainedBefore = (by: TeacherKind) => (): Teacher => ({ when: "before", by });

/** Infers the types of the method's own knobs and texts. */
export const defineMethod = <const Knobs extends KnobSet, const Words extends WordSet>(
  data: MethodData<Knobs, Words>,
): MethodData<Knobs, Words> => data;
