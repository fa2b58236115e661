import type { Prediction } from "../../protocol/guides/guide";
import { counted } from "./words";

const predictions: Readonly<Record<Prediction, string>> = {
  higher: "It rises",
  same: "It stays the same, within two points",
  lower: "It falls",
  none: "In none",
  some: "In some",
  all: "In all",
};

/** Guided experiments; their own English texts are stored with their data (`protocol/guides`). */
export const guides = {
  title: "Guided experiments",
  lead: "One setting changes at a time. Predict what it does, then see what was recorded, or train it here.",
  list: "Guided experiments",
  back: "All guided experiments",
  done: (answered: number, steps: number) => `${answered} of ${counted(steps, "step")} answered`,
  place: (step: number, steps: number) => `Step ${step} of ${steps}`,
  changes: "What changes",
  predict: "Your prediction",
  predictions,
  show: "Show the result",
  recorded: "What was recorded",
  own: "Your own training of this step",
  asPredicted: "As you predicted.",
  otherwise: (prediction: string) => `You predicted “${prediction}”; the result is another one.`,
  cannotTell: (prediction: string) =>
    `You predicted “${prediction}”. It cannot be told from these seeds: more of them, or longer training, might.`,
  atChance: (arm: string, fallen: number, seeds: number) =>
    `${arm}: at chance at the end in ${fallen} of ${counted(seeds, "seed")}.`,
  notRecorded: "Nothing was recorded for this step yet: train it here to see.",
  reading: "Reading the record …",
  unreadable: (why: string) => `The record cannot be read. ${why}`.trimEnd(),
  origin: (when: string, device: string) => `Recorded on ${when}, ${device}.`,
  train: "Start with this setting",
  trainHint: "Trains both arms of this step here, in place of the page's experiment",
  next: "Next step",
  previous: "Previous step",
  forget: "Start over",
};

export interface GuideWords {
  readonly title: string;
  readonly about: string;
  readonly arms: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, { readonly asks: string; readonly because: string }>>;
}

/** By guide id. English uses the guides' own texts. */
export const guideWords: Readonly<Record<string, GuideWords>> = {};
