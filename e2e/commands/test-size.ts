import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * There are two suites. `npm test` holds one of each kind; `npm run test:long` holds what repeats it or is larger: files
 * called `x.long.test.ts`, `x.long.browser.test.ts` and `x.long.spec.ts`, and, once more and at full size, the files
 * whose tests are sized by `isLong`.
 */
export { isLong } from "../../src/engine/test-size.test-support.ts";

/** How a file says that it sizes its tests. */
const sizing =
  /from "[^"]*\/(test-size(\.test-support)?|trial-backend\.test-support|looking|photographs|gray-images)"/;

/** Test files of the long suite, by their paths from the project's root. */
export function longTestFiles(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith(ending))
    .filter((file) => file.includes(".long.") || sizing.test(readFileSync(file, "utf8")));
}
