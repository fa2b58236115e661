/**
 * Running mean with the start's bias taken out: m_t = w·m_{t−1} + (1 − w)·y_t from m_0 = 0, shown as m_t / (1 − w^t)
 * (Kingma & Ba 2015, §3). Weight 0 changes nothing.
 */
export function smooth(y: Float64Array, weight: number): Float64Array {
  if (weight === 0) return y;
  const smoothed = y.slice();
  let running = 0;
  let remaining = 1;
  for (let i = 0; i < smoothed.length; i += 1) {
    running = weight * running + (1 - weight) * (smoothed[i] as number);
    remaining *= weight;
    smoothed[i] = running / (1 - remaining);
  }
  return smoothed;
}
