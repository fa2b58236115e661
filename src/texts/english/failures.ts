import type { LinkProblem } from "../../protocol/codec";
import type { Failure } from "../../protocol/failures";
import type { UnreadableCurves } from "../../protocol/recording";

export interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
}

/** Why something did not work. The engine's failures say it themselves in English; other languages go by kind and data. */
export const failures = {
  explain: ({ title, cause, action }: Failure): Explanation => ({ title, cause, action }),
  page: {
    engineNotLoaded: "The training engine could not be loaded.",
    title: "Something went wrong on this page",
    action: "Reload the page; the link in the address bar keeps the experiment.",
  },
  notHere: {
    title: "The images are not here yet",
    ofAuthor: (name: string) =>
      `This experiment trains on “${name}”, images of its author's that never travel in a link.`,
    drop: "Drop the same folder or zip file below, or change to the built-in Shapes.",
    ofHub: (id: string) =>
      `This experiment trains on “${id}” of the Hugging Face hub. Nothing is fetched unless you ask for it.`,
    fetch: "Press “Fetch” beside its name below, or change to the built-in Shapes.",
  },
  unknownPreset: {
    title: "This link names a preset that does not exist",
    cause: (id: string, ids: string) => `There is no preset “${id}”; there are ${ids}.`,
    action: "Choose one of the presets below. The page shows the default experiment meanwhile.",
  },
};

export const links = {
  titles: {
    "too-long": "This link is too long",
    "unknown-part": "This link has an unknown part",
    "unknown-version": "This link is of another version",
    truncated: "This link is incomplete",
    damaged: "This link is damaged",
    "wrong-fields": "This link has settings that cannot be used",
  } satisfies Record<LinkProblem["kind"], string>,
  actions: {
    "too-long": "Ask for the link again. The page shows the default experiment meanwhile.",
    "unknown-part": "Perhaps it was made for a newer page: reload this one, or ask for the link again.",
    "unknown-version": "Reload the page to get its newest version, or ask for the link again.",
    truncated: "Copy the whole link again. The page shows the default experiment meanwhile.",
    damaged: "Ask for the link again. The page shows the default experiment meanwhile.",
    "wrong-fields": "Open it with these settings at their defaults, or keep the experiment that is shown.",
  } satisfies Record<LinkProblem["kind"], string>,
  cause: ({ message }: LinkProblem): string => message,
  unreadableCurves: {
    title: "This link's curves cannot be read",
    causes: {
      version: "The link's curves are of another version.",
      damaged: "The link's curves are cut off, or some of their characters were changed.",
      foreign: "The link's curves are not what this page writes.",
    } satisfies Record<UnreadableCurves, string>,
    action: "Open its settings without the curves, or ask for the link again.",
  },
  wrongFile: {
    title: "This file has settings that cannot be used",
    cause: (wrong: number): string =>
      `It was read, but ${wrong === 1 ? "one setting is" : `${wrong} settings are`} wrong.`,
  },
  notJson: {
    title: "This file is no experiment",
    cause: "It is not JSON.",
    action: "Choose a file that was saved here as experiment.json.",
  },
};

/** What the schema says of a setting: in English its own words. */
export const problems = {
  allowed: (allowed: string): string => allowed,
  given: (given: string): string => given,
};
