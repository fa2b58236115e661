import { expect, test } from "vitest";
import { defaultArm, schemeMethods } from "./experiment";
import { methods } from "./methods";

test("the catalogue names exactly the settings that each scheme has", () => {
  expect(Object.keys(methods).sort()).toEqual([...schemeMethods].sort());
  for (const method of schemeMethods) {
    const settings = Object.keys(defaultArm(method).scheme).filter((key) => key !== "method");
    expect([...methods[method].knobs].sort(), method).toEqual(settings.sort());
  }
});

test("braces of every equation are balanced", () => {
  for (const method of schemeMethods) {
    const { tex } = methods[method];
    expect([...tex].filter((c) => c === "{").length, method).toBe([...tex].filter((c) => c === "}").length);
    expect(tex.split("\\left").length, method).toBe(tex.split("\\right").length);
  }
});
