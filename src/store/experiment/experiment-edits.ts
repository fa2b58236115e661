import * as v from "valibot";
import {
  type Arm,
  type DatasetSettings,
  defaultArm,
  defaultDataset,
  type Experiment,
  type SchemeMethod,
} from "../../protocol/experiment";
import { type FieldPath, valueAt } from "../../protocol/field-path";
import { methods } from "../../protocol/methods/methods";
import { type FieldProblem, parseExperiment } from "../../protocol/problems";
import { schemeSchema } from "../../protocol/schemes";
import { suggestedGroups, suggestedQueue } from "../../protocol/suggestions";

export type Edited =
  | { readonly ok: true; readonly experiment: Experiment }
  | { readonly ok: false; readonly problem: FieldProblem };

type Container = Readonly<Record<string | number, unknown>>;

/** @param value undefined removes the setting */
function replaceAt(root: unknown, [key, ...rest]: FieldPath, value: unknown): unknown {
  if (key === undefined) return value;
  const container = (root ?? {}) as Container;
  const replaced = replaceAt(container[key], rest, value);
  if (Array.isArray(root)) return root.map((item, at) => (at === key ? replaced : item));
  if (replaced === undefined) {
    const { [key]: _, ...others } = container;
    return others;
  }
  return { ...container, [key]: replaced };
}

/** Other settings produce other images from the same files, so the hash no longer applies. */
function withoutStaleHash(edited: unknown, [section, field]: FieldPath): unknown {
  const stale = section === "dataset" && field !== undefined && field !== "hash" && field !== "name";
  const dataset = valueAt(edited, ["dataset"]);
  if (!stale || typeof dataset !== "object" || dataset === null || !("hash" in dataset)) return edited;
  const { hash: _, ...rest } = dataset;
  return replaceAt(edited, ["dataset"], rest);
}

/** The experiment with one setting changed, or why that is not possible. The experiment itself is never invalid. */
export function edit(experiment: Experiment, path: FieldPath, value: unknown): Edited {
  const parsed = parseExperiment(withoutStaleHash(replaceAt(experiment, path, value), path));
  if (parsed.ok) return { ok: true, experiment: parsed.experiment };
  const field = path.join(".");
  const problem = parsed.problems.find((found) => found.field.startsWith(field)) ?? parsed.problems[0];
  if (!problem) throw new Error("An experiment that cannot be used has no problem.");
  return { ok: false, problem };
}

/** An experiment with the palette's place of each arm: arms keep their colors when others are removed. */
export interface ColoredExperiment {
  readonly experiment: Experiment;
  /** From 0 to MAX_ARMS − 1, each at most once. */
  readonly armSlots: readonly number[];
}

/** The experiment with other arms, or why that is not possible: too many, or one conflicts with the rest. */
export type EditedArms =
  | ({ readonly ok: true } & ColoredExperiment)
  | { readonly ok: false; readonly problem: FieldProblem };

export function withFreshSlots(experiment: Experiment): ColoredExperiment {
  return { experiment, armSlots: experiment.arms.map((_, index) => index) };
}

function freeSlot(slots: readonly number[]): number {
  let slot = 0;
  while (slots.includes(slot)) slot++;
  return slot;
}

function freeName(wanted: string, arms: readonly Arm[]): string {
  const names = new Set(arms.map(({ name }) => name));
  let name = wanted;
  for (let count = 2; names.has(name); count++) name = `${wanted.slice(0, 50)} (${count})`;
  return name;
}

function insertArm({ experiment, armSlots }: ColoredExperiment, at: number, arm: Arm): EditedArms {
  const named = { ...arm, name: freeName(arm.name, experiment.arms) };
  const edited = edit(experiment, ["arms"], experiment.arms.toSpliced(at, 0, named));
  if (!edited.ok) return edited;
  return { ...edited, armSlots: armSlots.toSpliced(at, 0, freeSlot(armSlots)) };
}

/**
 * Appends an arm with the networks of the last one and, where both schemes need the same rates, its optimizer, so that
 * only the scheme differs.
 */
export function addArm(state: ColoredExperiment, method: SchemeMethod): EditedArms {
  const { arms } = state.experiment;
  const last = arms.at(-1) ?? defaultArm(method);
  const scheme = suggestedScheme(method, state.experiment);
  const arm = { ...last, ...ratesFor(last, method), scheme, name: methods[method].name };
  return insertArm(state, arms.length, arm);
}

const wantSameRates = (one: SchemeMethod, other: SchemeMethod): boolean =>
  methods[one].rates === methods[other].rates;

/** The changes to an arm's optimizer that another scheme needs: none among schemes of one kind. */
function ratesFor({ scheme }: Arm, method: SchemeMethod): Partial<Arm> {
  if (wantSameRates(scheme.method, method)) return {};
  const { optimiser, schedule, warmup } = defaultArm(method);
  const { optimiser: rates, ...others } = methods[method].rates;
  return { schedule, warmup, ...definedOf(others), optimiser: { ...optimiser, ...definedOf(rates ?? {}) } };
}

/** Without properties whose value is undefined. */
function definedOf<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function suggestedScheme(method: SchemeMethod, experiment: Experiment): Arm["scheme"] {
  const { scheme } = defaultArm(method);
  return {
    ...scheme,
    ...suggestedGroups(method, experiment.batchSize),
    ...suggestedQueue(scheme, experiment),
  } as Arm["scheme"];
}

/** Inserted right after the arm it copies. */
export function duplicateArm(state: ColoredExperiment, index: number): EditedArms {
  const arm = state.experiment.arms[index];
  return arm ? insertArm(state, index + 1, arm) : { ok: true, ...state };
}

/** An experiment keeps at least one arm. */
export function removeArm({ experiment, armSlots }: ColoredExperiment, index: number): ColoredExperiment {
  if (experiment.arms.length <= 1) return { experiment, armSlots };
  return {
    experiment: { ...experiment, arms: experiment.arms.toSpliced(index, 1) },
    armSlots: armSlots.toSpliced(index, 1),
  };
}

/** Moves an arm to another place in the list, with its color. Places outside the list change nothing. */
export function moveArm(
  { experiment, armSlots }: ColoredExperiment,
  from: number,
  to: number,
): ColoredExperiment {
  const moved = <T>(list: readonly T[]): T[] => {
    const item = list[from];
    if (item === undefined || to < 0 || to >= list.length) return [...list];
    return list.toSpliced(from, 1).toSpliced(to, 0, item);
  };
  return { experiment: { ...experiment, arms: moved(experiment.arms) }, armSlots: moved(armSlots) };
}

/**
 * Changes the method, keeping the settings that similar schemes have from one source (target views, heads) and a name that the
 * visitor gave.
 */
export function changeMethod(experiment: Experiment, index: number, method: SchemeMethod): Edited {
  const arm = experiment.arms[index];
  if (!arm || arm.scheme.method === method) return { ok: true, experiment };
  const fresh = suggestedScheme(method, experiment);
  // One name can stand for different things: α weighs the teacher in SHAKE, and the target class in DKD.
  const [knobs, knobsBefore] = [method, arm.scheme.method].map(
    (one): Readonly<Record<string, unknown>> => methods[one].knobs,
  );
  const isKept = ([key, value]: readonly [string, unknown]) =>
    knobs?.[key] !== undefined &&
    knobs[key] === knobsBefore?.[key] &&
    v.is(schemeSchema, { ...fresh, [key]: value });
  const sameKind = wantSameRates(arm.scheme.method, method);
  const common = sameKind ? Object.entries(arm.scheme).filter(([key]) => key !== "method") : [];
  const kept = { ...fresh, ...Object.fromEntries(common.filter(isKept)) };
  const others = experiment.arms.filter((_, at) => at !== index);
  const unnamed = arm.name.startsWith(methods[arm.scheme.method].name);
  const name = unnamed ? freeName(methods[method].name, others) : arm.name;
  const withScheme = (scheme: unknown) =>
    edit(experiment, ["arms", index], { ...arm, ...ratesFor(arm, method), name, scheme });
  const edited = withScheme(kept);
  return edited.ok ? edited : withScheme(fresh);
}

/** Changes the source of images, keeping resolution and seed. */
export function changeSource(experiment: Experiment, source: DatasetSettings["source"]): Experiment {
  const { dataset } = experiment;
  if (dataset.source === source) return experiment;
  const { resolution, seed } = dataset;
  const edited = edit(experiment, ["dataset"], { ...defaultDataset(source), resolution, seed });
  return edited.ok ? edited.experiment : experiment;
}
