import { expect, test } from "vitest";
import { downloadCatalogue, hubIdPattern } from "./downloads";

test("every dataset of the catalogue has a name of the hub, a licence, a source, and classes of different names", () => {
  for (const { id, licence, source, classNames, bytes } of downloadCatalogue) {
    expect(id).toMatch(hubIdPattern);
    expect(licence && source).not.toBe("");
    expect(bytes).toBeGreaterThan(1e6);
    expect(new Set(classNames).size).toBe(classNames.length);
    expect([10, 100]).toContain(classNames.length);
  }
});
