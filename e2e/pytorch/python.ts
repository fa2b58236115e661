import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installPackages } from "../commands/debian-packages";

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

const modules = "torch, numpy, PIL";
const packages = ["python3-torch", "python3-numpy", "python3-pil"];

let found: string | false | undefined;

/** The Python with PyTorch; undefined if there is none. Asking costs a process, or seconds where PyTorch is. */
export function pythonWithTorch(): string | undefined {
  found ??= pythonWith(modules) ?? false;
  return found || undefined;
}

/** For the long suite: installs Debian's PyTorch if there is none and this process may. Returns whether there is one. */
export function installTorch(): boolean {
  const isThere = () => pythonWith(modules) !== undefined;
  found = undefined;
  return installPackages(packages, isThere);
}

/** Why tests are skipped. */
export const torchMissing = `PyTorch is not installed: apt-get install --no-install-recommends ${packages.join(" ")}`;

/** What the package trains and refuses, in Markdown. Needs no PyTorch. */
export const supportedLines = (python: string): string[] =>
  execFileSync(python, ["-m", "retort_torch.supported"], { cwd: packageFolder, encoding: "utf8" })
    .trimEnd()
    .split("\n");

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
