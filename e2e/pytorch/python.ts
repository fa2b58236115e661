import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Runs `python/retort_torch` with the Python that has PyTorch. */

/** The folder of the package and its tests. */
export const packageFolder = fileURLToPath(new URL("../../python", import.meta.url));

/** Debian's own Python has its packages; a version manager's does not. */
const interpreters = [process.env["RETORT_PYTHON"] ?? "", "/usr/bin/python3", "python3"];

/** A Python with these modules; undefined if there is none. */
export const pythonWith = (modules: string): string | undefined =>
  interpreters.find(
    (python) =>
      python !== "" &&
      (!python.startsWith("/") || existsSync(python)) &&
      spawnSync(python, ["-c", `import ${modules}`], { stdio: "ignore" }).status === 0,
  );

let found: string | false | undefined;

/** The Python with PyTorch; undefined if there is none. Asking costs a process, or seconds where PyTorch is. */
export function pythonWithTorch(): string | undefined {
  found ??= pythonWith("torch, numpy, PIL") ?? false;
  return found || undefined;
}

/** Why tests are skipped. */
export const torchMissing =
  "PyTorch is not installed: apt-get install --no-install-recommends python3-torch python3-numpy python3-pil";

export interface Ended {
  readonly status: number | null;
  /** Standard output and errors. */
  readonly text: string;
}

/** Runs Python to its end in `folder`, with the package on its path. @throws Error without PyTorch */
export function runPython(
  words: readonly string[],
  folder = packageFolder,
  environment: Readonly<Record<string, string>> = {},
): Ended {
  const python = pythonWithTorch();
  if (!python) throw new Error(torchMissing);
  const { status, stdout, stderr } = spawnSync(python, [...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: packageFolder, OMP_NUM_THREADS: "1", ...environment },
    maxBuffer: 64 * 1024 ** 2,
  });
  return { status, text: `${stdout}${stderr}` };
}
