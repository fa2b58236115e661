import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type LockFile, lockFileProblems } from "./lock-file";

const locked = JSON.parse(readFileSync("package-lock.json", "utf8")) as LockFile;

test("every dependency is locked by its content, comes from the registry, and runs no unknown script", () => {
  expect(Object.keys(locked.packages).length).toBeGreaterThan(100);
  expect(lockFileProblems(locked)).toEqual([]);
});

test("a package without a checksum, from elsewhere, or with an install script is found", () => {
  const integrity = `sha512-${"A".repeat(86)}==`;
  const packages = {
    "": {},
    "node_modules/fine": { version: "1.0.0", integrity },
    "node_modules/bare": { version: "1.0.0" },
    "node_modules/weak": { version: "1.0.0", integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" },
    "node_modules/fine/node_modules/elsewhere": {
      version: "1.0.0",
      integrity,
      resolved: "git+ssh://git@example.org/a/b.git",
    },
    "node_modules/@scope/eager": { version: "1.0.0", integrity, hasInstallScript: true },
  };
  expect(lockFileProblems({ lockfileVersion: 3, packages })).toEqual([
    expect.stringContaining("node_modules/bare@1.0.0 has no SHA-512"),
    expect.stringContaining("node_modules/weak@1.0.0 has no SHA-512"),
    expect.stringContaining("elsewhere@1.0.0 does not come from the registry"),
    expect.stringContaining("@scope/eager@1.0.0 runs a script"),
  ]);
});
