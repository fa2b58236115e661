import { expect, test } from "vitest";
import { idPattern, testFilesNaming, vectorIds, vectorRows, vectorTable } from "./vector-report";

test("every golden vector is named by a test", () => {
  const ids = vectorIds();
  const named = new Set(testFilesNaming(ids).flatMap(({ ids }) => ids));
  expect(ids.length).toBeGreaterThanOrEqual(45);
  expect(ids.filter((id) => !named.has(id))).toEqual([]);
});

const report = (tests: readonly (readonly [string, string])[]) => ({
  testResults: [
    { name: "/a/b.test.ts", assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) },
  ],
});

test("an id does not match a longer one that begins with it", () => {
  expect(idPattern("lars.simdis").test("on cpu golden vectors lars.simdis, a layer")).toBe(true);
  expect(idPattern("lars.simdis").test("lars.simdis_excluded")).toBe(false);
});

test("a vector holds if all its tests passed and at least one ran", () => {
  const rows = vectorRows(
    ["a.one", "a.two", "a.three"],
    report([
      ["on webgpu golden vectors a.one", "passed"],
      ["on cpu golden vectors a.one", "passed"],
      ["on webgpu golden vectors a.two", "failed"],
      ["on cpu golden vectors a.two", "passed"],
      ["on cpu golden vectors a.three", "skipped"],
    ]),
  );
  const { text, held } = vectorTable(rows);
  expect(held).toBe(false);
  expect(text.split("\n").map((line) => line.replace(/ +/g, " "))).toEqual([
    "holds a.one webgpu, cpu",
    "FAILS a.two webgpu FAILED, cpu",
    "FAILS a.three not checked",
    "1 of 3 golden vectors hold",
  ]);
});
