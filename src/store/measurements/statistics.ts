export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation (n − 1); NaN for fewer than two values. */
export function sampleDeviation(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const center = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1));
}

/** Paired differences of two arms: runs with the same seed share data order and initialization. */
export interface PairedDifference {
  readonly n: number;
  readonly mean: number;
  /** Sample standard deviation of the differences; NaN for n < 2. */
  readonly deviation: number;
  /** The single differences, by seed. */
  readonly bySeed: readonly { readonly seed: number; readonly value: number }[];
}

/** `arm` − `baseline` over the seeds that both have. */
export function pairedDifference(
  arm: ReadonlyMap<number, number>,
  baseline: ReadonlyMap<number, number>,
): PairedDifference {
  const bySeed = [...arm].flatMap(([seed, value]) => {
    const other = baseline.get(seed);
    return other === undefined ? [] : [{ seed, value: value - other }];
  });
  const values = bySeed.map(({ value }) => value);
  return { n: values.length, mean: mean(values), deviation: sampleDeviation(values), bySeed };
}
