import type { RunId } from "../protocol/messages";

/**
 * Which curves are drawn, in which order, and how they are grouped. Arms are identified by their places in the palette.
 */
export interface Arrangement {
  readonly hiddenSlots: readonly number[];
  /** Single runs that are neither drawn nor counted in means of curves. Tables count every run. */
  readonly hiddenRuns: readonly RunId[];
  /** Listed before all others, and drawn over them. */
  readonly pinnedSlots: readonly number[];
  /** The visitor's order; arms not listed follow in their original order. */
  readonly order: readonly number[];
  /** A setting, as "optimiser.learningRate": the runs of arms with the same value are one curve. */
  readonly groupBy?: string;
}

export const asPlanned: Arrangement = { hiddenSlots: [], hiddenRuns: [], pinnedSlots: [], order: [] };

const toggled = <T>(list: readonly T[], item: T): readonly T[] =>
  list.includes(item) ? list.filter((one) => one !== item) : [...list, item];

export const togglePin = ({ pinnedSlots }: Arrangement, slot: number) => ({
  pinnedSlots: toggled(pinnedSlots, slot),
});

export const toggleRun = ({ hiddenRuns }: Arrangement, runId: RunId) => ({
  hiddenRuns: toggled(hiddenRuns, runId),
});

/** Hides all of them, or shows them if all were hidden. */
export function toggleSlots({ hiddenSlots }: Arrangement, slots: readonly number[]) {
  const others = hiddenSlots.filter((slot) => !slots.includes(slot));
  return { hiddenSlots: slots.every((slot) => hiddenSlots.includes(slot)) ? others : [...others, ...slots] };
}

/** Pinned arms first, both parts in the visitor's order. */
export function arrangedSlots(
  slots: readonly number[],
  { order, pinnedSlots }: Pick<Arrangement, "order" | "pinnedSlots">,
): readonly number[] {
  const placeOf = (slot: number) => {
    const at = order.indexOf(slot);
    return at < 0 ? order.length : at;
  };
  const ordered = slots.toSorted((a, b) => placeOf(a) - placeOf(b));
  const isPinned = (slot: number) => pinnedSlots.includes(slot);
  return [...ordered.filter(isPinned), ...ordered.filter((slot) => !isPinned(slot))];
}

/** Moves one place up (−1) or down (1) within its part; at an end nothing changes. */
export function moveSlot(
  arrangement: Arrangement,
  slots: readonly number[],
  slot: number,
  by: -1 | 1,
): Pick<Arrangement, "order"> {
  const order = [...arrangedSlots(slots, arrangement)];
  const from = order.indexOf(slot);
  const other = order[from + by];
  const isPinned = (one: number) => arrangement.pinnedSlots.includes(one);
  if (from < 0 || other === undefined || isPinned(other) !== isPinned(slot)) return { order };
  order[from] = other;
  order[from + by] = slot;
  return { order };
}
