import { expect, test } from "vitest";
import { arm, summary } from "./charts.testing";
import { judge } from "./differences/verdicts";
import { differenceText, droppedText, emptyText, summaryText } from "./sentences";
import { seriesCurves } from "./series/series-curves";
import type { SeedSummary } from "./types";

const verdictOf = (summary: SeedSummary) => judge([summary])[0]?.verdict;

test("one seed is never conclusive, however large the difference", () => {
  expect(verdictOf(summary(0.5))).toBe("too-few");
  expect(verdictOf({ n: 0, mean: Number.NaN, deviation: Number.NaN })).toBe("too-few");
});

test("a difference is significant where the 95 % t-interval excludes zero", () => {
  // n = 5: t = 2.776, so the interval reaches 2.776 × 0.008 / √5 = 0.0099 to either side.
  expect(verdictOf(summary(0.021, 0.008, 5))).toBe("better");
  expect(verdictOf(summary(-0.021, 0.008, 5))).toBe("worse");
  // 0.0098 + 0.0099 is within two points, 0.0098 + 0.0248 is not.
  expect(verdictOf(summary(0.0098, 0.008, 5))).toBe("small");
  expect(verdictOf(summary(0.0098, 0.02, 5))).toBe("unclear");
  expect(verdictOf(summary(0.0101, 0.008, 5))).toBe("better");
  // Two seeds are too few, even if they agree to the last digit.
  expect(verdictOf(summary(0.021, 0, 2))).toBe("too-few");
});

const on = { label: "On", trainingMacs: 1_000 };
const sentenceOf = (finalKnn?: SeedSummary, trainingMacs?: number) =>
  differenceText(
    {
      label: "7v",
      ...(finalKnn && { difference: { finalKnn } }),
      ...(trainingMacs !== undefined && { trainingMacs }),
    },
    on,
    "finalKnn",
    finalKnn && judge([finalKnn])[0],
  );

test("differences are stated in a sentence", () => {
  expect(sentenceOf(summary(0.021, 0.008, 5))).toBe(
    "7v − On: +2.1 ± 0.8 pp over 5 seeds; better: the 95 % interval over seeds is +1.1 to +3.1 pp.",
  );
  expect(sentenceOf(summary(0.021))).toBe(
    "7v − On: +2.1 pp over 1 seed; not enough seeds to tell: a verdict takes at least 3.",
  );
  expect(sentenceOf(summary(-0.021, 0.008, 5))).toContain(
    "; worse: the 95 % interval over seeds is −3.1 to −1.1 pp.",
  );
  expect(sentenceOf(summary(0.001, 0.05, 3))).toContain(
    "cannot be told yet: the 95 % interval over seeds is −12.3 to +12.5 pp, so that it may be zero or up to 12.6 pp.",
  );
  expect(sentenceOf(summary(0.004, 0.008, 5))).toContain(
    "no difference larger than 1.4 pp: the 95 % interval over seeds is −0.6 to +1.4 pp.",
  );
  const none = "7v − On: no seed has finished in both arms yet.";
  expect(sentenceOf({ n: 0, mean: Number.NaN, deviation: Number.NaN })).toBe(none);
  expect(sentenceOf()).toBe(none);
});

test("a difference states the compute at which it holds, where that is known", () => {
  expect(sentenceOf(summary(0.021), 1_009)).toContain("7v − On at equal compute: +2.1 pp");
  expect(sentenceOf(summary(0.021), 1_520)).toContain("7v − On at × 1.5 compute: +2.1 pp");
});

test("an empty plot says why", () => {
  expect(emptyText([])).toContain("No data yet");
  expect(emptyText([arm("a", [[1]], true)])).toContain("hidden");
  expect(droppedText(1)).toMatch(/^1 point /);
  expect(droppedText(1200)).toMatch(/^1,200 points /);
});

test("a picture is described by the ends of its curves", () => {
  const options = {
    smoothing: 0,
    band: "deviation",
    seeds: "mean",
    xScale: "linear",
    yScale: "linear",
  } as const;
  const curves = [
    arm("a", [
      [0.1, 0.4],
      [0.1, 0.6],
    ]),
    arm("b", []),
  ].map((each) => seriesCurves(each, options));
  expect(summaryText("kNN top-1", curves, "step", "fraction")).toBe(
    "kNN top-1 against step. Arm a: 50.0 ± 14.1 % at 10.",
  );
});
