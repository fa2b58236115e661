import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * There are two suites. `npm test` has one test of each kind; `npm run test:long` has repetitions and larger sizes: files
 * called `x.long.test.ts`, `x.long.browser.test.ts` and `x.long.spec.ts`, and, at full size, the files
 * whose tests are sized by `isLong`.
 */
export { isLong } from "../../src/engine/test-size.test-support.ts";

/** Matches a file that sizes its tests. */
const sizing =
  /from "[^"]*\/(test-size(\.test-support)?|trial-backend\.test-support|looking|photographs|gray-images)"/;

/** Test files of the long suite, as paths from the project's root. */
export function longTestFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(ending))
    .filter((file) => file.includes(".long.") || sizing.test(readFileSync(file, "utf8")));
}
