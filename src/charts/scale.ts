import type { AxisScale } from "./types";

export type Range = readonly [number, number];

/** Round numbers within [low, high], about `count` of them, spaced by 1, 2 or 5 times a power of ten. */
export function linearTicks([low, high]: Range, count: number): number[] {
  return multiplesWithin([low, high], niceStep((high - low) / Math.max(1, count)));
}

const durationSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];

/** Ticks of a time axis in milliseconds: whole seconds, minutes or hours once the range contains them. */
export function durationTicks([low, high]: Range, count: number): number[] {
  const wanted = (high - low) / Math.max(1, count) / 1000;
  if (wanted < 1) return linearTicks([low, high], count);
  const seconds = durationSteps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
  return multiplesWithin([low, high], seconds * 1000);
}

/** Powers of ten within [low, high] (both positive), and 2 and 5 times them where there is room. */
export function logTicks([low, high]: Range, count: number): number[] {
  const first = Math.floor(Math.log10(low));
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => first + i);
  const within = (value: number) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9);
  const ticksOf = (mantissas: readonly number[]) =>
    decades.flatMap((decade) => mantissas.map((mantissa) => Number(`${mantissa}e${decade}`))).filter(within);
  const powers = ticksOf([1]);
  if (powers.length > count) return everyNth(powers, Math.ceil(powers.length / count));
  const finer = ticksOf([1, 2, 5]);
  if (finer.length > 1.5 * count) return powers;
  return finer.length < 2 ? linearTicks([low, high], count) : finer;
}

/**
 * The range of an axis: the data with a small margin; linear axes that start near zero start at zero. A single value
 * gets a margin on both sides.
 */
export function paddedRange([low, high]: Range, scale: AxisScale): Range {
  if (scale === "log") {
    const ratio = high > low ? (high / low) ** 0.04 : 2;
    return [low / ratio, high * ratio];
  }
  if (low === high) {
    const room = Math.abs(low) * 0.1 || 1;
    return [low - room, high + room];
  }
  const air = 0.05 * (high - low);
  const reachesZero = low >= 0 && low < 0.3 * high;
  return [reachesZero ? 0 : low - air, high + air];
}

function niceStep(wanted: number): number {
  if (!(wanted > 0)) return 1;
  const decade = Math.floor(Math.log10(wanted));
  const mantissa = wanted / 10 ** decade;
  const nice = [1, 2, 5, 10].find((candidate) => candidate >= mantissa * (1 - 1e-9)) ?? 10;
  return Number(`${nice}e${decade}`);
}

function multiplesWithin([low, high]: Range, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Counting multiples avoids accumulated errors; rounding removes the last digits' noise (3 × 0.1).
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

function everyNth(values: readonly number[], n: number): number[] {
  return values.filter((_, i) => i % n === 0);
}
