/**
 * Numbers in half precision (IEEE 754 binary16): 11 significant bits, so a relative error of at most 2⁻¹¹ between
 * 6.1 · 10⁻⁵ and 65,504.
 */

/** The largest number in half precision; larger ones become this one. */
export const largestHalf = 65_504;

const scratch = new DataView(new ArrayBuffer(4));

/** Rounds to the nearest number in half precision, ties to even, as its 16 bits. NaN stays NaN. */
export function toHalf(value: number): number {
  const bounded = Math.max(-largestHalf, Math.min(largestHalf, value));
  scratch.setFloat32(0, bounded);
  const bits = scratch.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7f_ffff;
  if (exponent === 0xff) return sign | 0x7e00;
  // The exponent's bias is 127 in single and 15 in half precision.
  const half = exponent - 112;
  if (half > 0) return sign | roundShift((half << 23) | fraction, 13);
  // Below the normal numbers the leading one is written out, and more bits are dropped.
  return half < -10 ? sign : sign | roundShift(0x80_0000 | fraction, 14 - half);
}

/** `bits` shifted right by `by`, rounded to nearest, ties to even. */
function roundShift(bits: number, by: number): number {
  const kept = bits >>> by;
  const dropped = bits & ((1 << by) - 1);
  const tie = 1 << (by - 1);
  return dropped > tie || (dropped === tie && (kept & 1) === 1) ? kept + 1 : kept;
}

/** The number that 16 bits stand for. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (0x400 | fraction) * 2 ** (exponent - 25);
}
