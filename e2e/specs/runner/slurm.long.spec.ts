import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { experimentOf } from "../../../src/protocol/valid-experiment.testing";
import { fewShapes, fourTinyArms } from "../../fixtures/tiny-experiments";
import { measured, runRunner } from "../../resume/spawned-runner";
import { installSlurm, startSlurm } from "../../shards/slurm-on-this-machine";

const arms = fourTinyArms.slice(0, 2).map((arm) => ({ ...arm, steps: 2_400 }));
const experiment = experimentOf({
  batchSize: 8,
  evaluation: { everySteps: 200 },
  dataset: fewShapes,
  arms,
  seeds: [1, 2],
});

test("an array of Slurm with a preempted task and a crashed node merges to what one process measures", async () => {
  test.skip(!installSlurm(), "Slurm can be installed only on Debian as root.");
  test.setTimeout(3_600_000);
  const folder = mkdtempSync(join(tmpdir(), "retort-array-"));
  const slurm = await startSlurm();
  const begun = Date.now();
  const say = (text: string) => console.log(`${Math.round((Date.now() - begun) / 1_000)} s: ${text}`);
  try {
    const file = join(folder, "experiment.json");
    writeFileSync(file, JSON.stringify(experiment));
    const words = [file, "--backend", "wasm", "--page", "dist", "--out"];
    const plan = join(folder, "plan");
    expect((await runRunner(["plan", ...words, plan])).code).toBe(0);

    const refused = await runRunner(["submit", plan, "--slurm", "--", "--no-such-option"], slurm.environment);
    expect(refused.output).toContain(
      "Nothing was submitted: sbatch: unrecognized option '--no-such-option'.",
    );
    expect(refused.code).toBe(1);

    const submitted = await runRunner(
      ["submit", plan, "--slurm", "--time", "1:00:00", "--parallel", "2"],
      slurm.environment,
    );
    const [, job = ""] = /Submitted (\d+) with tasks 0-3/.exec(submitted.output) ?? [];
    expect(job, submitted.output).not.toBe("");
    say(submitted.output.trim());

    const log = (index: number) => {
      const path = join(plan, "logs", `${index}.log`);
      return existsSync(path) ? readFileSync(path, "utf8") : "";
    };
    const trains = (index: number) => log(index).includes("The first steps are done.");
    const patience = { timeout: 600_000, intervals: [500] };

    await expect.poll(() => trains(0), patience).toBe(true);
    // Slurm refuses while it is still starting the task.
    await expect(() => slurm.ask("scancel", "--signal=USR1", "--batch", `${job}_0`)).toPass(patience);
    await expect.poll(() => log(0), patience).toContain("SIGUSR1: The training is");
    say("task 0 was preempted and saved");

    const isTraining = (index: number) => trains(index) && !log(index).includes("Finished:");
    await expect.poll(() => [1, 2, 3].some(isTraining), patience).toBe(true);
    await slurm.crashNode();
    say("the node's daemon and its steps were killed");
    await expect.poll(() => slurm.ask("sinfo", "-h", "-o", "%T"), patience).toMatch(/down|unknown|\*/);
    slurm.startNode();

    await expect
      .poll(() => existsSync(join(plan, "page.png")), { ...patience, timeout: 1_800_000 })
      .toBe(true);
    const status = await runRunner(["status", plan], slurm.environment);
    say(`merged\n${status.output}`);
    expect(status.code).toBe(0);
    const attempts = [...status.output.matchAll(/done +(\d+)/g)].map(([, count]) => Number(count));
    expect(attempts).toHaveLength(4);
    expect(Math.max(...attempts)).toBeGreaterThan(1);

    const whole = await runRunner([...words, join(folder, "whole")]);
    expect(whole.code, whole.output).toBe(0);
    const [expected, found] = [join(folder, "whole"), plan].map((at) => measured(join(at, "metrics.csv")));
    expect(found).toEqual(expected);
    say(`${found?.length} rows, ${found?.flat().length} cells are equal`);
    for (const name of readdirSync(join(plan, "logs")))
      say(`${name}\n${readFileSync(join(plan, "logs", name), "utf8")}`);
  } finally {
    await slurm.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
