import { expect, test } from "vitest";
import { drawnEvents } from "./drawn-events";

const event = (id: string, x: number, kind?: string) => ({ id, label: id, x, ...(kind && { kind }) });

test("events of one kind are written once, at the first of them in sight, with the number of these", () => {
  const events = [
    event("BYOL, seed 1 collapsed", 40, "BYOL collapsed"),
    event("SimDis, seed 1 diverged", 20, "SimDis diverged"),
    event("BYOL, seed 2 collapsed", 30, "BYOL collapsed"),
    event("BYOL, seed 3 collapsed", 3, "BYOL collapsed"),
    event("a note", 5),
    event("another note", 5),
  ];
  const drawn = drawnEvents(events, [5, 40]);
  expect(drawn.map(({ event: { x }, label }) => [x, label])).toEqual([
    [30, { text: "BYOL collapsed (n = 2)", row: 0 }],
    [40, undefined],
    [20, { text: "SimDis, seed 1 diverged", row: 1 }],
    [5, { text: "a note", row: 2 }],
    [5, { text: "another note", row: 3 }],
  ]);
});
