interface Kept<State> {
  readonly key: readonly unknown[];
  readonly lengths: readonly number[];
  readonly state: State;
}

/**
 * Incremental computation on growing lists: with twenty thousand streamed points, everything must not be recomputed for
 * each new one. A list is a view of memory; a longer view of the same memory must begin with the shorter view's values.
 */
export class Continued<State> {
  readonly #kept = new WeakMap<ArrayBufferLike, Kept<State>>();

  /** The state left by views of the same memory with the same settings, or a new one. The caller updates it. */
  of(views: readonly Float64Array[], settings: readonly unknown[], start: () => State): State {
    const memory = views[0]?.buffer;
    if (!memory) return start();
    const key = [...views.flatMap(({ buffer, byteOffset }) => [buffer, byteOffset]), ...settings];
    const lengths = views.map(({ length }) => length);
    const kept = this.#kept.get(memory);
    const continues =
      kept?.key.length === key.length &&
      kept.key.every((part, i) => part === key[i]) &&
      lengths.every((length, i) => length >= (kept.lengths[i] as number));
    const state = continues ? kept.state : start();
    this.#kept.set(memory, { key, lengths, state });
    return state;
  }
}

const FIRST = 64;

/**
 * A buffer for at least `length` numbers whose first `count` are those of `before`; the same memory where it suffices.
 */
export function roomFor(before: Float64Array, count: number, length: number): Float64Array {
  if (length <= before.length) return before;
  const room = new Float64Array(Math.max(FIRST, length, 2 * before.length));
  room.set(before.subarray(0, count));
  return room;
}
