import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenVector, goldenVectors, goldenVectorsState, largestError } from "./golden-vectors.test-support";
import { momentumTau, oneCycle, scaledLearningRate, warmupCosine } from "./schedules";

describe.skipIf(!goldenVectors)(goldenVectorsState, () => {
  test("sched.warmup_cosine", () => {
    const { inputs, params, expected, tol } = goldenVector("sched.warmup_cosine");
    const schedule = { peak: params.lr, warmupSteps: params.W, totalSteps: params.N };
    const rates = inputs.iter.map((step: number) => warmupCosine(step, schedule));
    expect(largestError(rates, expected.lr)).toBeLessThanOrEqual(tol);
  });

  test("sched.onecycle", () => {
    const { inputs, params, expected, tol } = goldenVector("sched.onecycle");
    const schedule = { peak: params.max, totalSteps: params.N, peakFraction: 0.1 };
    const rates = inputs.iter.map((step: number) => oneCycle(step, schedule));
    expect(largestError(rates, expected.lr)).toBeLessThanOrEqual(tol);
    expect(largestError(rates[0], params.max / 25)).toBeLessThan(1e-12);
  });

  test("ema.tau_schedule", () => {
    const { inputs, params, expected, tol } = goldenVector("ema.tau_schedule");
    const taus = inputs.k.map((step: number) => momentumTau(step, params.K, params.tau0));
    expect(largestError(taus, expected.tau)).toBeLessThanOrEqual(tol);
  });
});

test("τ starts at τ₀, ends at 1 and never falls", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.double({ min: 0.5, max: 0.999, noNaN: true }),
      (steps, tau0) => {
        expect(momentumTau(0, steps, tau0)).toBeCloseTo(tau0, 12);
        expect(momentumTau(steps, steps, tau0)).toBeCloseTo(1, 12);
        const middle = Math.floor(steps / 2);
        expect(momentumTau(middle + 1, steps, tau0)).toBeGreaterThanOrEqual(momentumTau(middle, steps, tau0));
      },
    ),
  );
});

test("warm-up meets the cosine at the peak, and a run without warm-up starts there", () => {
  expect(warmupCosine(10, { peak: 0.3, warmupSteps: 10, totalSteps: 100 })).toBeCloseTo(0.3, 12);
  expect(warmupCosine(0, { peak: 0.3, warmupSteps: 0, totalSteps: 100 })).toBeCloseTo(0.3, 12);
});

test("the rate grows linearly with the batch", () => {
  expect(scaledLearningRate(0.12, 256)).toBe(0.12);
  expect(scaledLearningRate(0.3, 2048)).toBeCloseTo(2.4, 12);
});
