import { defaultArm, defaultDataset, type Experiment, unnamedExperiment } from "../experiment";
import { type FieldProblem, parseExperiment } from "../problems";
import { MAX_JSON_BYTES, packJson, unpackJson } from "./packed-json";

/** Version of the link format; its defaults are those of `experiment.ts`. */
const VERSION = "1";

/** Maximum length of a fragment in characters, and of its unpacked JSON in bytes. */
export const linkLimits = { characters: 64 * 1024, jsonBytes: MAX_JSON_BYTES } as const;

/** Why a link's fragment contains no experiment. `message` is one sentence for the visitor. */
export type LinkProblem = { readonly message: string } & (
  | { readonly kind: "too-long"; readonly limit: number }
  | { readonly kind: "unknown-part"; readonly part: string }
  | { readonly kind: "unknown-version"; readonly version: string }
  | { readonly kind: "truncated" }
  | { readonly kind: "damaged" }
  /** `input` is the link's content, for `withDefaultsForProblems`. */
  | { readonly kind: "wrong-fields"; readonly problems: readonly FieldProblem[]; readonly input: unknown }
);

export type DecodedFragment =
  | { readonly kind: "none" }
  | { readonly kind: "experiment"; readonly experiment: Experiment }
  | { readonly kind: "problem"; readonly problem: LinkProblem };

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The properties of `value` that differ from `base`, always including the key `always`, which determines the meaning of
 * the others.
 */
function difference(value: Json, base: Json, always?: string): Json {
  const changes: Json = {};
  for (const [key, given] of Object.entries(value)) {
    const usual = base[key];
    if (JSON.stringify(given) === JSON.stringify(usual)) continue;
    changes[key] = isObject(given) && isObject(usual) ? difference(given, usual) : given;
  }
  return always === undefined ? changes : { [always]: value[always], ...changes };
}

/** The experiment as plain data, without values equal to their defaults. `parseExperiment` restores them. */
export function compactExperiment(experiment: Experiment): Json {
  const { dataset, arms } = experiment;
  const changes = difference(experiment, unnamedExperiment());
  if (changes["dataset"] !== undefined) {
    changes["dataset"] = difference(dataset, defaultDataset(dataset.source), "source");
  }
  if (changes["arms"] !== undefined) {
    changes["arms"] = arms.map((arm) => {
      const base = defaultArm(arm.scheme.method);
      const scheme = difference(arm.scheme, base.scheme, "method");
      return { ...difference(arm, base), scheme };
    });
  }
  return changes;
}

/** `#e=1.<base64url(deflate-raw(JSON))>`, with only the values that differ from the defaults. */
export function encodeExperiment(experiment: Experiment): string {
  return `#e=${VERSION}.${packJson(compactExperiment(experiment))}`;
}

const problem = (problem: LinkProblem): DecodedFragment => ({ kind: "problem", problem });

const tooLong = (limit: number) =>
  problem({ kind: "too-long", limit, message: "This link is too long to be an experiment." });
const truncated = () =>
  problem({ kind: "truncated", message: "This link is cut off: its end is missing. Copy it again in full." });
const damaged = () =>
  problem({ kind: "damaged", message: "This link is damaged: some of its characters have changed." });

function decodePayload(payload: string): DecodedFragment {
  const unpacked = unpackJson(payload);
  if (unpacked.kind === "truncated") return truncated();
  if (unpacked.kind === "damaged") return damaged();
  if (unpacked.kind === "too-long") return tooLong(unpacked.limit);
  const input = unpacked.value;
  const parsed = parseExperiment(input);
  if (parsed.ok) return { kind: "experiment", experiment: parsed.experiment };
  const fields = parsed.problems.map(({ field }) => field || "the experiment").join(", ");
  return problem({
    kind: "wrong-fields",
    problems: parsed.problems,
    input,
    message: `This link has settings that cannot be used: ${fields}.`,
  });
}

/** Recorded curves, and the experiment in which they were measured where it differs: each has its own reader. */
const otherParts = ["r", "o"];

/**
 * Reads the fragment of the page's address, with or without "#". Never throws. "none" if it is empty. Known parts other
 * than the experiment are ignored.
 */
export function decodeFragment(fragment: string): DecodedFragment {
  if (fragment.length > linkLimits.characters) return tooLong(linkLimits.characters);
  const parts = fragment.replace(/^#/, "").split("&").filter(Boolean);
  const unknown = parts
    .map((part) => part.split("=", 1)[0] ?? "")
    .find((name) => name !== "e" && !otherParts.includes(name));
  if (unknown !== undefined) {
    const part = unknown.slice(0, 20);
    return problem({ kind: "unknown-part", part, message: `This link has an unknown part "${part}".` });
  }
  const encoded = parts.find((part) => part.startsWith("e="))?.slice(2);
  if (encoded === undefined) return parts.length === 0 ? { kind: "none" } : truncated();
  const dot = encoded.indexOf(".");
  const version = dot < 0 ? encoded : encoded.slice(0, dot);
  if (version !== VERSION && version !== "") {
    const shown = version.slice(0, 20);
    return problem({
      kind: "unknown-version",
      version: shown,
      message: `This link has version "${shown}"; this page reads version ${VERSION}.`,
    });
  }
  return dot < 0 || version === "" ? truncated() : decodePayload(encoded.slice(dot + 1));
}

/** Identifies a training: its experiment in link form, without notes. */
export const trainedExperiment = (experiment: Experiment): string =>
  encodeExperiment({ ...experiment, notes: "" });
