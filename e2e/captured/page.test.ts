import { expect, test } from "vitest";
import { capturedPage, capturedRows, comparedBy, rowsOfPage, withNewRows } from "./page";

test("a row shows the measurement, or a dash without one", () => {
  const result = (title: string, status: string, captured?: { steps: number; difference: number }) => ({
    title: `${title}: recorded steps compute what eager ones do`,
    status,
    meta: captured ? { captured } : {},
  });
  const assertionResults = [
    result("byol", "passed", { steps: 50, difference: 0 }),
    result("S2-BNN ②", "failed", { steps: 50, difference: 0.25 }),
    result("LARS", "failed"),
  ];
  const page = capturedPage(capturedRows({ testResults: [{ assertionResults }] }));
  expect(page).toContain("| byol | 50 | none | yes |");
  expect(page).toContain("| S2-BNN ② | 50 | 2.5e-1 | no |");
  expect(page).toContain("| LARS | – | – | no |");
});

test("a written page can be read back, and new measurements replace their rows", () => {
  const rows = [
    { name: "byol", held: true, steps: 50, difference: 0 },
    { name: "S2-BNN ②", held: false, steps: 50, difference: 0.25 },
    { name: "LARS", held: false },
  ];
  expect(rowsOfPage(capturedPage(rows))).toEqual(rows);
  const again = { name: "LARS", held: true, steps: 50, difference: 1e-7 };
  const other = { name: "Shampoo", held: true, steps: 50, difference: 0 };
  expect(withNewRows(rows, [again, other])).toEqual([rows[0], rows[1], again, other]);
});

test("names of one kind of steps alone run the tests of that kind alone", () => {
  expect(comparedBy([])).toEqual(["captured", "compiled"]);
  expect(comparedBy(["mokd"])).toEqual(["captured"]);
  expect(comparedBy(["mokd on WASM", "dkd on WASM"])).toEqual(["compiled"]);
  expect(comparedBy(["mokd", "mokd on WASM"])).toEqual(["captured", "compiled"]);
});
