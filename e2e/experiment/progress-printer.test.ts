import { expect, test } from "vitest";
import { progressPrinter } from "./progress-printer";

const progress = { share: 0.5, sentence: "BYOL, seed 1" };

test("in a terminal one line is overwritten, with a line break at the end", () => {
  const written: string[] = [];
  const print = progressPrinter({ isTTY: true, columns: 80, write: (text) => written.push(text) });
  print(progress);
  print(progress);
  print.end();
  expect(written.slice(0, 2).every((text) => text.startsWith("\r") && !text.includes("\n"))).toBe(true);
  expect(written.at(-1)).toBe("\n");
});

test("a file gets a line every half minute", () => {
  const written: string[] = [];
  let clock = 0;
  const print = progressPrinter({ write: (text) => written.push(text) }, () => clock);
  for (; clock <= 60_000; clock += 500) print(progress);
  expect(written).toHaveLength(3);
  expect(written.every((text) => text.endsWith("\n"))).toBe(true);
});
