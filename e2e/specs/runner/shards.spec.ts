import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { experimentOf } from "../../../src/protocol/valid-experiment.testing";
import { fewShapes, fourTinyArms } from "../../fixtures/tiny-experiments";
import { startModelHub } from "../../hub/model-hub";
import { measured, runRunner, spawnRunner } from "../../resume/spawned-runner";

let folder = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retort-shards-"));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The words that train an experiment into the folder that follows. */
function words(): string[] {
  const file = join(folder, "experiment.json");
  const dataset = { ...fewShapes, train: 40, test: 20 };
  // The first one is interrupted twice, and must not end before.
  const arms = fourTinyArms
    .slice(0, 2)
    .map((arm, at) => ({ ...arm, steps: at === 0 ? 2_000 : 24, teacherSteps: 8 }));
  writeFileSync(
    file,
    JSON.stringify(experimentOf({ batchSize: 8, evaluation: { everySteps: 500 }, dataset, arms })),
  );
  return [file, "--backend", "wasm", "--page", "dist", "--out"];
}

test("shards that were interrupted, killed and called twice merge to what one process measures", async () => {
  test.setTimeout(900_000);
  const training = words();
  const plan = join(folder, "plan");
  const planned = await runRunner(["plan", ...training, plan, "--by", "run"]);
  expect(planned.output).toBe("0: BYOL with seed 1\n1: SimDis-Off with seed 1\n");

  const first = spawnRunner(["shard", plan, "0"]);
  await first.said("attempt 1.");
  // It must not finish while the second one starts.
  first.child.kill("SIGSTOP");
  const second = await runRunner(["shard", plan, "0"]);
  expect(second.output).toMatch(/^Process \d+ on \S+ is working on \S+; wait for it, or stop it first\.\n$/);
  expect(second.code).toBe(75);
  first.child.kill("SIGCONT");
  await first.said("The first steps are done.");
  first.child.kill("SIGUSR1");
  expect(await first.ended).toBe(75);
  expect(first.output()).toContain("SIGUSR1: The training is saved.");

  const killed = spawnRunner(["shard", plan, "0"]);
  await killed.said(/Continuing the training saved at .*[\s\S]*The first steps are done\./);
  killed.child.kill("SIGKILL");
  await killed.ended;
  const [early, unknown] = await Promise.all([runRunner(["status", plan]), runRunner(["shard", plan, "2"])]);
  expect(early.code).toBe(1);
  expect(early.output).toMatch(/^0 +interrupted +2 .*\n1 +waiting +0 /m);
  expect(unknown).toEqual({ code: 2, output: `There is no shard 2: ${plan} has shards 0 to 1.\n` });

  const rest = await Promise.all([
    runRunner(["shard", plan, "0"]),
    runRunner(["shard", plan], { SLURM_ARRAY_TASK_ID: "1" }),
  ]);
  expect(rest.map(({ code }) => code)).toEqual([0, 0]);
  const [again, missing] = await Promise.all([
    runRunner(["shard", plan, "0"]),
    runRunner(["status", plan, "--missing"]),
  ]);
  expect(again).toEqual({ code: 0, output: "Shard 0 is done.\n" });
  expect(missing.output).toBe("\n");

  const hub = await startModelHub("hf_secret");
  const access = { HF_TOKEN: "hf_secret", HF_ENDPOINT: hub.address };
  const out = join(folder, "whole");
  const [merged, whole] = await Promise.all([
    runRunner(["merge", plan, "--tensorboard", join(plan, "events")]),
    runRunner(
      [...training, out, "--tensorboard", join(out, "events"), "--weights", "onnx", "--push", "me/study"],
      access,
    ),
  ]);
  expect(merged.output).toBe(`Merged into ${plan}.\n`);
  expect(whole.code, whole.output).toBe(0);
  expect(whole.output).toContain(`Uploaded to ${hub.address}/me/study.`);
  const uploaded = hub.repositories.get("me/study");
  expect([...(uploaded?.keys() ?? [])].toSorted()).toEqual([
    "BYOL, seed 1, student.onnx",
    "README.md",
    "SimDis-Off, seed 1, student.onnx",
    "SimDis-Off, seed 1, teacher.onnx",
  ]);
  const logs = (at: string) =>
    readdirSync(join(at, "events"), { recursive: true, encoding: "utf8" }).toSorted();
  expect(logs(out)).toHaveLength(logs(plan).length);
  expect(logs(out).filter((name) => name.includes("tfevents"))).toHaveLength(2);
  rmSync(join(out, "networks"), { recursive: true });
  const [without, late] = await Promise.all([
    runRunner(["--out", out, "--push", "me/study"], access),
    runRunner(["--out", out, "--weights", "onnx"]),
  ]);
  expect(without.output).toContain(
    `There are no trained networks in ${join(out, "networks")}: --push takes them`,
  );
  expect(without.code).toBe(1);
  expect(late).toEqual({
    code: 1,
    output: `The training in ${out} has finished without --weights, so its networks are gone: train again with another --out.\n`,
  });
  await hub.close();
  expect(measured(join(plan, "metrics.csv"))).toEqual(measured(join(folder, "whole", "metrics.csv")));

  const result = join(plan, "shards", "0001", "result.json");
  writeFileSync(result, readFileSync(result, "utf8").replace(/"plan": "\w+"/, '"plan": "0"'));
  const foreign = await runRunner(["merge", plan]);
  expect(foreign).toEqual({
    code: 1,
    output: `${join(plan, "shards", "0001")} is a shard of another plan.\n`,
  });
});
