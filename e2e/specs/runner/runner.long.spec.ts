import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { experimentOf } from "../../../src/protocol/valid-experiment.testing";
import { fewShapes, fourTinyArms } from "../../fixtures/tiny-experiments";
import { measured, runRunner, spawnRunner } from "../../resume/spawned-runner";

const KILLS = 10;
const TRAINING_MS = 240_000;

const settingsFor = (steps: number) =>
  experimentOf({
    batchSize: 8,
    evaluation: { everySteps: 24 },
    dataset: fewShapes,
    arms: fourTinyArms.map((arm) => ({ ...arm, steps })),
    seeds: [1, 2],
  });

test("killed ten times at random moments and called again, the runner writes what an uninterrupted one does", async () => {
  test.setTimeout(3_600_000);
  const folder = mkdtempSync(join(tmpdir(), "retort-runner-"));
  try {
    const experiment = join(folder, "experiment.json");
    const words = [experiment, "--backend", "wasm", "--page", "dist", "--out"];
    // Long enough for ten kills on any machine: the page saves every 20 seconds.
    let [steps, startMs, trainingMs] = [96, 0, 0];
    while (trainingMs < TRAINING_MS) {
      if (trainingMs > 0) steps *= Math.ceil((1.2 * TRAINING_MS) / trainingMs);
      writeFileSync(experiment, JSON.stringify(settingsFor(steps)));
      rmSync(join(folder, "whole"), { recursive: true, force: true });
      const from = Date.now();
      const whole = spawnRunner([...words, join(folder, "whole")]);
      await whole.said("The first steps are done.");
      startMs = Date.now() - from;
      expect(await whole.ended).toBe(0);
      trainingMs = Date.now() - from - startMs;
    }
    console.log(`${steps} steps, ${Math.round(trainingMs / 1_000)} s of training`);

    const out = join(folder, "killed");
    let resumed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const runner = spawnRunner([...words, out]);
      // Every third in the start, the others in the next sixth of the training, so that something is left for the last call.
      const isEarly = kill % 3 === 0;
      if (!isEarly) await runner.said("The first steps are done.");
      const after = Math.random() * (isEarly ? startMs : trainingMs / 6);
      const code = await Promise.race([runner.ended, sleep(after, "running" as const)]);
      expect(code, runner.output()).toBe("running");
      runner.child.kill("SIGKILL");
      await runner.ended;
      const isResumed = runner.output().includes("Continuing the training");
      if (isResumed) resumed++;
      const moment = `${Math.round(after / 1_000)} s after ${isEarly ? "the call" : "the first steps"}`;
      console.log(`kill ${kill + 1}, ${moment}${isResumed ? ", resumed" : ""}`);
    }
    const last = await runRunner([...words, out]);
    expect(last.code, last.output).toBe(0);
    console.log(last.output);
    expect(resumed).toBeGreaterThan(1);
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
