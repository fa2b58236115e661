import { decodeFragment, encodeExperiment, type LinkProblem, trainedExperiment } from "../protocol/codec";
import { defaultExperiment, type Experiment } from "../protocol/experiment";
import { type FieldProblem, parseExperiment, withDefaultsForProblems } from "../protocol/problems";
import {
  decodeRecording,
  encodeRecording,
  type Recording,
  type UnreadableCurves,
} from "../protocol/recording";
import { texts } from "../texts/texts";

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
  | {
      readonly kind: "experiment";
      readonly experiment: Experiment;
      readonly recording?: Recording;
      /** What the curves were measured in, where it is another experiment. */
      readonly recordedIn?: Experiment;
    }
  | { readonly kind: "unusable"; readonly link: UnusableLink };

function explain(problem: LinkProblem): UnusableLink {
  const { titles, actions, cause } = texts().links;
  const told = { title: titles[problem.kind], cause: cause(problem), action: actions[problem.kind] };
  if (problem.kind !== "wrong-fields") return { ...told, fields: [] };
  return { ...told, fields: problem.problems, repaired: withDefaultsForProblems(problem.input) };
}

/** What the fragment of an address asks for, with or without "#". Never throws. */
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

/** With the recorded curves behind the experiment that they were measured in. */
export function recordedLink(experiment: Experiment, recording: Recording, address: string): string {
  return `${experimentLink(experiment, address)}&${encodeRecording(recording)}`;
}

/** Curves, and the experiment that they were measured in. */
interface Recorded {
  readonly experiment: Experiment;
  readonly recording: Recording;
}

/** An experiment beside curves that may have been measured in another one. */
function linkBeside(experiment: Experiment, recorded: Recorded, address: string): string {
  const link = recordedLink(experiment, recorded.recording, address);
  const isSame = trainedExperiment(experiment) === trainedExperiment(recorded.experiment);
  return isSame ? link : `${link}&o=${encodeExperiment(recorded.experiment).slice("#e=".length)}`;
}

/** Longest part of a link that holds curves: mail programs and messengers cut longer ones. */
const RECORDING_CHARACTERS = 6_000;
export const recordingFits = (recording: Recording): boolean =>
  encodeRecording(recording).length <= RECORDING_CHARACTERS;

/** What a file says, as `experiment.json` or `recorded.json` has it. Never throws. */
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

/** A file of an experiment and its curves, many more of them than a link can hold; it is opened as one. */
export const recordedFile = (experiment: Experiment, recording: Recording): string =>
  JSON.stringify({ format: RECORDED_FORMAT, experiment, recording: encodeRecording(recording) }, null, 1);

/** Undefined for any other file. */
function recordedFileOf(input: unknown): { experiment: unknown; recording: string } | undefined {
  if (typeof input !== "object" || input === null) return undefined;
  const { format, experiment, recording } = input as Readonly<Record<string, unknown>>;
  return format === RECORDED_FORMAT && typeof recording === "string" ? { experiment, recording } : undefined;
}

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

/** As {@link experimentLink}, but bare while nothing differs from the default. Recorded curves stay in it. */
export function addressOf(experiment: Experiment, address: string, recorded?: Recorded): string {
  if (recorded) return linkBeside(experiment, recorded, address);
  const usual = encodeExperiment(defaultExperiment());
  const link = experimentLink(experiment, address);
  return link.endsWith(usual) ? bareAddress(address) : link;
}

/** How this visitor has the page shown and computed is nobody else's concern. */
const ownParameters = ["embed", "backend"] as const;

/** The address of the page as others are to open it. */
export function addressForOthers(address: string): string {
  const url = new URL(address);
  if (ownParameters.every((name) => !url.searchParams.has(name))) return address;
  for (const name of ownParameters) url.searchParams.delete(name);
  return url.href;
}

/** HTML that shows what a link shows in a page of somebody else's, without what would change it. */
export function embeddingCode(link: string, title: string): string {
  const url = new URL(link);
  url.searchParams.set("embed", "");
  const quoted = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${quoted(url.href)}" title="${quoted(title)}" width="100%" height="900" loading="lazy" allow="cross-origin-isolated" style="border: 0"></iframe>`;
}
