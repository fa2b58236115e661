import * as v from "valibot";
import {
  defaultArm,
  defaultDataset,
  defaultExperiment,
  type Experiment,
  experimentSchema,
  schemeMethods,
} from "./experiment";
import { type FieldPath, valueAt } from "./field-path";

/** One field of an experiment that cannot be used as it was given. */
export interface FieldProblem {
  readonly path: FieldPath;
  /** The path for people: "arms.0.optimiser.momentum". Empty for the experiment itself. */
  readonly field: string;
  /** What was found there, in a few words. */
  readonly given: string;
  /** What may stand there. */
  readonly allowed: string;
  /** Absent where the field is unknown or has none. */
  readonly default?: unknown;
}

export type ParsedExperiment =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

const LONGEST = 60;

function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Never walks into what it was given: that may be deep, cyclic or huge. */
function describe(given: unknown): string {
  if (given === undefined) return "nothing";
  if (typeof given === "string") return JSON.stringify(shorten(given));
  if (Array.isArray(given)) {
    const plain = given.length <= 10 && given.every((item) => typeof item !== "object");
    return plain ? shorten(`[${given.map(describe).join(", ")}]`) : `a list of ${given.length}`;
  }
  if (typeof given === "object" && given !== null) return "an object";
  return typeof given === "function" ? "a function" : shorten(String(given));
}

/** The default depends on which scheme and which source the input has chosen. */
function defaultAt(input: unknown, path: FieldPath): unknown {
  const [head, index, ...rest] = path;
  if (head === "arms" && index !== undefined) {
    const given = valueAt(input, ["arms", index, "scheme", "method"]);
    return valueAt(defaultArm(schemeMethods.find((method) => method === given) ?? "byol"), rest);
  }
  if (head === "dataset" && index !== undefined) {
    const files = valueAt(input, ["dataset", "source"]) === "files";
    return valueAt(defaultDataset(files ? "files" : "shapes"), path.slice(1));
  }
  return valueAt(defaultExperiment(), path);
}

/** A list other than the arms is one field: the problem is the list's, not its item's. */
function fieldPath(issue: v.BaseIssue<unknown>): (string | number)[] {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)));
  const item = path.findIndex((key, at) => typeof key === "number" && path[at - 1] !== "arms");
  return item < 0 ? path : path.slice(0, item);
}

function toProblem(input: unknown, issue: v.BaseIssue<unknown>): FieldProblem {
  const path = fieldPath(issue);
  const fallback = defaultAt(input, path);
  return {
    path,
    field: shorten(path.join(".")),
    given: describe(valueAt(input, path)),
    allowed: issue.message,
    ...(fallback === undefined ? {} : { default: fallback }),
  };
}

/**
 * Where a list stands in place of an object of settings. To the schema a list is an object too, and an empty one
 * would pass for "everything at its default".
 */
function misplacedLists(input: unknown, output: unknown, path: (string | number)[] = []): FieldProblem[] {
  if (typeof output !== "object" || output === null || typeof input !== "object" || input === null) return [];
  if (Array.isArray(input) && !Array.isArray(output)) {
    const problem = { path, field: path.join("."), given: describe(input), allowed: "an object" };
    return [{ ...problem, default: defaultAt({}, path) }];
  }
  const keys = Array.isArray(output) ? [...output.keys()] : Object.keys(output);
  return keys.flatMap((key) => misplacedLists(valueAt(input, [key]), valueAt(output, [key]), [...path, key]));
}

/**
 * Checks anything at all against the schema of experiments; missing fields take their defaults. Never throws, and
 * names every field that is wrong, of unknown keys the first in each object.
 */
export function parseExperiment(input: unknown): ParsedExperiment {
  try {
    const result = v.safeParse(experimentSchema, input);
    if (result.success) {
      const lists = misplacedLists(input, result.output);
      return lists.length > 0 ? { ok: false, problems: lists } : { ok: true, experiment: result.output };
    }
    const problems = new Map<string, FieldProblem>();
    for (const issue of result.issues) {
      const problem = toProblem(input, issue);
      const key = JSON.stringify(problem.path);
      if (!problems.has(key)) problems.set(key, problem);
    }
    return { ok: false, problems: [...problems.values()] };
  } catch {
    // An object whose properties throw when they are read.
    return {
      ok: false,
      problems: [{ path: [], field: "", given: "an object that cannot be read", allowed: "plain data" }],
    };
  }
}

/** A copy of plain data in which the field is gone; an arm is emptied rather than removed. */
function without(value: unknown, path: FieldPath): unknown {
  const [key, ...rest] = path;
  if (key === undefined || typeof value !== "object" || value === null) return {};
  if (Array.isArray(value)) return value.map((item, at) => (at === key ? without(item, rest) : item));
  const entries = Object.entries(value);
  return Object.fromEntries(
    rest.length === 0
      ? entries.filter(([name]) => name !== key)
      : entries.map(([name, item]) => [name, name === key ? without(item, rest) : item]),
  );
}

/** More rounds than any sane input has problems behind problems. */
const ROUNDS = 100;

/**
 * The experiment with every problematic field at its default and every unknown key dropped, for the visitor who
 * chose to open it so. Where even that does not help, the default experiment.
 */
export function withDefaultsForProblems(input: unknown): Experiment {
  let candidate = input;
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = parseExperiment(candidate);
    if (parsed.ok) return parsed.experiment;
    candidate = parsed.problems.reduce((value, { path }) => without(value, path), candidate);
  }
  return defaultExperiment();
}

/** Whether two experiments have the same settings, in whatever order these stand: one that was kept is read in another. */
export function isSameExperiment(a: Experiment, b: Experiment): boolean {
  return JSON.stringify(parseExperiment(a)) === JSON.stringify(parseExperiment(b));
}
