import { expect, test } from "vitest";
import { cleanPath, comparePaths, isLeftover } from "./paths";

test("paths are normalized", () => {
  expect(cleanPath("./a//b/c.png")).toBe("a/b/c.png");
  expect(cleanPath("a\\b\\c.png")).toBe("a/b/c.png");
  expect(cleanPath("Cafe\u0301/1.png")).toBe("Caf\u00e9/1.png");
});

test("paths that leave the selection are refused", () => {
  for (const path of ["../a.png", "a/../../b.png", "/etc/a.png", "C:\\a.png", "a\\..\\..\\b.png"]) {
    expect(cleanPath(path), path).toBeUndefined();
  }
  expect(cleanPath("a/..b/c..png")).toBe("a/..b/c..png");
});

test("files left behind by operating systems are recognized", () => {
  for (const path of [
    "a/.DS_Store",
    "__MACOSX/a/b.png",
    "a/Thumbs.db",
    ".git/x",
    "a/desktop.ini",
    "a/._b.png",
  ]) {
    expect(isLeftover(path), path).toBe(true);
  }
  expect(isLeftover("a/b.png")).toBe(false);
  expect(isLeftover("a.b/c.png")).toBe(false);
});

test("the order is by code unit, not by language", () => {
  expect(["b", "a10", "a2", "B", "ä"].sort(comparePaths)).toEqual(["B", "a10", "a2", "b", "ä"]);
});
