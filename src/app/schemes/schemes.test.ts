import { expect, test } from "vitest";
import { defaultArm, schemeMethods, targetViewNumbers } from "../../protocol/experiment";
import { metrics } from "../../protocol/metrics";
import { sourcesOf } from "./sources";
import { targetPresets, targetViews } from "./target-views";

test("the page names the seven target views as the losses do", () => {
  expect(targetViews.map(({ number }) => number)).toEqual([...targetViewNumbers]);
  for (const { number, name } of targetViews)
    expect(metrics[`viewLoss${number}`].label).toContain(`(${name})`);
});

test("a preset of n target views has n different ones", () => {
  for (const { label, targets } of targetPresets) expect(new Set(targets).size).toBe(Number(label));
});

test("every scheme's student has someone to learn from", () => {
  for (const method of schemeMethods) expect(sourcesOf(defaultArm(method).scheme).length).toBeGreaterThan(0);
});
