import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DiskFull, writeWhole } from "./whole-file";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retort-whole-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a file is replaced and no part of it is left", () => {
  const path = join(folder, "a.json");
  writeWhole(path, "1");
  writeWhole(path, "22");
  expect(readFileSync(path, "utf8")).toBe("22");
  expect(readdirSync(folder)).toEqual(["a.json"]);
});

/** Only the superuser may mount a disk of so few bytes. */
const canMount = (() => {
  const at = mkdtempSync(join(tmpdir(), "retort-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", at], { stdio: "ignore" });
    execFileSync("umount", [at]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(at, { recursive: true });
  }
})();

test.runIf(canMount)("on a full disk the old content stays, and one sentence says so", () => {
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]);
  try {
    const path = join(folder, "a.json");
    writeWhole(path, "old");
    expect(() => writeWhole(path, "x".repeat(2 ** 20))).toThrow(DiskFull);
    expect(() => writeWhole(path, "x".repeat(2 ** 20))).toThrow(
      `The disk is full: ${path} could not be written. Free some space in ${folder} and call again; what was saved before is unchanged.`,
    );
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.json"]);
  } finally {
    execFileSync("umount", [folder]);
  }
});
