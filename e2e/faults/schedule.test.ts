import { expect, test } from "vitest";
import { drawSchedules, faultKinds, faultStages } from "./schedule";

test("schedules depend on the seed, have the requested number of faults, and go through the stages in order", () => {
  const schedules = drawSchedules(31, 4);
  expect(schedules).toEqual(drawSchedules(31, 4));
  expect(schedules).not.toEqual(drawSchedules(31, 5));
  expect(schedules.flat()).toHaveLength(31);
  for (const schedule of schedules) {
    expect(schedule.map(({ stage }) => stage)).toEqual(faultStages.slice(0, schedule.length));
    for (const { at } of schedule) expect(at > 0 && at < 1).toBe(true);
  }
});

test("in 18 consecutive faults every kind happens in every stage, whatever the seed", () => {
  const all = faultStages.flatMap((stage) => faultKinds.map((kind) => `${kind} ${stage}`)).sort();
  for (let seed = 0; seed < 20; seed++) {
    const faults = drawSchedules(36, seed).flat();
    for (const half of [faults.slice(0, 18), faults.slice(18)]) {
      expect(half.map(({ kind, stage }) => `${kind} ${stage}`).sort()).toEqual(all);
    }
  }
});
