import { methods } from "../../src/protocol/methods/methods";
import { type Candidate, measureOf, searchSeeds } from "./grid";
import type { SearchRecord } from "./records";

/** The tables of docs/search.md. */

const percent = (share: number | undefined) => (share === undefined ? "–" : (100 * share).toFixed(1));

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** One row for each candidate, with the seeds that have run, best first; those that have not run come last. */
export function tableOf(candidates: readonly Candidate[], records: readonly SearchRecord[]): string[] {
  const rows = candidates.map(({ method, change, experiment }) => {
    const measure = measureOf(method);
    const own = records.filter((record) => record.method === method && record.change === change);
    const values = own.flatMap(({ validation }) => validation[measure] ?? []);
    const steps = experiment.arms[0]?.steps ?? 0;
    const seeds = own.map(({ seed, validation }) => `${seed}: ${percent(validation[measure])}`);
    const linear = own.flatMap(({ validation }) => validation.probeTop1 ?? []);
    const floor = own.flatMap(({ floors }) => floors.calibrated);
    const seconds = own.map((record) => record.seconds);
    return {
      value: values.length > 0 ? mean(values) : Number.NEGATIVE_INFINITY,
      cells: [
        methods[method].name,
        change,
        steps,
        ...(values.length > 0
          ? [
              percent(mean(values)),
              percent(linear.length > 0 ? mean(linear) : undefined),
              percent(mean(floor)),
              seeds.join(", "),
              Math.round(mean(seconds)),
            ]
          : ["not run", "", "", "", ""]),
      ],
    };
  });
  rows.sort((one, other) => other.value - one.value);
  return rows.map(({ cells }) => `| ${cells.join(" | ")} |`);
}

export const tableHead = [
  "| method | change | steps | mean | linear | untrained | by seed | seconds |",
  "|---|---|---|---|---|---|---|---|",
];

/** What of a search has run, in one sentence. */
export function progressOf(candidates: readonly Candidate[], records: readonly SearchRecord[]): string {
  const all = candidates.length * searchSeeds.length;
  return `${records.length} of ${all} runs have been made (${candidates.length} candidates, seeds ${searchSeeds.join(", ")}).`;
}
