import { Purpose, randomFor } from "../../math/random";

/** The parts to draw from a pool, as shares of each class in [0, 1); the rest is for training. */
export interface SplitShares {
  readonly validation: number;
  readonly test: number;
}

/** Sample indices, ascending. */
interface Split {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Stratified split: each class gives its rounded share, but at least one sample to each part including train. A class
 * with too few samples for that stays in train; the caller decides whether that is acceptable. The draw from a class
 * depends only on the seed and its own samples.
 */
export function stratifiedSplit(
  labels: ArrayLike<number>,
  classCount: number,
  shares: SplitShares,
  seed: number,
): Split {
  const members: number[][] = Array.from({ length: classCount }, () => []);
  for (let i = 0; i < labels.length; i++) members[labels[i] as number]?.push(i);
  const split = { train: [] as number[], validation: [] as number[], test: [] as number[] };
  const random = randomFor(seed, Purpose.split);
  members.forEach((samples, label) => {
    const { test, validation } = quotas(samples.length, shares);
    random.permutation(samples.length, label).forEach((at, place) => {
      const part = place < test ? split.test : place < test + validation ? split.validation : split.train;
      part.push(samples[at] as number);
    });
  });
  for (const part of Object.values(split)) part.sort((a, b) => a - b);
  return split;
}

/** Number of a class's samples per part. */
function quotas(count: number, shares: SplitShares): { test: number; validation: number } {
  const [wantsTest, wantsValidation] = [shares.test > 0 ? 1 : 0, shares.validation > 0 ? 1 : 0];
  if (count < 1 + wantsTest + wantsValidation) return { test: 0, validation: 0 };
  const between = (low: number, value: number, high: number) => Math.min(Math.max(low, value), high);
  const test = between(wantsTest, Math.round(count * shares.test), count - 1 - wantsValidation);
  const validation = between(wantsValidation, Math.round(count * shares.validation), count - 1 - test);
  return { test, validation };
}
