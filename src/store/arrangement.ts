import type { RunId } from "../protocol/messages";

/** Which curves are drawn, in which order, and which of them as one. Arms are named by their places in the palette. */
export interface Arrangement {
  readonly hiddenSlots: readonly number[];
  /** Single runs that are neither drawn nor counted in means of curves. Tables count every run. */
  readonly hiddenRuns: readonly RunId[];
  /** Before all others, and drawn over them. */
  readonly pinnedSlots: readonly number[];
  /** As the visitor put them; those that are not named follow as they are. */
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

/** Hides them all, or shows them all where all were hidden. */
export function toggleSlots({ hiddenSlots }: Arrangement, slots: readonly number[]) {
  const others = hiddenSlots.filter((slot) => !slots.includes(slot));
  return { hiddenSlots: slots.every((slot) => hiddenSlots.includes(slot)) ? others : [...others, ...slots] };
}

/** The pinned first, each part in the visitor's order. */
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

/** One place up (−1) or down (1) among those of its part; at an end nothing changes. */
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
