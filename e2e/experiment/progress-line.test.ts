import { expect, test } from "vitest";
import { progressLine } from "./progress-line";

const bars = (line: string) => line.split("█").length - 1;

test("the bar is filled in proportion, at most completely", () => {
  const filled = [-1, 0, 0.25, 0.5, 1, 2].map((share) => bars(progressLine({ share, sentence: "" }, 200)));
  expect(filled).toEqual([0, 0, 6, 12, 24, 24]);
});

test("the line shows progress, remaining time and activity, and leaves out unknown figures", () => {
  const line = progressLine({ share: 0.312, sentence: "BYOL, seed 1", timeLeft: "2 min" }, 200);
  expect(line).toContain("31.2 %  2 min left  BYOL, seed 1");
  const unknown = progressLine({ sentence: "Starting" }, 200);
  expect(unknown).not.toMatch(/\d/);
  expect(unknown).toContain("Starting");
});

test("in a narrow terminal the sentence is cut, so that the line does not wrap", () => {
  const line = progressLine({ share: 0.5, sentence: "x".repeat(300), timeLeft: "1 min" }, 60);
  expect(line).toHaveLength(60);
  expect(line).toContain("50.0 %");
});
