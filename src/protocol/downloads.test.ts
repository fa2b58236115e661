import { expect, test } from "vitest";
import { downloadCatalog, hubIdPattern } from "./downloads";

test("every dataset of the catalog has a valid hub id, a license, a source, and distinct class names", () => {
  for (const { id, license, source, classNames, bytes } of downloadCatalog) {
    expect(id).toMatch(hubIdPattern);
    expect(license && source).not.toBe("");
    expect(bytes).toBeGreaterThan(1e6);
    expect(new Set(classNames).size).toBe(classNames.length);
    expect([10, 100]).toContain(classNames.length);
  }
});
