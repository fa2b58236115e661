import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keptPage } from "./kept-page";

let folder = "";
let builds = 0;
beforeEach(() => {
  builds = 0;
  folder = mkdtempSync(join(tmpdir(), "retort-kept-"));
  mkdirSync(join(folder, "src/app"), { recursive: true });
  write("index.html", "<p>");
  write("src/app/main.ts", "1");
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (file: string, text: string) => writeFileSync(join(folder, file), text);

async function make(into: string): Promise<void> {
  builds++;
  mkdirSync(into);
  writeFileSync(join(into, "index.html"), readFileSync(join(folder, "src/app/main.ts")));
}

const page = () => keptPage(folder, make);
const shown = async () => readFileSync(join(await page(), "index.html"), "utf8");

test("the same sources are built once, changed ones again, and changed back not", async () => {
  expect([await shown(), await shown()]).toEqual(["1", "1"]);
  expect(builds).toBe(1);
  write("src/app/main.ts", "2");
  expect(await shown()).toBe("2");
  write("src/app/other.ts", "");
  expect(await shown()).toBe("2");
  expect(builds).toBe(3);
  rmSync(join(folder, "src/app/other.ts"));
  write("src/app/main.ts", "1");
  expect(await shown()).toBe("1");
  expect(builds).toBe(3);
});

test("results beside the sources change nothing", async () => {
  await page();
  write("results.json", "{}");
  await page();
  expect(builds).toBe(1);
});

test("a build that fails leaves nothing that could be taken for a page", async () => {
  const broken = keptPage(folder, async (into) => {
    mkdirSync(into);
    throw new Error("no");
  });
  await expect(broken).rejects.toThrow("no");
  expect(readdirSync(join(folder, "node_modules/.cache/retort/pages"))).toEqual([]);
  expect(await shown()).toBe("1");
});

test("a build of other sources is deleted once it is old", async () => {
  const first = await page();
  write("src/app/main.ts", "2");
  await page();
  expect(existsSync(first)).toBe(true);
  utimesSync(first, new Date(0), new Date(0));
  write("src/app/main.ts", "3");
  await page();
  expect(existsSync(first)).toBe(false);
});
