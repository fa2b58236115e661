import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { requireChromium } from "./chromium";
import { type TestReport, testFilesNaming, vectorIds, vectorRows, vectorTable } from "./vector-report";

/**
 * `npm run vectors`: runs only the tests of the golden vectors, on WebGPU, compiled to WebAssembly and on the CPU, and prints a line for each.
 */

process.exitCode = check(vectorIds()) ? 0 : 1;

function check(wanted: readonly string[]): boolean {
  requireChromium();
  const files = testFilesNaming(wanted).map(({ file }) => file);
  const names = `(${wanted.map((id) => id.replace(".", "\\.")).join("|")})`;
  const folder = mkdtempSync(join(tmpdir(), "retort-vectors-"));
  const output = join(folder, "report.json");
  spawnSync("npx", ["vitest", "run", "-t", names, "--reporter=json", `--outputFile=${output}`, ...files], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const { text, held } = vectorTable(
    vectorRows(wanted, JSON.parse(readFileSync(output, "utf8")) as TestReport),
  );
  rmSync(folder, { recursive: true });
  console.log(text);
  return held;
}
