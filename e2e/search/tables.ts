import { methods } from "../../src/protocol/methods/methods";
import type { SchemeMethod } from "../../src/protocol/schemes";
import { type Candidate, measureOf, searchSeeds } from "./grid";
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

/** What of a search has run, in one sentence. */
export function progressOf(
  candidates: readonly Candidate[],
  records: readonly SearchRecord[],
  seeds: readonly number[] = searchSeeds,
): string {
  const all = candidates.length * seeds.length;
  return `${records.length} of ${all} runs have been made (${candidates.length} candidates, seeds ${seeds.join(", ")}).`;
}
