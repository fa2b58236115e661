import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { judgeAudit } from "./audit-report";
import { type LockFile, lockFileProblems } from "./lock-file";

/**
 * `npm run audit`: checks the page's packages in the lock file. Checks of the file itself always run; the registry's
 * advisory service is asked for known vulnerabilities, and if it does not respond, this is reported and is not a
 * failure.
 */

const problems = lockFileProblems(JSON.parse(readFileSync("package-lock.json", "utf8")) as LockFile);
for (const problem of problems) console.error(problem);
if (problems.length === 0)
  console.log("Lock file: every package has its checksum, its source and no unknown script.");

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  encoding: "utf8",
  shell: process.platform === "win32",
});
const verdict = judgeAudit(stdout ?? "");
switch (verdict.kind) {
  case "clean":
    console.log("Advisories: none for the packages of the page.");
    break;
  case "vulnerable":
    for (const line of verdict.lines) console.error(line);
    break;
  case "not-audited":
    // GitHub shows this line next to the run.
    console.log(`::warning title=Dependencies not audited::${verdict.reason}`);
    console.log(
      "Advisories: NOT AUDITED. The advisory service could not be asked; the lock file was checked.",
    );
    break;
  default:
    verdict satisfies never;
}
process.exitCode = problems.length > 0 || verdict.kind === "vulnerable" ? 1 : 0;
