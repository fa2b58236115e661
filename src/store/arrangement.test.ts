import { expect, test } from "vitest";
import { arrangedSlots, asPlanned, moveSlot, togglePin, toggleRun, toggleSlots } from "./arrangement";

test("pinned arms come first, and both parts keep the visitor's order", () => {
  const moved = { ...asPlanned, order: [4, 0], pinnedSlots: [2] };
  expect(arrangedSlots([0, 1, 2, 4], moved)).toEqual([2, 4, 0, 1]);
});

test("an arm moves within its part, and stays at its ends", () => {
  const pinned = { ...asPlanned, ...togglePin(asPlanned, 2) };
  const slots = [0, 1, 2];
  expect(moveSlot(pinned, slots, 1, -1)).toEqual({ order: [2, 1, 0] });
  expect(moveSlot(pinned, slots, 0, -1)).toEqual({ order: [2, 0, 1] });
  expect(moveSlot(pinned, slots, 1, 1)).toEqual({ order: [2, 0, 1] });
});

test("hiding twice shows again; a group is hidden unless all of it was hidden", () => {
  const once = toggleRun(asPlanned, "a");
  expect(toggleRun({ ...asPlanned, ...once }, "a")).toEqual({ hiddenRuns: [] });
  const half = { ...asPlanned, hiddenSlots: [1, 5] };
  const all = toggleSlots(half, [1, 2]);
  expect(all).toEqual({ hiddenSlots: [5, 1, 2] });
  expect(toggleSlots({ ...half, ...all }, [1, 2])).toEqual({ hiddenSlots: [5] });
});
