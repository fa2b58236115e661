import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isLong } from "../../src/engine/test-size.test-support.ts";

/**
 * There are two suites. `npm test` has one test of each kind; `npm run test:long` has repetitions and larger sizes: files
 * called `x.long.test.ts`, `x.long.browser.test.ts` and `x.long.spec.ts`, and, at full size, the files
 * whose tests are sized by `isLong`.
 */
export { isLong };

/** Matches a file that sizes its tests. */
const sizing =
  /from "[^"]*\/(test-size(\.test-support)?|trial-backend\.test-support|looking|photographs|gray-images)"/;

/** Vite reads its configuration wherever a command was called. */
const root = join(import.meta.dirname, "../..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

const testFiles = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file).replaceAll("\\", "/"));

/** Test files of the long suite, as paths from the project's root. */
export const longTestFiles = (folder: string, ending: string): string[] =>
  testFiles(folder, ending).filter((file) => file.includes(".long.") || sizing.test(textOf(file)));

export interface BrowserTest {
  /** Its path from the project's root. */
  readonly file: string;
  /** Whether it compiles programs for the page's WebGPU device, which takes most of its time. */
  readonly compiles: boolean;
}

/** All tests of the current suite that run in a browser. */
export function browserTests(folder: string): BrowserTest[] {
  const files = isLong
    ? longTestFiles(folder, ".browser.test.ts")
    : testFiles(folder, ".browser.test.ts").filter((file) => !file.includes(".long."));
  return files.map((file) => {
    const text = textOf(file);
    // An engine in a worker has a device of its own.
    return { file, compiles: /webgpu/i.test(text) && !text.includes("conversation.test-support") };
  });
}
