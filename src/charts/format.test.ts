import { expect, test } from "vitest";
import {
  formatAccuracy,
  formatBound,
  formatDuration,
  formatMacs,
  formatPercent,
  formatPoints,
  formatValue,
  formatValueTick,
  formatX,
  formatXTick,
  significant,
} from "./format";

test("MACs carry SI prefixes", () => {
  expect(formatMacs(0)).toBe("0 MAC");
  expect(formatMacs(937e6)).toBe("937 MMAC");
  expect(formatMacs(5.9126e9)).toBe("5.91 GMAC");
  expect(formatMacs(999.9e9)).toBe("1 TMAC");
  expect(formatMacs(1.2345e18)).toBe("1.23 EMAC");
});

test("values diverging to infinity are given by their power of ten", () => {
  expect(significant(1.28e29, 4)).toBe("1.28e29");
  expect(formatValue("none", 32_430_000_000)).toBe("32,430,000,000");
  expect(formatValueTick("none", 2e12)).toBe("2T");
  expect(formatValueTick("none", 6e33)).toBe("6e33");
  expect(formatValueTick("none", -4e20)).toBe("−400E");
});

test("durations show the two largest units", () => {
  expect(formatDuration(0)).toBe("0 s");
  expect(formatDuration(350)).toBe("350 ms");
  expect(formatDuration(4_200)).toBe("4.2 s");
  expect(formatDuration(59_400)).toBe("59 s");
  expect(formatDuration(59_600)).toBe("1 min");
  expect(formatDuration(250_000)).toBe("4 min 10 s");
  expect(formatDuration(3_600_000)).toBe("1 h");
  expect(formatDuration(3_900_000)).toBe("1 h 5 min");
  expect(formatDuration(183_600_000)).toBe("2 d 3 h");
});

test("accuracies are percentages, their differences percentage points", () => {
  expect(formatPercent(0.5634)).toBe("56.3 %");
  expect(formatAccuracy({ n: 3, mean: 0.563, deviation: 0.008 })).toBe("56.3 ± 0.8 %");
  expect(formatAccuracy({ n: 1, mean: 0.563, deviation: Number.NaN })).toBe("56.3 %");
  expect(formatPoints({ mean: 0.021, deviation: 0.008 })).toBe("+2.1 ± 0.8 pp");
  expect(formatPoints({ mean: -0.021, deviation: Number.NaN })).toBe("−2.1 pp");
  expect(formatPoints({ mean: -0.0001, deviation: Number.NaN })).toBe("0.0 pp");
});

test("values that are not numbers are shown as an en dash", () => {
  for (const text of [formatMacs, formatDuration, formatPercent].map((format) => format(Number.NaN))) {
    expect(text).toBe("–");
  }
  expect(formatPoints({ mean: Number.NaN, deviation: Number.NaN })).toBe("–");
  expect(formatValue("none", Number.NaN)).toBe("–");
  expect(formatValue("per-second", Number.NaN)).toBe("–");
});

test("positions are formatted for each axis", () => {
  expect(formatX("step", 12_000)).toBe("12,000");
  expect(formatXTick("step", 12_000)).toBe("12k");
  expect(formatXTick("step", 1_500)).toBe("1.5k");
  expect(formatX("epoch", 3.456)).toBe("3.46");
  expect(formatX("wall", 61_000)).toBe("1 min 1 s");
  expect(formatXTick("macs", 2e12)).toBe("2 T");
});

test("values have their metric's unit", () => {
  expect(formatValue("rate", 0.00012345)).toBe("1.23e−4");
  expect(formatValue("none", 0.996)).toBe("0.996");
  expect(formatValue("none", -1.23456)).toBe("−1.235");
  expect(formatValue("per-second", 1234)).toBe("1,230 /s");
  expect(formatValue("bytes", 1.5e9)).toBe("1.5 GB");
  expect(formatValueTick("fraction", 0.3)).toBe("30 %");
  expect(formatValueTick("none", 20_000)).toBe("20k");
  expect(significant(0, 3)).toBe("0");
});

test("a bound is rounded up, and that of no difference at all has no sign", () => {
  expect(formatBound(0.0131)).toBe("1.4 pp");
  expect(formatBound(0.02)).toBe("2.0 pp");
  expect(formatBound(0)).toBe("0.0 pp");
});
