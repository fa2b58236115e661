import { spawnSync } from "node:child_process";

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export function sumOf(counts: readonly Count[]): Count {
  const total = (of: keyof Count) => counts.reduce((sum, count) => sum + count[of], 0);
  return { passed: total("passed"), failed: total("failed") };
}

/** Runs a command that writes to this terminal, and returns true if it succeeded. */
export function run(command: string, ...parameters: string[]): boolean {
  return (
    spawnSync(command, parameters, { stdio: "inherit", shell: process.platform === "win32" }).status === 0
  );
}
