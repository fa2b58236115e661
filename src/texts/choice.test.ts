import { expect, test } from "vitest";
import { languageFor } from "./choice";

test("the system's first language that the page speaks is spoken", () => {
  expect(languageFor("system", ["fr-FR", "de-AT", "en"])).toBe("de");
  expect(languageFor("system", ["en-GB", "de"])).toBe("en");
  expect(languageFor("system", ["fr", "den"])).toBe("en");
});

test("a choice wins over the system", () => {
  expect(languageFor("de", ["en"])).toBe("de");
  expect(languageFor("en", ["de"])).toBe("en");
});
