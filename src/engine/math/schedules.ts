/** Schedules: values that depend only on the step. Steps count from 0. */

/** The learning rate for a batch of `batchSize`, given `base` for 256 samples (linear scaling, Goyal et al. 2017). */
export function scaledLearningRate(base: number, batchSize: number): number {
  return (base * batchSize) / 256;
}

const warmupStart = 1e-6;

/**
 * The learning rate with warm-up: linear from 1e-6 to `peak` over `warmupSteps`, then half a cosine to 0 at `totalSteps`
 * (docs/methods.md §3.2).
 */
export function warmupCosine(
  step: number,
  schedule: { peak: number; warmupSteps: number; totalSteps: number },
): number {
  const { peak, warmupSteps, totalSteps } = schedule;
  if (step < warmupSteps) return warmupStart + ((peak - warmupStart) * step) / warmupSteps;
  const done = Math.min(1, (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps));
  return (peak * (1 + Math.cos(Math.PI * done))) / 2;
}

/** The momentum τ(k) = 1 − (1 − τ₀)(cos(πk/K) + 1)/2, from τ₀ to 1. Grill et al. 2020 (BYOL), §3.3. */
export function momentumTau(step: number, totalSteps: number, tau0: number): number {
  return 1 - ((1 - tau0) * (Math.cos((Math.PI * step) / totalSteps) + 1)) / 2;
}

/**
 * The one-cycle learning rate: a cosine from peak/25 up to `peak` at `peakFraction` of the steps, then a cosine down to
 * peak/25e4 at the last step (docs/methods.md §3.2).
 */
export function oneCycle(
  step: number,
  schedule: { peak: number; totalSteps: number; peakFraction: number },
): number {
  const { peak, totalSteps, peakFraction } = schedule;
  const start = peak / 25;
  const end = start / 1e4;
  const top = peakFraction * totalSteps;
  const cosine = (from: number, to: number, done: number) =>
    to + ((from - to) * (1 + Math.cos(Math.PI * done))) / 2;
  return top > 0 && step <= top
    ? cosine(start, peak, step / top)
    : cosine(peak, end, (step - top) / (totalSteps - top));
}

/**
 * Linear decay from `peak` to 0 at `totalSteps`. With `stepsPerEpoch` the rate is constant within an epoch, as in
 * S2-BNN's code, whose flag is nevertheless called cosine (docs/methods.md §1.6).
 */
export function linearDecay(
  step: number,
  schedule: { peak: number; totalSteps: number; stepsPerEpoch?: number },
): number {
  const { peak, totalSteps, stepsPerEpoch = 1 } = schedule;
  const begun = Math.floor(step / stepsPerEpoch) * stepsPerEpoch;
  return peak * Math.max(0, 1 - begun / totalSteps);
}

/** `peak` times `factor` per milestone reached: CompRess uses ×0.2 at epochs 90 and 120 of 130, probes use ×0.1. */
export function stepDecay(
  step: number,
  schedule: { peak: number; factor: number; milestones: readonly number[] },
): number {
  const { peak, factor, milestones } = schedule;
  return peak * factor ** milestones.filter((milestone) => step >= milestone).length;
}
