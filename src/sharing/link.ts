import { decodeFragment, encodeExperiment, type LinkProblem } from "../protocol/codec";
import { defaultExperiment, type Experiment } from "../protocol/experiment";
import { type FieldProblem, parseExperiment, withDefaultsForProblems } from "../protocol/problems";
import { decodeRecording, encodeRecording, type Recording } from "../protocol/recording";
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
  | { readonly kind: "experiment"; readonly experiment: Experiment; readonly recording?: Recording }
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
  if (recorded.kind === "problem") {
    const { title, cause, action } = texts().links.unreadableCurves;
    const link = { title, cause: cause(recorded.message), action, fields: [], repaired: decoded.experiment };
    return { kind: "unusable", link };
  }
  return recorded.kind === "none" ? decoded : { ...decoded, recording: recorded.recording };
}

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
    return { kind: "unusable", link: { ...texts().links.notJson, fields: [] } };
  }
  const parsed = parseExperiment(input);
  if (parsed.ok) return { kind: "experiment", experiment: parsed.experiment };
  const words = texts().links;
  const link: UnusableLink = {
    title: words.wrongFile.title,
    cause: words.wrongFile.cause(parsed.problems.length),
    action: words.actions["wrong-fields"],
    fields: parsed.problems,
    repaired: withDefaultsForProblems(input),
  };
  return { kind: "unusable", link };
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

/** As {@link experimentLink}, but bare while nothing differs from the default. */
export function addressOf(experiment: Experiment, address: string): string {
  const usual = encodeExperiment(defaultExperiment());
  const link = experimentLink(experiment, address);
  return link.endsWith(usual) ? bareAddress(address) : link;
}
