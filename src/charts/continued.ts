interface Kept<State> {
  readonly key: readonly unknown[];
  readonly lengths: readonly number[];
  readonly state: State;
}

/**
 * What was computed of lists that grow, to go on from: twenty thousand points that stream in are not computed anew for the
 * one that came last. A list is a view of memory, and what a longer view of the same memory begins with has to be what a
 * shorter one held.
 */
export class Continued<State> {
  readonly #kept = new WeakMap<ArrayBufferLike, Kept<State>>();

  /** The state that views of the same memories left with the same settings, or a new one. Who gets it brings it up to date. */
  of(views: readonly Float64Array[], settings: readonly unknown[], start: () => State): State {
    const memory = views[0]?.buffer;
    if (!memory) return start();
    const key = [...views.flatMap(({ buffer, byteOffset }) => [buffer, byteOffset]), ...settings];
    const lengths = views.map(({ length }) => length);
    const kept = this.#kept.get(memory);
    const goesOn =
      kept?.key.length === key.length &&
      kept.key.every((part, i) => part === key[i]) &&
      lengths.every((length, i) => length >= (kept.lengths[i] as number));
    const state = goesOn ? kept.state : start();
    this.#kept.set(memory, { key, lengths, state });
    return state;
  }
}

const FIRST = 64;

/** Room for at least `length` numbers, the first `count` of them those of `before`; the same memory where it suffices. */
export function roomFor(before: Float64Array, count: number, length: number): Float64Array {
  if (length <= before.length) return before;
  const room = new Float64Array(Math.max(FIRST, length, 2 * before.length));
  room.set(before.subarray(0, count));
  return room;
}
