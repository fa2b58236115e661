import type { MetricUnit, XAxis } from "../protocol/metrics/metrics";
import { fixedDigits, significantDigits } from "../texts/numbers";
import { texts } from "../texts/texts";
import type { Range } from "./scale";
import type { SeedSummary } from "./types";

/** Formats numbers for people: units, SI prefixes, a true minus sign. Values that are not finite are an en dash. */

const NOTHING = "–";
/** From here on, scientific notation is used: a diverging loss is 1.28e29. */
const HUGE = 1e15;

/** With the given number of significant digits and thousands separators. */
export function significant(value: number, digits: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= HUGE)) {
    const [mantissa = "", exponent = ""] = value.toExponential(digits - 1).split("e");
    const trimmed = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    return minus(`${significantDigits(Number(trimmed), digits)}e${exponent.replace("+", "")}`);
  }
  return minus(significantDigits(value, digits));
}

const prefixes = ["", "k", "M", "G", "T", "P", "E", "Z"];

/** 1,234,000 → "1.23 M" + unit. */
export function withPrefix(value: number, unit: string, digits = 3): string {
  if (!Number.isFinite(value)) return NOTHING;
  const rounded = Number(value.toPrecision(digits));
  const thousands = Math.floor(Math.log10(Math.max(1, Math.abs(rounded))) / 3 + 1e-9);
  if (thousands >= prefixes.length) return `${significant(value, digits)} ${unit}`.trimEnd();
  const prefix = Math.max(0, thousands);
  return `${significant(rounded / 1000 ** prefix, digits)} ${prefixes[prefix]}${unit}`.trimEnd();
}

/** Multiply-accumulates, not FLOP: one MAC is two of them. */
export function formatMacs(macs: number): string {
  return withPrefix(macs, "MAC");
}

/** Formats milliseconds with the two largest units: "350 ms", "2 d 3 h". */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return NOTHING;
  if (milliseconds < 0) return `−${formatDuration(-milliseconds)}`;
  if (milliseconds === 0) return "0 s";
  if (milliseconds < 999.5) return `${significant(milliseconds, 3)} ms`;
  if (milliseconds < 9_950) return `${significant(milliseconds / 1000, 2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return twoUnits(Math.floor(seconds / 60), "min", seconds % 60, "s");
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return twoUnits(Math.floor(minutes / 60), "h", minutes % 60, "min");
  const hours = Math.round(minutes / 60);
  return twoUnits(Math.floor(hours / 24), "d", hours % 24, "h");
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

export function formatPercent(fraction: number, digits = 1): string {
  if (!Number.isFinite(fraction)) return NOTHING;
  return minus(`${fixedDigits(100 * fraction, digits)} %`);
}

/** "56.3 ± 0.8 %", and without a spread "56.3 %". */
export function formatAccuracy({ mean, deviation }: SeedSummary): string {
  if (!Number.isFinite(deviation)) return formatPercent(mean);
  return minus(`${fixedDigits(100 * mean, 1)} ± ${fixedDigits(100 * deviation, 1)} %`);
}

/** A difference of fractions in percentage points: "+2.1 ± 0.8 pp". */
export function formatPoints({ mean, deviation }: Pick<SeedSummary, "mean" | "deviation">): string {
  if (!Number.isFinite(mean)) return NOTHING;
  const spread = Number.isFinite(deviation) ? ` ± ${fixedDigits(100 * deviation, 1)}` : "";
  return `${formatSigned(100 * mean)}${spread} ${texts().charts.points}`;
}

/** Both ends of an interval of differences: "+1.1 to +3.1 pp". */
export function formatPointsRange([low, high]: Range): string {
  const signed = (end: number) => formatSigned(100 * end);
  return `${texts().charts.fromTo(signed(low), signed(high))} ${texts().charts.points}`;
}

/** A bound in percentage points, rounded up to a tenth: "1.4 pp". */
export const formatBound = (fraction: number): string =>
  `${fixedDigits(Math.max(0, Math.ceil(1_000 * fraction - 1e-9)) / 10, 1)} ${texts().charts.points}`;

/** Rounded to a tenth, with its sign; never "−0.0". */
export function formatSigned(value: number): string {
  const rounded = Number(value.toFixed(1));
  return rounded === 0 ? fixedDigits(0, 1) : minus(`${rounded > 0 ? "+" : ""}${fixedDigits(rounded, 1)}`);
}

export function formatX(axis: XAxis, value: number): string {
  switch (axis) {
    case "step":
      return significant(Math.round(value), 12);
    case "epoch":
      return significant(Math.round(value * 100) / 100, 6);
    case "wall":
      return formatDuration(value);
    case "macs":
      return formatMacs(value);
    default:
      return axis satisfies never;
  }
}

/** Shorter, for tick labels: 12,000 steps are "12k". */
export function formatXTick(axis: XAxis, value: number): string {
  if (axis === "step") return withPrefix(value, "").replace(" ", "");
  if (axis === "macs") return value === 0 ? "0" : withPrefix(value, "");
  return formatX(axis, value);
}

export const xAxisLabel = (axis: XAxis): string => texts().charts.axes[axis];

export function formatValue(unit: MetricUnit, value: number): string {
  switch (unit) {
    case "fraction":
      return formatPercent(value);
    case "bytes":
      return withPrefix(value, "B");
    case "per-second":
      return Number.isFinite(value) ? `${significant(value, 3)} /s` : NOTHING;
    case "rate":
      return significant(value, 3);
    case "none":
      return significant(value, 4);
    default:
      return unit satisfies never;
  }
}

/** "0.42 ± 0.03", with the metric's unit; one seed has no spread. */
export function formatSummary(unit: MetricUnit, summary: SeedSummary): string {
  if (unit === "fraction") return formatAccuracy(summary);
  const { mean, deviation } = summary;
  if (!Number.isFinite(deviation)) return formatValue(unit, mean);
  return `${formatValue(unit, mean)} ± ${unit === "bytes" ? withPrefix(deviation, "B") : significant(deviation, 2)}`;
}

/** A tick has no more digits than it needs. */
export function formatValueTick(unit: MetricUnit, value: number): string {
  if (unit === "fraction") return minus(`${significantDigits(100 * value, 6)} %`);
  if (unit === "bytes") return withPrefix(value, "B");
  return Math.abs(value) >= 10_000 ? withPrefix(value, "").replace(" ", "") : significant(value, 6);
}

function minus(text: string): string {
  return text.replaceAll("-", "−");
}
