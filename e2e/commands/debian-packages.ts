import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * For tests: installs Debian's packages, after announcing it, if they are missing and this process may. Errors are on
 * the terminal.
 *
 * @param isThere whether what they bring is there
 * @returns whether it is there now
 */
export function installPackages(packages: readonly string[], isThere: () => boolean): boolean {
  if (isThere()) return true;
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) return false;
  console.error(`Installing Debian's packages ${packages.join(", ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
    const words = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
    execFileSync("apt-get", words, { stdio: "inherit", env });
  } catch {
    console.error("They could not be installed.");
  }
  return isThere();
}
