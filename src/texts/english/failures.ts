import type { Failure } from "../../protocol/failures";
import type { LinkProblem } from "../../protocol/links/codec";
import type { UnreadableCurves } from "../../protocol/links/recording";

export interface Explanation {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
}

/** Explanations of failures. English shows the engine's own sentences; other languages build theirs from kind and data. */
export const failures = {
  explain: ({ title, cause, action }: Failure): Explanation => ({ title, cause, action }),
  page: {
    engineNotLoaded: "The training engine could not be loaded.",
    title: "Something went wrong on this page",
    action: "Reload the page; the link in the address bar keeps the experiment.",
  },
  notHere: {
    title: "The images are not loaded yet",
    ofAuthor: (name: string) =>
      `This experiment trains on “${name}”, its author's own images, which a link does not contain.`,
    drop: "Drop the same folder or zip file below, or switch to the built-in Shapes.",
    ofHub: (id: string) =>
      `This experiment trains on “${id}” from the Hugging Face hub. Nothing is fetched unless you ask for it.`,
    fetch: "Press “Fetch” next to its name below, or switch to the built-in Shapes.",
  },
  unknownPreset: {
    title: "This link names a preset that does not exist",
    cause: (id: string, ids: string) => `There is no preset “${id}”. Presets: ${ids}.`,
    action: "Choose one of the presets below. The page now shows the default experiment.",
  },
};

export const links = {
  titles: {
    "too-long": "This link is too long",
    "unknown-part": "This link has an unknown part",
    "unknown-version": "This link has an unknown version",
    truncated: "This link is incomplete",
    damaged: "This link is damaged",
    "wrong-fields": "This link has settings that cannot be used",
  } satisfies Record<LinkProblem["kind"], string>,
  actions: {
    "too-long": "Ask for the link again. The page now shows the default experiment.",
    "unknown-part": "It may have been made by a newer version: reload the page, or ask for the link again.",
    "unknown-version": "Reload the page to get the newest version, or ask for the link again.",
    truncated: "Copy the whole link again. The page now shows the default experiment.",
    damaged: "Ask for the link again. The page now shows the default experiment.",
    "wrong-fields": "Open it with these settings at their defaults, or keep the current experiment.",
  } satisfies Record<LinkProblem["kind"], string>,
  cause: ({ message }: LinkProblem): string => message,
  unreadableCurves: {
    title: "This link's curves cannot be read",
    causes: {
      version: "The link's curves have another version.",
      damaged: "The link's curves are cut off or damaged.",
      foreign: "The link's curves were not written by this page.",
    } satisfies Record<UnreadableCurves, string>,
    action: "Open its settings without the curves, or ask for the link again.",
  },
  wrongFile: {
    title: "This file has settings that cannot be used",
    cause: (wrong: number): string =>
      `It is valid JSON, but ${wrong === 1 ? "one setting is" : `${wrong} settings are`} wrong.`,
  },
  notJson: {
    title: "This file is not an experiment",
    cause: "It is not JSON.",
    action: "Choose an experiment.json that this page has exported.",
  },
};

/** The schema's messages about a setting. English shows them as they are. */
export const problems = {
  allowed: (allowed: string): string => allowed,
  given: (given: string): string => given,
};
