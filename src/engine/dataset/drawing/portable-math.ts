/**
 * Elementary functions that give the same bits everywhere. ECMAScript lets every engine round `Math.sin` and
 * `Math.log` as it likes; IEEE 754 defines +, −, ×, ÷ and √ exactly, so functions that use only these are portable.
 */
import type { Random } from "../../math/random";

const TWO_PI = 2 * Math.PI;
const LN_2 = Math.LN2;
const UNIFORM_BITS = 24;

/** Taylor coefficients of sin x / x in x², enough for |x| ≤ π/2 in double precision. */
const SINE: readonly number[] = [
  1,
  -1 / 6,
  1 / 120,
  -1 / 5_040,
  1 / 362_880,
  -1 / 39_916_800,
  1 / 6_227_020_800,
  -1 / 1_307_674_368_000,
  1 / 355_687_428_096_000,
  -1 / 121_645_100_408_832_000,
];

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] as number);
  return sum;
}

/** sin(2π · turns), to about 1e-15. A full turn is 1. */
export function sineOfTurns(turns: number): number {
  const centered = turns - Math.floor(turns + 0.5);
  const folded = centered > 0.25 ? 0.5 - centered : centered < -0.25 ? -0.5 - centered : centered;
  const x = TWO_PI * folded;
  return x * horner(SINE, x * x);
}

/** cos(2π · turns), to about 1e-15. */
export function cosineOfTurns(turns: number): number {
  return sineOfTurns(turns + 0.25);
}

/** Coefficients of artanh s / s in s²; 10 terms suffice for s ≤ (√2 − 1) / (√2 + 1). */
const ARTANH: readonly number[] = Array.from({ length: 10 }, (_, i) => 1 / (2 * i + 1));

/** ln k for an integer 1 ≤ k < 2³¹, to about 1e-15 relative. */
export function logOfInteger(k: number): number {
  let exponent = 31 - Math.clz32(k);
  let mantissa = k / (1 << exponent);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent += 1;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  return exponent * LN_2 + 2 * s * horner(ARTANH, s * s);
}

/** 1 / n!, enough for |x| ≤ 1 in double precision. */
const EXPONENTIAL: readonly number[] = Array.from({ length: 20 }, (_, n) => {
  let factorial = 1;
  for (let factor = 2; factor <= n; factor++) factorial *= factor;
  return 1 / factorial;
});

/** low · (high / low)^share, to about 1e-15 relative: uniform in the logarithm. Integers, high ≤ 2.7 low, 0 ≤ share ≤ 1. */
export function betweenInLogarithm(low: number, high: number, share: number): number {
  return low * horner(EXPONENTIAL, share * (logOfInteger(high) - logOfInteger(low)));
}

/**
 * Draws `count` numbers from N(0, 1) at an address by the Box–Muller transform in portable arithmetic.
 * (`Random.normals` is as good for training, but depends on the engine's `Math`.)
 */
export function portableNormals(
  random: Random,
  count: number,
  a: number,
  b: number,
  c: number,
): Float64Array {
  const normals = new Float64Array(count);
  for (let i = 0; i < count; i += 4) {
    const words = random.bits(a, b, c, i >>> 2);
    for (let pair = 0; pair < 4; pair += 2) {
      // (k + 1) / 2²⁴ lies in (0, 1], where the logarithm is finite.
      const k = ((words[pair] as number) >>> 8) + 1;
      const radius = Math.sqrt(2 * (UNIFORM_BITS * LN_2 - logOfInteger(k)));
      const turns = ((words[pair + 1] as number) >>> 8) / (1 << UNIFORM_BITS);
      // Writes past the end of a typed array are ignored.
      normals[i + pair] = radius * cosineOfTurns(turns);
      normals[i + pair + 1] = radius * sineOfTurns(turns);
    }
  }
  return normals;
}
