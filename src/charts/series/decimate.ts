/**
 * Largest-triangle-three-buckets (Steinarsson 2013, §4.2): from each bucket, keep the point that forms the largest
 * triangle with the previously kept point and the mean of the next bucket, so peaks survive.
 * @returns indices of at most `limit` (≥ 2) points, ascending, including the first and the last.
 */
export function decimate(x: ArrayLike<number>, y: ArrayLike<number>, limit: number): number[] {
  const length = x.length;
  if (length <= limit) return Array.from({ length }, (_, i) => i);
  const kept = [0];
  const size = (length - 2) / (limit - 2);
  const start = (bucket: number) => Math.min(length - 1, 1 + Math.floor(bucket * size));
  for (let bucket = 0; bucket < limit - 2; bucket += 1) {
    const [from, to] = [start(bucket), start(bucket + 1)];
    const next = bucket === limit - 3 ? length : start(bucket + 2);
    kept.push(largestTriangle(x, y, kept.at(-1) ?? 0, from, to, next));
  }
  kept.push(length - 1);
  return kept;
}

/** The point in [from, to) that forms the largest triangle with point `left` and the mean of [to, next). */
function largestTriangle(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  left: number,
  from: number,
  to: number,
  next: number,
): number {
  const [rightX, rightY] = [meanOf(x, to, next), meanOf(y, to, next)];
  const [leftX, leftY] = [x[left] as number, y[left] as number];
  let [best, area] = [from, -1];
  for (let i = from; i < to; i += 1) {
    const twice = Math.abs(
      (leftX - rightX) * ((y[i] as number) - leftY) - (leftX - (x[i] as number)) * (rightY - leftY),
    );
    if (twice > area) [best, area] = [i, twice];
  }
  return best;
}

function meanOf(values: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] as number;
  return sum / (to - from);
}
