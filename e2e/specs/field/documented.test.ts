import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fieldCases } from "../../../src/engine/dataset/field/field-cases.testing";

test("docs/field.md lists every situation, and none that is not tried", () => {
  const listed = [...readFileSync("docs/field.md", "utf8").matchAll(/^\| (.+?) \|/gm)].map(
    ([, name]) => name,
  );
  const names = listed.filter((name) => name !== "situation" && name !== undefined);
  expect(names.sort()).toEqual(fieldCases.map(({ name }) => name).sort());
});
