import { Purpose, randomFor } from "../math/random";

/** What to take out of a pool, as shares of each class in [0, 1); the rest is for training. */
export interface SplitShares {
  readonly validation: number;
  readonly test: number;
}

/** Sample indices, ascending. */
export interface Split {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Stratified split: of every class, the share is rounded, but at least one sample goes where a share is asked for.
 * Depends on the seed and on each class's own samples only: a change in one class leaves the others' draw alone.
 * A class with fewer samples than parts leaves later parts empty (train is served last); the caller judges that.
 */
export function stratifiedSplit(
  labels: ArrayLike<number>,
  classCount: number,
  shares: SplitShares,
  seed: number,
): Split {
  const members: number[][] = Array.from({ length: classCount }, () => []);
  for (let i = 0; i < labels.length; i++) members[labels[i] as number]?.push(i);
  const train: number[] = [];
  const validation: number[] = [];
  const test: number[] = [];
  const random = randomFor(seed, Purpose.split);
  members.forEach((samples, label) => {
    const shuffled = Array.from(random.permutation(samples.length, label), (at) => samples[at] as number);
    test.push(...shuffled.splice(0, taken(samples.length, shares.test)));
    validation.push(...shuffled.splice(0, taken(samples.length, shares.validation)));
    train.push(...shuffled);
  });
  const ascending = (a: number, b: number) => a - b;
  return {
    train: train.sort(ascending),
    validation: validation.sort(ascending),
    test: test.sort(ascending),
  };
}

function taken(count: number, share: number): number {
  return share > 0 ? Math.max(1, Math.round(count * share)) : 0;
}
