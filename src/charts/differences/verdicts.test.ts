import { describe, expect, test } from "vitest";
import { studies } from "../../protocol/studies/studies";
import { experimentOf } from "../../protocol/valid-experiment.testing";
import { texts } from "../../texts/texts";
import { resultRow } from "../charts.testing";
import type { ResultRow, SeedSummary } from "../types";
import text from "./statistics-golden.json?raw";
import { twoSidedP, twoSidedQuantile } from "./student-t";
import { FEWEST_SEEDS, judge, SMALL, verdictsOf } from "./verdicts";

/** By scipy and statsmodels: `e2e/references/statistics.py`. */
const golden = JSON.parse(text) as {
  readonly distribution: readonly { readonly t: number; readonly degrees: number; readonly p: number }[];
  readonly quantiles: readonly { readonly p: number; readonly degrees: number; readonly t: number }[];
  readonly families: readonly {
    readonly samples: readonly (readonly number[])[];
    readonly intervals: readonly (readonly [number, number])[];
    readonly verdicts: readonly string[];
  }[];
};

function summaryOf(values: readonly number[]): SeedSummary {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, deviation: Math.sqrt(squares / (n - 1)) };
}

describe("as scipy and statsmodels say", () => {
  test("Student's t", () => {
    for (const { t, degrees, p } of golden.distribution) {
      expect(Math.abs(twoSidedP(t, degrees) - p) / Math.max(p, 1e-6), `${t} ${degrees}`).toBeLessThan(1e-8);
    }
    for (const { p, degrees, t } of golden.quantiles) {
      expect(twoSidedQuantile(p, degrees) / t, `${p} ${degrees}`).toBeCloseTo(1, 9);
    }
  });

  test("Holm's verdicts, their intervals, and bounds of small differences", () => {
    const kinds = new Set<string>();
    for (const { samples, intervals, verdicts } of golden.families) {
      const judged = judge(samples.map(summaryOf));
      expect(judged.map(({ verdict }) => verdict)).toEqual(verdicts);
      judged.forEach(({ verdict, interval, together }, at) => {
        kinds.add(verdict);
        expect(together).toBe(samples.length);
        for (const end of [0, 1] as const) expect(interval?.[end]).toBeCloseTo(intervals[at]?.[end] ?? 0, 9);
      });
    }
    expect([...kinds].sort()).toEqual(
      ["better", "small", "unclear", "worse"].filter((kind) => kinds.has(kind)),
    );
    expect(kinds.size).toBeGreaterThanOrEqual(3);
  });
});

/** Reproducible normal numbers. */
function normals(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

interface Simulated {
  readonly arms: number;
  readonly measures: number;
  readonly seeds: number;
  /** The true difference of an arm. */
  readonly truthOf: (arm: number) => number;
  readonly noise: number;
}

/** The share of 10,000 simulated experiments with at least one false verdict. */
function shareOfFalse(draw: (experiment: number) => Simulated): number {
  const normal = normals(41);
  const experiments = 10_000;
  let wrong = 0;
  for (let experiment = 0; experiment < experiments; experiment++) {
    const { arms, measures, seeds, truthOf, noise } = draw(experiment);
    const known: number[] = [];
    const differences: SeedSummary[] = [];
    for (let arm = 0; arm < arms; arm++) {
      // Measures of one arm agree to a large part, as kNN and linear accuracy do.
      const shared = Array.from({ length: seeds }, normal);
      for (let measure = 0; measure < measures; measure++) {
        known.push(truthOf(arm));
        differences.push(summaryOf(shared.map((one) => truthOf(arm) + noise * (0.8 * one + 0.6 * normal()))));
      }
    }
    const isFalse = judge(differences).some(({ verdict, largest = 0 }, at) => {
      const truth = known[at] as number;
      if (verdict === "better") return truth <= 0;
      if (verdict === "worse") return truth >= 0;
      return verdict === "small" && Math.abs(truth) > largest;
    });
    if (isFalse) wrong++;
  }
  return wrong / experiments;
}

const pick = <T>(list: readonly T[], at: number) => list[at % list.length] as T;

test.each<[string, (experiment: number) => Simulated]>([
  [
    "of all shapes that the page compares, with and without differences",
    (at) => ({
      arms: 1 + (at % 7),
      measures: 1 + (at % 3),
      seeds: 3 + (at % 8),
      noise: pick([0.003, 0.01, 0.03], at),
      truthOf: (arm) => pick([0, 0.004, -0.02, 0, 0.03, 0, -0.06], at + 3 * arm),
    }),
  ],
  ["without any difference", () => ({ arms: 7, measures: 3, seeds: 5, noise: 0.02, truthOf: () => 0 })],
  [
    "with differences just around what is called small, measured closely",
    (at) => ({
      arms: 6,
      measures: 2,
      seeds: 6,
      noise: 0.004,
      truthOf: (arm) => pick([0.021, -0.021, 0.02, 0], at + arm),
    }),
  ],
])("of 10,000 experiments %s, fewer than one in twenty has a false verdict", (_, draw) => {
  expect(shareOfFalse(draw)).toBeLessThan(0.05);
});

test("a single comparison without a difference is called one in 5 % of 10,000 experiments, as its level says", () => {
  const alone = { arms: 1, measures: 1, seeds: 5, noise: 0.02, truthOf: () => 0 };
  // Three standard errors of the share itself.
  expect(Math.abs(shareOfFalse(() => alone) - 0.05)).toBeLessThan(3 * Math.sqrt((0.05 * 0.95) / 10_000));
});

test("uncorrected intervals are false far more often, and large differences are still found", () => {
  const normal = normals(1);
  let [uncorrected, found] = [0, 0];
  for (let experiment = 0; experiment < 1_000; experiment++) {
    const noise = () => Array.from({ length: 5 }, () => 0.02 * normal());
    const same = Array.from({ length: 7 }, () => summaryOf(noise()));
    if (same.some((one) => judge([one])[0]?.verdict !== "unclear" && Math.abs(one.mean) > SMALL / 2))
      uncorrected++;
    const [large] = judge([summaryOf(noise().map((one) => 0.13 + one)), ...same]);
    if (large?.verdict === "better") found++;
  }
  expect(uncorrected).toBeGreaterThan(150);
  expect(found).toBeGreaterThan(900);
});

test("a verdict is corrected for all arms and measures of a table, those of best networks apart", () => {
  const difference = (mean: number) => ({ n: 5, mean, deviation: 0.008, bySeed: [] });
  const row = (id: string, mean: number): ResultRow =>
    resultRow(id, {
      difference: { finalKnn: difference(mean), finalLinear: difference(mean), bestKnn: difference(mean) },
    });
  const rows = [resultRow("on"), row("off", 0.014), row("7v", 0.001)];
  const [kNN, best] = [verdictsOf(rows, "on", "finalKnn"), verdictsOf(rows, "on", "bestKnn")];
  expect(kNN.get("off")).toMatchObject({ together: 4, verdict: "unclear" });
  expect(best.get("off")).toMatchObject({ together: 2, verdict: "better" });
  expect(kNN.get("7v")?.verdict).toBe("small");
  expect(kNN.has("on")).toBe(false);
  expect(verdictsOf(rows, undefined, "finalClassifier").size).toBe(0);
});

test("every study has the seeds that a verdict needs, in both sizes", () => {
  for (const { id, quick, full } of studies) {
    for (const size of [quick, full])
      expect(experimentOf(size).seeds.length, id).toBeGreaterThanOrEqual(FEWEST_SEEDS);
  }
});

test("what the intervals leave out is said: another draw of the test images, with its own error", () => {
  const [, images = "", points] =
    /not the choice of the images: .* on ([\d,]+) other test images would differ by about ([\d.]+) pp/.exec(
      texts().resultsTable.forestHelp,
    ) ?? [];
  // The largest standard error of a share of so many images.
  expect(Number(points)).toBeCloseTo(100 * Math.sqrt(0.25 / Number(images.replace(",", ""))), 1);
});
