import type { Experiment } from "../protocol/experiment";
import {
  decodeFragment,
  encodeExperiment,
  type LinkProblem,
  trainedExperiment,
} from "../protocol/links/codec";
import {
  decodeRecording,
  encodeRecording,
  type Recording,
  type UnreadableCurves,
} from "../protocol/links/recording";
import { openingExperiment } from "../protocol/presets";
import { type FieldProblem, parseExperiment, withDefaultsForProblems } from "../protocol/problems";
import { texts } from "../texts/texts";

/** A link without a usable experiment, and the visitor's options. */
export interface UnusableLink {
  readonly title: string;
  readonly cause: string;
  readonly action: string;
  readonly fields: readonly FieldProblem[];
  /** The rest of the link, with the invalid fields at their defaults. Absent where nothing can be read. */
  readonly repaired?: Experiment;
}

export type OpenedLink =
  | { readonly kind: "none" }
  | {
      readonly kind: "experiment";
      readonly experiment: Experiment;
      readonly recording?: Recording;
      /** The experiment in which the curves were measured, where it differs. */
      readonly recordedIn?: Experiment;
    }
  | { readonly kind: "unusable"; readonly link: UnusableLink };

function explain(problem: LinkProblem): UnusableLink {
  const { titles, actions, cause } = texts().links;
  const explained = { title: titles[problem.kind], cause: cause(problem), action: actions[problem.kind] };
  if (problem.kind !== "wrong-fields") return { ...explained, fields: [] };
  return { ...explained, fields: problem.problems, repaired: withDefaultsForProblems(problem.input) };
}

/** The content of an address's fragment, with or without "#". Never throws. */
export function openLink(fragment: string): OpenedLink {
  const decoded = decodeFragment(fragment);
  if (decoded.kind === "problem") return { kind: "unusable", link: explain(decoded.problem) };
  if (decoded.kind === "none") return decoded;
  const recorded = decodeRecording(fragment);
  if (recorded.kind === "none") return decoded;
  if (recorded.kind === "problem") return unreadableCurves(recorded.why, decoded.experiment);
  const original = /(?:^#?|&)o=([^&]*)/.exec(fragment)?.[1];
  if (original === undefined) return { ...decoded, recording: recorded.recording };
  const recordedIn = decodeFragment(`e=${original}`);
  if (recordedIn.kind !== "experiment") return unreadableCurves("damaged", decoded.experiment);
  return { ...decoded, recording: recorded.recording, recordedIn: recordedIn.experiment };
}

function unreadableCurves(why: UnreadableCurves, repaired: Experiment): OpenedLink {
  const { title, causes, action } = texts().links.unreadableCurves;
  return { kind: "unusable", link: { title, cause: causes[why], action, fields: [], repaired } };
}

/** Appends the recorded curves, with the experiment in which they were measured where it differs. */
export function recordedLink(experiment: Experiment, recording: Recording, address: string): string {
  return `${experimentLink(experiment, address)}&${encodeRecording(recording)}`;
}

/** Curves, the experiment in which they were measured, and the id where they came with the page. */
export interface Recorded {
  readonly experiment: Experiment;
  readonly recording: Recording;
  readonly record?: string;
}

/** An experiment, with curves that may have been measured in another one. */
function linkBeside(experiment: Experiment, recorded: Recorded, address: string): string {
  const link = recordedLink(experiment, recorded.recording, address);
  const isSame = trainedExperiment(experiment) === trainedExperiment(recorded.experiment);
  return isSame ? link : `${link}&o=${encodeExperiment(recorded.experiment).slice("#e=".length)}`;
}

/** Maximum length of the part that holds curves: mail programs and messengers truncate longer links. */
const RECORDING_CHARACTERS = 6_000;
export const recordingFits = (recording: Recording): boolean =>
  encodeRecording(recording).length <= RECORDING_CHARACTERS;

/** The content of a file in the format of `experiment.json` or `recorded.json`. Never throws. */
export function openExperimentFile(text: string): OpenedLink {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return { kind: "unusable", link: { ...texts().links.notJson, fields: [] } };
  }
  const held = recordedFileOf(input);
  const parsed = parseExperiment(held ? held.experiment : input);
  if (parsed.ok) {
    const { experiment } = parsed;
    if (!held) return { kind: "experiment", experiment };
    const decoded = decodeRecording(held.recording);
    if (decoded.kind === "recording") return { kind: "experiment", experiment, recording: decoded.recording };
    return unreadableCurves(decoded.kind === "problem" ? decoded.why : "damaged", experiment);
  }
  const words = texts().links;
  const link: UnusableLink = {
    title: words.wrongFile.title,
    cause: words.wrongFile.cause(parsed.problems.length),
    action: words.actions["wrong-fields"],
    fields: parsed.problems,
    repaired: withDefaultsForProblems(held ? held.experiment : input),
  };
  return { kind: "unusable", link };
}

const RECORDED_FORMAT = "retort-recorded";

/** A file of an experiment and its curves, with more points than a link can hold; it is opened like a link. */
export const recordedFile = (experiment: Experiment, recording: Recording): string =>
  JSON.stringify({ format: RECORDED_FORMAT, experiment, recording: encodeRecording(recording) }, null, 1);

/** Undefined for any other file. */
function recordedFileOf(input: unknown): { experiment: unknown; recording: string } | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const { format, experiment, recording } = input as Readonly<Record<string, unknown>>;
  return format === RECORDED_FORMAT && typeof recording === "string" ? { experiment, recording } : undefined;
}

/** The preset that an address names by `?preset=…`, for pages and scripts that link to one. */
export const presetInAddress = (address: string): string | undefined =>
  new URL(address).searchParams.get("preset") ?? undefined;

/** The recorded comparison that an address names by `?record=…`. */
export const recordInAddress = (address: string): string | undefined =>
  new URL(address).searchParams.get("record") ?? undefined;

/** Removes the experiment: its fragment, and the names of a preset and a record. */
function bareAddress(address: string): string {
  const page = address.replace(/#.*$/s, "");
  const url = new URL(page);
  const named = ["preset", "record"].filter((name) => url.searchParams.has(name));
  for (const name of named) url.searchParams.delete(name);
  return named.length > 0 ? url.href : page;
}

/** The page's address with a record's name, and with the experiment where it is another. */
function recordAddress(experiment: Experiment, recorded: Recorded, record: string, address: string): string {
  const url = new URL(bareAddress(address));
  url.searchParams.set("record", record);
  const isSame = trainedExperiment(experiment) === trainedExperiment(recorded.experiment);
  return url.href + (isSame ? "" : encodeExperiment(experiment));
}

/** The page's address with the experiment in its fragment. */
export function experimentLink(experiment: Experiment, address: string): string {
  return bareAddress(address) + encodeExperiment(experiment);
}

/**
 * As {@link experimentLink}, but without a fragment while nothing differs from what the page opens with. Recorded curves are kept.
 */
export function addressOf(experiment: Experiment, address: string, recorded?: Recorded): string {
  if (recorded?.record !== undefined) return recordAddress(experiment, recorded, recorded.record, address);
  if (recorded) return linkBeside(experiment, recorded, address);
  const usual = encodeExperiment(openingExperiment());
  const link = experimentLink(experiment, address);
  return link.endsWith(usual) ? bareAddress(address) : link;
}

/** Display and backend options of this visitor, which a shared link must not contain. */
const ownParameters = ["embed", "backend"] as const;

/** The page's address for sharing. */
export function addressForOthers(address: string): string {
  const url = new URL(address);
  if (ownParameters.every((name) => !url.searchParams.has(name))) return address;
  for (const name of ownParameters) url.searchParams.delete(name);
  return url.href;
}

function embedded(link: string): string {
  const url = new URL(link);
  url.searchParams.set("embed", "");
  return url.href;
}

/** HTML that embeds a link's experiment in another page, without controls. */
export function embeddingCode(link: string, title: string): string {
  const address = embedded(link);
  const quoted = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="900" loading="lazy" allow="cross-origin-isolated" style="border: 0"></iframe>`;
}

/** Python that shows it in a notebook. */
export function notebookCode(link: string): string {
  // Such an address has no characters that Python reads otherwise than JSON.
  return `from IPython.display import IFrame\n\nIFrame(${JSON.stringify(embedded(link))}, width="100%", height=900)\n`;
}
