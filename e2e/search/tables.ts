import { methods } from "../../src/protocol/methods/methods";
import type { SchemeMethod } from "../../src/protocol/schemes";
import { budgets, type Candidate, measureOf, searchedMethods, searchSeeds } from "./grid";
import type { SearchRecord } from "./records";

/** The tables of docs/search.md. */

const percent = (share: number | undefined) => (share === undefined ? "–" : (100 * share).toFixed(1));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One row for each candidate that has run, best first. */
export function tableOf(candidates: readonly Candidate[], records: readonly SearchRecord[]): string[] {
  const rows = candidates.flatMap(({ method, change, experiment }) => {
    const measure = measureOf(method);
    const own = records.filter((record) => record.method === method && record.change === change);
    const values = own.flatMap(({ validation }) => validation[measure] ?? []);
    if (values.length === 0) return [];
    const linear = own.flatMap(({ validation }) => validation.probeTop1 ?? []);
    const cells = [
      methods[method].name,
      change,
      experiment.arms[0]?.steps,
      percent(mean(values)),
      percent(linear.length > 0 ? mean(linear) : undefined),
      percent(mean(own.map(({ floors }) => floors.calibrated))),
      percent(mean(own.map(({ floors }) => floors.pixels))),
      own.map(({ seed, validation }) => `${seed}: ${percent(validation[measure])}`).join(", "),
      Math.round(mean(own.map(({ seconds }) => seconds))),
    ];
    return [{ value: mean(values), cells }];
  });
  rows.sort((one, other) => other.value - one.value);
  return rows.map(({ cells }) => `| ${cells.join(" | ")} |`);
}

/** The base and the best changes of a method, the latter best first, by the first seed, which every candidate has. */
export function bestOf(
  method: SchemeMethod,
  records: readonly SearchRecord[],
  count: number,
): readonly string[] {
  const measure = measureOf(method);
  const own = records.filter((record) => record.method === method && record.seed === searchSeeds[0]);
  const ranked = own
    .filter(({ change }) => change !== "base")
    .toSorted((one, other) => (other.validation[measure] ?? 0) - (one.validation[measure] ?? 0));
  return ["base", ...ranked.slice(0, count).map(({ change }) => change)];
}

export const tableHead = [
  "| method | change | steps | mean | linear | untrained | pixels | by seed | seconds |",
  "|---|---|---|---|---|---|---|---|---|",
];

/** How far a base that learns without labels is expected to get: at the smallest budget above its untrained encoder, otherwise above pixels. */
const expectations = {
  calibrated: { least: 0.15, words: "15 points above its untrained encoder" },
  pixels: { least: 0.05, words: "5 points above nearest neighbors on pixels" },
} as const;

/** Which bases got as far as expected, in one paragraph; nothing if no such base has run. */
export function reachedOf(records: readonly SearchRecord[], tflops: number): string[] {
  const floor = tflops === budgets[0] ? "calibrated" : "pixels";
  const { least, words } = expectations[floor];
  const gains = searchedMethods.flatMap((method) => {
    const own = records.filter((record) => record.method === method && record.change === "base");
    if (methods[method].needsLabels || own.length === 0) return [];
    return [
      { method, gain: mean(own.map(({ validation, floors }) => (validation.knnTop1 ?? 0) - floors[floor])) },
    ];
  });
  if (gains.length === 0) return [];
  const named = (some: typeof gains) =>
    some.map(({ method, gain }) => `${methods[method].name} (${signed(gain)})`).join(", ") || "none";
  const reached = named(gains.filter(({ gain }) => gain >= least));
  const missed = named(gains.filter(({ gain }) => gain < least));
  return [`Without labels, a base is expected to end ${words}. Reached: ${reached}. Not reached: ${missed}.`];
}

const signed = (share: number) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)}`;

/** What of a search has run, in one sentence. */
export function progressOf(
  candidates: readonly Candidate[],
  records: readonly SearchRecord[],
  seeds: readonly number[] = searchSeeds,
): string {
  const all = candidates.length * seeds.length;
  return `${records.length} of ${all} runs have been made (${candidates.length} candidates, seeds ${seeds.join(", ")}).`;
}
