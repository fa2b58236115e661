import { type FunctionWriter, type Local, V128 } from "../assembler/function-writer";

/**
 * Exponential and logarithm of four numbers at once, to about one unit in the last place. The polynomials are those of
 * Moshier's Cephes library (expf, logf), whose coefficients are published.
 */

/** c₀ xⁿ + … + cₙ by Horner's rule. */
function writePolynomial(f: FunctionWriter, x: Local, coefficients: readonly number[]): FunctionWriter {
  const [first = 0, ...rest] = coefficients;
  const sum = f.local(V128);
  f.constantV(first).set(sum);
  for (const coefficient of rest) f.get(sum).get(x).constantV(coefficient).multiplyAdd().set(sum);
  return f.get(sum).release(V128, sum);
}

const expCoefficients = [
  1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
];

/** Leaves exp of what `x` puts on the stack. Infinite above 88.7, 0 far below; not a number stays none. */
export function writeExp(f: FunctionWriter, x: () => FunctionWriter): FunctionWriter {
  const [value, times, rest, power] = f.manyLocals(V128, 4) as [Local, Local, Local, Local];
  x().constantV(90).minV().constantV(-104).maxV().set(value);
  // x = n log 2 + r with |r| ≤ ½ log 2; log 2 in two parts, of which the first is exact in a product with n.
  f.get(value).constantV(Math.LOG2E).mulV().nearestV().set(times);
  f.get(value).get(times).constantV(0.693359375).mulV().subV();
  f.get(times).constantV(-2.1219444e-4).mulV().subV().set(rest);
  writePolynomial(f, rest, expCoefficients).get(rest).mulV().get(rest).mulV();
  f.get(rest).addV().constantV(1).addV().set(value);
  // 2ⁿ in two factors: one alone would leave the range of exponents where the result does not.
  f.get(times).toIntV().set(power);
  const half = () => f.get(power).i32(1).shiftRightIV();
  const asFactor = () => f.constantIV(127).addIV().i32(23).shiftLeftIV();
  f.get(value);
  half();
  asFactor().mulV();
  f.get(power);
  half().subIV();
  asFactor().mulV();
  return f.release(V128, value, times, rest, power);
}

const logCoefficients = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
];

/** Leaves the natural logarithm of what `x` puts on the stack: −∞ of 0, no number of what is below. */
export function writeLog(f: FunctionWriter, x: () => FunctionWriter): FunctionWriter {
  const [value, scaled, exponent, small, square, result] = f.manyLocals(V128, 6) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const leastNormal = 2 ** -126;
  x().set(value);
  // Numbers without a leading bit get one first.
  f.get(value).constantV(leastNormal).lessV().set(small);
  f.get(value)
    .constantV(2 ** 23)
    .mulV()
    .get(value)
    .get(small)
    .selectV()
    .set(scaled);
  // x = m 2ᵉ with m in [½, 1).
  f.get(scaled).i32(23).simd(0xad).constantIV(126).subIV().toFloatV();
  f.get(small).constantV(23).andV().subV().set(exponent);
  f.get(scaled).constantIV(0x007fffff).andV().constantIV(0x3f000000).orV().set(scaled);
  // m below √½ counts twice, and 2ᵉ half.
  f.get(scaled).constantV(Math.SQRT1_2).lessV().set(small);
  f.get(exponent).get(small).constantV(1).andV().subV().set(exponent);
  f.get(scaled).get(small).get(scaled).andV().addV().constantV(1).subV().set(scaled);
  f.get(scaled).get(scaled).mulV().set(square);
  writePolynomial(f, scaled, logCoefficients).get(scaled).mulV().get(square).mulV();
  f.get(exponent).constantV(-2.1219444e-4).mulV().addV();
  f.get(square).constantV(0.5).mulV().subV();
  f.get(scaled).addV().get(exponent).constantV(0.693359375).mulV().addV().set(result);
  // What the exponent's bits cannot say: infinity and no number stay, 0 gives −∞, less than 0 no number.
  f.get(result).get(value);
  f.get(value).constantV(Number.POSITIVE_INFINITY).lessV().selectV();
  f.constantV(Number.NEGATIVE_INFINITY);
  f.get(value).zeroV().differV().selectV();
  f.constantV(Number.NaN);
  f.get(value).zeroV().lessV().constantIV(-1).simd(0x51).selectV();
  return f.release(V128, value, scaled, exponent, small, square, result);
}
