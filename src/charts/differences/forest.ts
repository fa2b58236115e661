import { formatPoints } from "../format";
import { linearTicks, type Range } from "../scale";
import type { Color, ResultMetric, ResultRow } from "../types";
import { intervalOf } from "./interval";
import { type Verdict, verdictsOf } from "./verdicts";

/** A forest plot of differences from a baseline: a dot per seed, their mean, and its interval, in percentage points. */
export interface Forest {
  readonly range: Range;
  readonly ticks: readonly number[];
  readonly rows: readonly ForestRow[];
}

export interface ForestRow {
  readonly id: string;
  readonly label: string;
  readonly color: Color;
  readonly dash?: string;
  readonly seeds: readonly { readonly seed: number; readonly points: number }[];
  readonly mean: number;
  /** Absent with too few seeds. */
  readonly interval?: Range;
  readonly verdict: Verdict;
  readonly text: string;
}

/** An interval wider than this multiple of the measured range is cut off: for two seeds it is 9 times the spread. */
const FARTHEST = 1.5;

/** Undefined where nothing can be compared yet. */
export function forestOf(
  rows: readonly ResultRow[],
  baselineId: string | undefined,
  metric: ResultMetric,
): Forest | undefined {
  const verdicts = verdictsOf(rows, baselineId, metric);
  const shown = rows.flatMap((row): ForestRow[] => {
    const difference = row.id === baselineId ? undefined : row.difference?.[metric];
    if (!difference || difference.n === 0) return [];
    const judged = verdicts.get(row.id);
    const interval = judged?.interval ?? intervalOf(difference);
    return [
      {
        id: row.id,
        label: row.label,
        color: row.color,
        ...(row.dash && { dash: row.dash }),
        seeds: (difference.bySeed ?? []).map(({ seed, value }) => ({ seed, points: 100 * value })),
        mean: 100 * difference.mean,
        ...(interval && { interval: [100 * interval[0], 100 * interval[1]] as const }),
        verdict: judged?.verdict ?? "too-few",
        text: formatPoints(difference),
      },
    ];
  });
  if (shown.length === 0) return undefined;
  const measured = shown.flatMap(({ mean, seeds }) => [0, mean, ...seeds.map(({ points }) => points)]);
  const [least, most] = [Math.min(...measured), Math.max(...measured)];
  const reach = FARTHEST * Math.max(most - least, 0.5);
  const ends = shown.flatMap(({ interval }) => interval ?? []);
  const low = Math.max(least - reach, Math.min(least, ...ends));
  const high = Math.min(most + reach, Math.max(most, ...ends));
  const air = 0.05 * Math.max(high - low, 0.5);
  const range = [low - air, high + air] as const;
  return { range, ticks: linearTicks(range, 6), rows: shown };
}

/** Position from 0 to 1; values outside are at the edge. */
export const placeIn = ([low, high]: Range, value: number): number =>
  Math.min(1, Math.max(0, (value - low) / (high - low)));
