import { expect, test } from "vitest";
import { defaultArm } from "../../protocol/experiment";
import { createAppStore } from "../../store/app-store";
import { idleRun } from "../../store/run-state";
import { armsInTitle, titleOf } from "./page-title";

const armsOf = (...names: string[]) => ({ arms: names.map((name) => defaultArm("byol", name)) });

test("a title names a few arms, and counts the others", () => {
  expect(armsInTitle(armsOf("A", "B", "C", "D"))).toBe("A vs B vs C vs D");
  expect(armsInTitle(armsOf("A", "B", "C", "D", "E"))).toBe("A vs B vs C and 2 more");
});

test("the untouched page states its name and purpose, a chosen experiment its arms", () => {
  const { experiment } = createAppStore().getState();
  expect(titleOf({ run: idleRun, experiment })).toMatch(/^Retort/);
  expect(titleOf({ run: idleRun, experiment: { ...experiment, ...armsOf("A", "B") } })).toBe(
    "A vs B · Retort",
  );
  const finished = { ...idleRun, status: "finished", experiment } as const;
  expect(titleOf({ run: finished, experiment })).toMatch(/^Finished · BYOL vs /);
});
