import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** For tests: the runner as a process of its own, to be interrupted and killed. */

const root = fileURLToPath(new URL("../..", import.meta.url));
/** The program and its first arguments; what follows are the runner's. */
export const runnerCommand = [process.execPath, "--import", "tsx", "e2e/experiment/experiment.ts"] as const;

export interface SpawnedRunner {
  readonly child: ChildProcess;
  /** What it has written to both streams. */
  readonly output: () => string;
  /** The exit code; null after a signal that it did not handle. */
  readonly ended: Promise<number | null>;
  /** Resolves when the output contains the text; rejects if the process ends before. */
  readonly said: (text: string | RegExp) => Promise<void>;
}

export function spawnRunner(words: readonly string[], environment: NodeJS.ProcessEnv = {}): SpawnedRunner {
  const [program, ...first] = runnerCommand;
  const child = spawn(program, [...first, ...words], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const waiting = new Set<() => void>();
  const hear = (chunk: Buffer) => {
    output += chunk.toString();
    for (const check of waiting) check();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const said = (text: string | RegExp) =>
    new Promise<void>((resolve, reject) => {
      const check = () => {
        if (typeof text === "string" ? output.includes(text) : text.test(output)) {
          waiting.delete(check);
          resolve();
        }
      };
      waiting.add(check);
      check();
      void ended.then(() => reject(new Error(`The runner ended without saying ${text}:\n${output}`)));
    });
  return { child, output: () => output, ended, said };
}

/** Runs it to its end. */
export async function runRunner(words: readonly string[], environment?: NodeJS.ProcessEnv) {
  const runner = spawnRunner(words, environment);
  const code = await runner.ended;
  return { code, output: runner.output() };
}

const clocks = new Set(["wall_ms", "imagesPerSecond"]);

/** The cells of metrics.csv without the columns that a clock has written. */
export function measured(path: string): string[][] {
  const [head = "", ...lines] = readFileSync(path, "utf8").trimEnd().split("\r\n");
  const names = head.split(",");
  const kept = names.flatMap((name, at) => (clocks.has(name) ? [] : [at]));
  return [names, ...lines.map((line) => line.split(","))].map((cells) => kept.map((at) => cells[at] ?? ""));
}
