import { expect, test } from "vitest";
import { drawSchedules, faultKinds } from "./schedule";

test("schedules are of the seed, hold so many faults of every kind, in order", () => {
  const schedules = drawSchedules(31, 4);
  expect(schedules).toEqual(drawSchedules(31, 4));
  expect(schedules).not.toEqual(drawSchedules(31, 5));
  const all = schedules.flat();
  expect(all).toHaveLength(31);
  expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(faultKinds));
  for (const schedule of schedules) {
    const moments = schedule.map(({ at }) => at);
    expect(moments).toEqual([...moments].sort((a, b) => a - b));
    for (const at of moments) expect(at > 0 && at < 1).toBe(true);
  }
});
