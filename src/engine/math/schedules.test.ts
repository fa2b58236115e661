import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goldenVector, largestError } from "./golden-vectors.test-support";
import { linearDecay, momentumTau, oneCycle, scaledLearningRate, stepDecay, warmupCosine } from "./schedules";

describe("golden vectors", () => {
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

test("τ starts at τ₀, ends at 1 and never decreases", () => {
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

test("warm-up ends at the peak of the cosine, and a run without warm-up starts there", () => {
  expect(warmupCosine(10, { peak: 0.3, warmupSteps: 10, totalSteps: 100 })).toBeCloseTo(0.3, 12);
  expect(warmupCosine(0, { peak: 0.3, warmupSteps: 0, totalSteps: 100 })).toBeCloseTo(0.3, 12);
});

test("one cycle without a rising phase starts at its peak", () => {
  const rates = [0, 50, 100].map((step) => oneCycle(step, { peak: 0.3, totalSteps: 100, peakFraction: 0 }));
  expect(rates[0]).toBeCloseTo(0.3, 12);
  expect(rates).toEqual(rates.toSorted((a, b) => b - a));
});

test("the learning rate grows linearly with the batch size", () => {
  expect(scaledLearningRate(0.12, 256)).toBe(0.12);
  expect(scaledLearningRate(0.3, 2048)).toBeCloseTo(2.4, 12);
});

test("linear decay ends at 0; by epochs it is constant within each and meets the straight line at its start", () => {
  const schedule = { peak: 0.3, totalSteps: 100 };
  expect([0, 50, 100].map((step) => linearDecay(step, schedule))).toEqual([0.3, 0.15, 0]);
  for (const step of [0, 7, 19, 20, 99]) {
    const stepped = linearDecay(step, { ...schedule, stepsPerEpoch: 20 });
    expect(stepped).toBe(linearDecay(step - (step % 20), schedule));
  }
});

test("step decay multiplies the rate by its factor from each milestone on", () => {
  const schedule = { peak: 0.01, factor: 0.2, milestones: [90, 120] };
  const rates = [0, 89, 90, 119, 120, 129].map((step) => stepDecay(step, schedule));
  expect(largestError(rates, [0.01, 0.01, 0.002, 0.002, 0.0004, 0.0004])).toBeLessThan(1e-12);
});
