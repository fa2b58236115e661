import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pytorchMethods } from "../../src/protocol/pytorch";
import { packageFolder, pythonWithTorch, runPython, torchMissing } from "./python";

test("the page offers the methods that the package trains", () => {
  const source = readFileSync(join(packageFolder, "retort_torch/experiment.py"), "utf8");
  const [, listed = ""] = /^METHODS = (.*)$/m.exec(source) ?? [];
  expect(listed.match(/[a-z0-9-]+/g)).toEqual([...pytorchMethods]);
});

test("PyTorch: the golden vectors hold, and every part keeps its laws", ({ skip }) => {
  if (!pythonWithTorch()) skip(torchMissing);
  const { status, text } = runPython(["-m", "unittest", "tests.test_vectors", "tests.test_parts"]);
  expect(status, text).toBe(0);
}, 240_000);
