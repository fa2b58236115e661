import { expect, test } from "vitest";
import { judgeAudit } from "./audit-report";

test("an advisory is reported with its package, severity and address", () => {
  const via = [{ title: "Prototype pollution", url: "https://example.org/1", severity: "high" }, "other"];
  const output = JSON.stringify({ vulnerabilities: { thing: { severity: "high", range: "<2.0.0", via } } });
  expect(judgeAudit(output)).toEqual({
    kind: "vulnerable",
    lines: ["high: thing <2.0.0: Prototype pollution (https://example.org/1); other"],
  });
});

test("no advisories is clean, and an invalid response is never taken for clean", () => {
  expect(judgeAudit(JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} }))).toEqual({
    kind: "clean",
  });
  const refused = judgeAudit(JSON.stringify({ message: "405 Method Not Allowed", error: {} }));
  expect(refused).toEqual({ kind: "not-audited", reason: "405 Method Not Allowed" });
  expect(judgeAudit("").kind).toBe("not-audited");
  expect(judgeAudit("{}").kind).toBe("not-audited");
});
