import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { experimentOf } from "../../src/protocol/valid-experiment.testing";
import { fewShapes, fourTinyArms } from "../fixtures/tiny-experiments";
import { measured, runRunner, spawnRunner } from "../resume/spawned-runner";

const KILLS = 10;
/** Of a start: the browser, the page, the first kernels. */
const START_MS = 8_000;

test("killed ten times at random moments and called again, the runner writes what an uninterrupted one does", async () => {
  test.setTimeout(3_600_000);
  const folder = mkdtempSync(join(tmpdir(), "retort-runner-"));
  try {
    const experiment = join(folder, "experiment.json");
    const settings = { batchSize: 8, evaluation: { everySteps: 6 }, dataset: fewShapes };
    const arms = fourTinyArms.map((arm) => ({ ...arm, steps: 96 }));
    writeFileSync(experiment, JSON.stringify(experimentOf({ ...settings, arms, seeds: [1, 2] })));
    const words = [experiment, "--backend", "wasm", "--page", "dist", "--out"];
    const wholeFrom = Date.now();
    const whole = await runRunner([...words, join(folder, "whole")]);
    expect(whole.output).toContain("Finished: 8 runs");
    const wholeMs = Date.now() - wholeFrom;

    const out = join(folder, "killed");
    let resumed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const runner = spawnRunner([...words, out]);
      // At most a fifth of the whole, so that something is left for the last call.
      const after = START_MS + Math.random() * Math.max(START_MS, wholeMs / 5);
      const code = await Promise.race([runner.ended, sleep(after, "running" as const)]);
      if (code !== "running") {
        expect(code, runner.output()).toBe(0);
        console.log(`finished before kill ${kill + 1}`);
        break;
      }
      runner.child.kill("SIGKILL");
      await runner.ended;
      const isResumed = runner.output().includes("Continuing the training");
      if (isResumed) resumed++;
      console.log(`kill ${kill + 1} after ${Math.round(after / 1_000)} s${isResumed ? ", resumed" : ""}`);
    }
    const last = await runRunner([...words, out]);
    expect(last.code, last.output).toBe(0);
    console.log(last.output);
    expect(resumed).toBeGreaterThan(0);
    const [expected, found] = [
      measured(join(folder, "whole", "metrics.csv")),
      measured(join(out, "metrics.csv")),
    ];
    console.log(`${found.length - 1} rows, ${found.flat().length} cells`);
    expect(found).toEqual(expected);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
