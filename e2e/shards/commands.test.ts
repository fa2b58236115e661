import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { experimentOf } from "../../src/protocol/valid-experiment.testing";
import { fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";
import { isShardCommand, runShardCommand } from "./commands";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retort-shards-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

/** Calls a command of the runner, and returns its exit code with what it printed. */
async function call(words: readonly string[]): Promise<{ code: number; output: string }> {
  const [command, ...others] = words;
  if (!isShardCommand(command)) throw new Error(`${command} is no command.`);
  const printed: string[] = [];
  const print = (line: unknown) => void printed.push(`${line}\n`);
  vi.spyOn(console, "log").mockImplementation(print);
  vi.spyOn(console, "error").mockImplementation(print);
  const code = await runShardCommand(command, others);
  return { code, output: printed.join("") };
}

/** `e2e/specs/runner/shards.spec.ts` makes such calls as processes of their own. */
test("calls that cannot succeed are refused in a sentence", async () => {
  const experiment = join(folder, "experiment.json");
  writeFileSync(
    experiment,
    JSON.stringify(experimentOf({ batchSize: 8, dataset: fewShapes, arms: fourTinyArms.slice(0, 2) })),
  );
  const built = join(folder, "built");
  mkdirSync(built);
  writeFileSync(join(built, "index.html"), "a page");
  const words = [experiment, "--backend", "wasm", "--page", built, "--out"];
  const plan = join(folder, "plan");
  const images = join(folder, "images.zip");
  writeFileSync(images, "some images");
  expect((await call(["plan", ...words, plan, "--by", "run", "--data", images])).code).toBe(0);
  const refusals: readonly [readonly string[], string, number][] = [
    [
      ["shard", folder, "0"],
      `There is no plan in ${folder}: \`npm run experiment -- plan … --out ${folder}\` makes one.`,
      2,
    ],
    [["shard", plan, "2"], `There is no shard 2: ${plan} has shards 0 to 1.`, 2],
    [["submit", plan], "submit needs a scheduler: --slurm. For others see docs/cluster.md.", 2],
    [
      ["status", plan, "--mising"],
      "Unknown option '--mising': `npm run experiment -- --help` lists the options.",
      2,
    ],
    [["plan", ...words, plan, "--by", "arm"], "--by takes group, run, seed, not arm.", 2],
    [
      ["plan", ...words, plan, "--by", "run"],
      `${plan} has another plan: choose another folder with --out.`,
      2,
    ],
    [["merge", plan], "These shards are not done: 0-1.", 1],
  ];
  for (const [words, sentence, code] of refusals) {
    expect(await call(words)).toEqual({ code, output: `${sentence}\n` });
  }
  writeFileSync(images, "other images");
  expect(await call(["shard", plan, "0"])).toEqual({
    code: 2,
    output: `The images at ${images} are not those that the experiment began with.\n`,
  });
  writeFileSync(images, "some images");
  const page = join(plan, "page");
  writeFileSync(join(page, "index.html"), "another page");
  expect(await call(["shard", plan, "0"])).toEqual({
    code: 2,
    output: `The page in ${page} is not the one that the plan was made with.\n`,
  });
  rmSync(images);
  expect(await call(["shard", plan, "0"])).toEqual({
    code: 2,
    output: `The images of this experiment are missing: there is nothing at ${images}.\n`,
  });
});
