import { Continued, roomFor } from "./continued";

interface Smoothing {
  y: Float64Array;
  done: number;
  running: number;
  /** w^t. */
  remaining: number;
}

const begun = new Continued<Smoothing>();

/**
 * Bias-corrected running mean: m_t = w·m_{t−1} + (1 − w)·y_t from m_0 = 0, shown as m_t / (1 − w^t) (Kingma & Ba 2015,
 * §3). Weight 0 changes nothing. For values that have grown (`Continued`), only the new ones are smoothed.
 */
export function smooth(y: Float64Array, weight: number): Float64Array {
  if (weight === 0) return y;
  const start = () => ({ y: new Float64Array(0), done: 0, running: 0, remaining: 1 });
  const state = begun.of([y], [weight], start);
  state.y = roomFor(state.y, state.done, y.length);
  for (; state.done < y.length; state.done += 1) {
    state.running = weight * state.running + (1 - weight) * (y[state.done] as number);
    state.remaining *= weight;
    state.y[state.done] = state.running / (1 - state.remaining);
  }
  return state.y.subarray(0, y.length);
}
