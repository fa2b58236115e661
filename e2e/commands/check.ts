import { pathToFileURL } from "node:url";
import { type Count, run, sumOf } from "./count";

/** All checks without running the program; it builds, since the size check measures the build. */
const tools: readonly (readonly string[])[] = [
  ["tsc", "-b"],
  ["biome", "check", "."],
  ["depcruise", "src", "--config", ".dependency-cruiser.cjs"],
  ["knip"],
  ["vite", "build", "--logLevel", "warn"],
  ["size-limit"],
];

/** One count per tool. All tools run, even after a failure. */
export function check(): Count {
  return sumOf(
    tools.map(([tool = "", ...parameters]) => {
      console.log(`\n— ${tool} ${parameters.join(" ")}`);
      return run("npx", tool, ...parameters) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    }),
  );
}

/** `npm run check` */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { passed, failed } = check();
  console.log(`\n${passed} checks passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}
