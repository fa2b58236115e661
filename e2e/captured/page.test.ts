import { expect, test } from "vitest";
import { capturedPage, capturedRows } from "./page";

test("a row says what was measured, or that nothing was", () => {
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
