import { expect, test } from "vitest";
import { languageFor } from "./choice";

test("the page uses the system's first language that it supports", () => {
  expect(languageFor("system", ["fr-FR", "de-AT", "en"])).toBe("de");
  expect(languageFor("system", ["en-GB", "de"])).toBe("en");
  expect(languageFor("system", ["fr", "den"])).toBe("en");
});

test("a choice overrides the system", () => {
  expect(languageFor("de", ["en"])).toBe("de");
  expect(languageFor("en", ["de"])).toBe("en");
});
