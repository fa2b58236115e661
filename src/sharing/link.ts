import { decodeFragment, encodeExperiment, type LinkProblem } from "../protocol/codec";
import { defaultExperiment, type Experiment } from "../protocol/experiment";
import { type FieldProblem, parseExperiment, withDefaultsForProblems } from "../protocol/problems";
import { decodeRecording, encodeRecording, type Recording } from "../protocol/recording";

/** A link that holds no usable experiment, with what the visitor can do about it. */
export interface UnusableLink {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
  readonly fields: readonly FieldProblem[];
  /** The rest of the link, with the fields above at their defaults. Absent where nothing of it can be read. */
  readonly repaired?: Experiment;
}

export type OpenedLink =
  | { readonly kind: "none" }
  | { readonly kind: "experiment"; readonly experiment: Experiment; readonly recording?: Recording }
  | { readonly kind: "unusable"; readonly link: UnusableLink };

const titles: Readonly<Record<LinkProblem["kind"], string>> = {
  "too-long": "This link is too long",
  "unknown-part": "This link has an unknown part",
  "unknown-version": "This link is of another version",
  truncated: "This link is incomplete",
  damaged: "This link is damaged",
  "wrong-fields": "This link has settings that cannot be used",
};

const actions: Readonly<Record<LinkProblem["kind"], string>> = {
  "too-long": "Ask for the link again. The page shows the default experiment meanwhile.",
  "unknown-part": "Perhaps it was made for a newer page: reload this one, or ask for the link again.",
  "unknown-version": "Reload the page to get its newest version, or ask for the link again.",
  truncated: "Copy the whole link again. The page shows the default experiment meanwhile.",
  damaged: "Ask for the link again. The page shows the default experiment meanwhile.",
  "wrong-fields": "Open it with these settings at their defaults, or keep the experiment that is shown.",
};

function explain(problem: LinkProblem): UnusableLink {
  const told = { title: titles[problem.kind], cause: problem.message, action: actions[problem.kind] };
  if (problem.kind !== "wrong-fields") return { ...told, fields: [] };
  return { ...told, fields: problem.problems, repaired: withDefaultsForProblems(problem.input) };
}

/** What the fragment of an address asks for, with or without "#". Never throws. */
export function openLink(fragment: string): OpenedLink {
  const decoded = decodeFragment(fragment);
  if (decoded.kind === "problem") return { kind: "unusable", link: explain(decoded.problem) };
  if (decoded.kind === "none") return decoded;
  const recorded = decodeRecording(fragment);
  if (recorded.kind === "problem") {
    return {
      kind: "unusable",
      link: { ...unreadableCurves, cause: recorded.message, repaired: decoded.experiment },
    };
  }
  return recorded.kind === "none" ? decoded : { ...decoded, recording: recorded.recording };
}

const unreadableCurves = {
  title: "This link's curves cannot be read",
  action: "Open its settings without the curves, or ask for the link again.",
  fields: [],
} as const;

/** With the recorded curves behind the experiment that they were measured in. */
export function recordedLink(experiment: Experiment, recording: Recording, address: string): string {
  return `${experimentLink(experiment, address)}&${encodeRecording(recording)}`;
}

/** Longest part of a link that holds curves: mail programs and messengers cut longer ones. */
const RECORDING_CHARACTERS = 6_000;
export const recordingFits = (recording: Recording): boolean =>
  encodeRecording(recording).length <= RECORDING_CHARACTERS;

/** What a file says, as `experiment.json` has it. Never throws. */
export function openExperimentFile(text: string): OpenedLink {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return { kind: "unusable", link: notJson };
  }
  const parsed = parseExperiment(input);
  if (parsed.ok) return { kind: "experiment", experiment: parsed.experiment };
  const link: UnusableLink = {
    title: "This file has settings that cannot be used",
    cause: `It was read, but ${parsed.problems.length === 1 ? "one setting is" : `${parsed.problems.length} settings are`} wrong.`,
    action: actions["wrong-fields"],
    fields: parsed.problems,
    repaired: withDefaultsForProblems(input),
  };
  return { kind: "unusable", link };
}

const notJson: UnusableLink = {
  title: "This file is no experiment",
  cause: "It is not JSON.",
  action: "Choose a file that was saved here as experiment.json.",
  fields: [],
};

/** The ready-made experiment that an address names by `?preset=…`, for pages and scripts that link to one. */
export const presetInAddress = (address: string): string | undefined =>
  new URL(address).searchParams.get("preset") ?? undefined;

/** Without the experiment: neither its fragment nor the name of a preset. */
function bareAddress(address: string): string {
  const page = address.replace(/#.*$/s, "");
  if (presetInAddress(page) === undefined) return page;
  const url = new URL(page);
  url.searchParams.delete("preset");
  return url.href;
}

/** The address of the page with the experiment in its fragment. */
export function experimentLink(experiment: Experiment, address: string): string {
  return bareAddress(address) + encodeExperiment(experiment);
}

/** As {@link experimentLink}, but bare while nothing differs from the default. */
export function addressOf(experiment: Experiment, address: string): string {
  const usual = encodeExperiment(defaultExperiment());
  const link = experimentLink(experiment, address);
  return link.endsWith(usual) ? bareAddress(address) : link;
}
