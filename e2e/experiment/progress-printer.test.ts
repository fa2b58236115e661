import { expect, test } from "vitest";
import { progressTeller } from "./progress-printer";

const progress = { share: 0.5, sentence: "BYOL, seed 1" };

test("in a terminal one line is overwritten, with a line break at the end", () => {
  const written: string[] = [];
  const tell = progressTeller({ isTTY: true, columns: 80, write: (text) => written.push(text) });
  tell(progress);
  tell(progress);
  tell.end();
  expect(written.slice(0, 2).every((text) => text.startsWith("\r") && !text.includes("\n"))).toBe(true);
  expect(written.at(-1)).toBe("\n");
});

test("a file gets a line every half minute", () => {
  const written: string[] = [];
  let clock = 0;
  const tell = progressTeller({ write: (text) => written.push(text) }, () => clock);
  for (; clock <= 60_000; clock += 500) tell(progress);
  expect(written).toHaveLength(3);
  expect(written.every((text) => text.endsWith("\n"))).toBe(true);
});
