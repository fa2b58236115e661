import { expect, test } from "vitest";
import { eventLabels } from "./event-labels";

const event = (id: string, x: number, kind?: string) => ({ id, label: id, x, ...(kind && { kind }) });

test("events of one kind are written once, at the first of them, with their number", () => {
  const events = [
    event("BYOL, seed 1 collapsed", 40, "BYOL collapsed"),
    event("SimDis, seed 1 diverged", 20, "SimDis diverged"),
    event("BYOL, seed 2 collapsed", 30, "BYOL collapsed"),
    event("a note", 5),
    event("another note", 5),
  ];
  expect(eventLabels(events)).toEqual([
    undefined,
    { text: "SimDis, seed 1 diverged", row: 1 },
    { text: "BYOL collapsed (n = 2)", row: 0 },
    { text: "a note", row: 2 },
    { text: "another note", row: 3 },
  ]);
});
