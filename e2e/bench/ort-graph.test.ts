import "@tensorflow/tfjs-backend-cpu";
import * as runtime from "onnxruntime-web";
import { expect, test } from "vitest";
import { ortTraining } from "./page/contenders/ort.ts";
import { ours } from "./page/contenders/ours.ts";
import { type SupervisedWorkload, workloads } from "./workloads.ts";

test("the peer that runs a graph takes the same steps as Retort", async () => {
  const { network } = workloads.W1;
  const workload: SupervisedWorkload = { ...workloads.W1, network, batch: 5, size: 9 };
  const losses = async (contender: Awaited<ReturnType<typeof ours>>) => {
    const found: number[] = [];
    for (let step = 0; step < 4; step++) {
      contender.step();
      found.push(await contender.settle());
    }
    return found;
  };
  const wanted = await losses(await ours(workload, { on: "cpu", tuned: false }));
  const given = await losses(await ortTraining(workload, runtime));
  expect(wanted[3]).not.toBeCloseTo(wanted[0] as number, 1);
  given.forEach((loss, i) => void expect(loss).toBeCloseTo(wanted[i] as number, 3));
});
