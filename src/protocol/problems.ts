import * as v from "valibot";
import { datasetSources } from "./dataset";
import {
  defaultArm,
  defaultDataset,
  type Experiment,
  experimentSchema,
  schemeMethods,
  unnamedExperiment,
} from "./experiment";
import { type FieldPath, valueAt } from "./field-path";

/** An invalid field of an experiment. */
export interface FieldProblem {
  readonly path: FieldPath;
  /** The path as text: "arms.0.optimiser.momentum". Empty for the experiment itself. */
  readonly field: string;
  /** The given value, in a few words. */
  readonly given: string;
  /** The allowed values. */
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

/** Never walks into the value: it may be deep, cyclic or huge. */
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

/** The default depends on the scheme and the source in the input. */
function defaultAt(input: unknown, path: FieldPath): unknown {
  const [head, index, ...rest] = path;
  if (head === "arms" && index !== undefined) {
    const given = valueAt(input, ["arms", index, "scheme", "method"]);
    return valueAt(defaultArm(schemeMethods.find((method) => method === given) ?? "byol"), rest);
  }
  if (head === "dataset" && index !== undefined) {
    const given = valueAt(input, ["dataset", "source"]);
    const source = datasetSources.find((one) => one === given) ?? "shapes";
    return valueAt(defaultDataset(source), path.slice(1));
  }
  return valueAt(unnamedExperiment(), path);
}

/** A list other than the arms is one field: the problem belongs to the list, not to its item. */
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
 * Finds lists in place of objects of settings. To the schema a list is an object too, and an empty one would pass for
 * "everything at its default".
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
 * Checks any value against the schema of experiments; missing fields take their defaults. Never throws, and names every
 * invalid field; of unknown keys, the first in each object.
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
    // An object whose properties throw when read.
    return {
      ok: false,
      problems: [{ path: [], field: "", given: "an object that cannot be read", allowed: "plain data" }],
    };
  }
}

/** A copy of plain data without the field; an arm is emptied rather than removed. */
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

/** More rounds than fixing one problem after the other can take for any realistic input. */
const ROUNDS = 100;

/**
 * The experiment with every invalid field at its default and every unknown key dropped, for visitors who choose to open
 * it that way. If that does not help, the experiment that names no setting.
 */
export function withDefaultsForProblems(input: unknown): Experiment {
  let candidate = input;
  for (let round = 0; round < ROUNDS; round++) {
    const parsed = parseExperiment(candidate);
    if (parsed.ok) return parsed.experiment;
    candidate = parsed.problems.reduce((value, { path }) => without(value, path), candidate);
  }
  return unnamedExperiment();
}

/**
 * Whether two experiments have the same settings, whatever their order: a stored experiment is read back in the
 * schema's order.
 */
export function isSameExperiment(a: Experiment, b: Experiment): boolean {
  return JSON.stringify(parseExperiment(a)) === JSON.stringify(parseExperiment(b));
}
