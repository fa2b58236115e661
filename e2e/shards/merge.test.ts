import fc from "fast-check";
import { expect, test } from "vitest";
import { batchOfRows } from "../../src/protocol/metrics/metric-batch";
import type { WholeTraining } from "../../src/protocol/saved-training";
import { parseTraining } from "../../src/protocol/saved-training";
import { experimentOf as experimentFrom } from "../../src/protocol/valid-experiment.testing";
import { fourTinyArms } from "../fixtures/tiny-experiments";
import { joined } from "./merge";
import { type Division, divide, experimentOf, type Plan } from "./plan";

const experiment = experimentFrom({ batchSize: 8, arms: [...fourTinyArms], seeds: [2, 1] });
const planBy = (by: Division): Plan => ({
  experiment,
  gpu: false,
  page: "p",
  shards: divide(experiment, by),
});

const runOf = (arm: number, name: string, seed: number) => ({
  planned: {
    runId: `${arm}-${seed}`,
    arm,
    seed,
    stages: [{ stage: "joint", steps: 4, stepsPerEpoch: 2, macsPerStep: 1 }],
    paperMacs: 1,
    parameters: { student: name.length },
  } as const,
});

/** What a shard would record; its rows tell the arm by its name. */
function trained(plan: Plan, index: number, changes: Partial<WholeTraining["training"]> = {}): WholeTraining {
  const shard = plan.shards[index];
  if (!shard) throw new Error("no such shard");
  const own = experimentOf(plan, shard);
  const runs = own.arms.flatMap(({ name }, arm) => own.seeds.map((seed) => runOf(arm, name, seed)));
  const batches = runs.map(({ planned: { runId, arm, seed } }) => {
    const values = { studentLoss: (own.arms[arm]?.name.length ?? 0) + 100 * seed };
    return batchOfRows(runId, [{ stage: "joint", step: 1, epoch: 0, wallMs: 1, macs: 1, values }]);
  });
  const id = `00000000-0000-4000-8000-00000000000${index}`;
  const remarks = { name: "", tags: [], note: "" };
  const times = { startedAt: 10 - index, updatedAt: 20 + index };
  const training = { id, ...remarks, ...times, status: "finished", device: "CPU (wasm)" } as const;
  return { training: { ...training, experiment: own, runs, ...changes }, batches };
}

const partsOf = (plan: Plan) => plan.shards.map((_, index) => ({ index, whole: trained(plan, index) }));

test("the merged training is the same whatever the order of the shards", () => {
  const plan = planBy("run");
  const merged = joined(plan, partsOf(plan));
  fc.assert(
    fc.property(fc.shuffledSubarray(partsOf(plan), { minLength: plan.shards.length }), (parts) => {
      expect(joined(plan, parts)).toEqual(merged);
    }),
  );
});

test.each(["group", "run", "seed"] as const)(
  "divided by %s, every run has its own arm, seed and rows",
  (by) => {
    const plan = planBy(by);
    const { training, batches } = joined(plan, partsOf(plan));
    expect(parseTraining(training)).toMatchObject({ ok: true });
    const order = experiment.arms.flatMap((_, arm) => experiment.seeds.map((seed) => `${arm}-${seed}`));
    expect(training.runs.map(({ planned }) => planned.runId)).toEqual(order);
    expect(batches.map(({ runId }) => runId)).toEqual(order);
    for (const { planned } of training.runs) {
      expect(planned.parameters.student).toBe(experiment.arms[planned.arm]?.name.length);
    }
  },
);

test("kernels that were chosen differently by timing are refused, unless they may be mixed", () => {
  const plan = planBy("run");
  const [first, second, ...rest] = partsOf(plan);
  if (!first || !second) throw new Error("the plan has too few shards");
  const chosen = (kernel: string, other: string) => [
    { ...first, kernels: { "forward 3 3": "quads", "forward 1 1": "plain" } },
    { ...second, kernels: { "forward 3 3": kernel, "forward 5 5": other } },
    ...rest,
  ];
  // Another choice for a convolution that no other shard has is no difference.
  expect(joined(plan, chosen("quads", "workgroup"))).toEqual(joined(plan, [first, second, ...rest]));
  const differing = chosen("workgroup", "quads");
  expect(() => joined(plan, differing)).toThrow("Shards 0 and 1 have chosen different kernels by timing");
  expect(joined(plan, differing, true)).toEqual(joined(plan, [first, second, ...rest]));
});

test("missing shards, another experiment and mixed backends are refused in a sentence", () => {
  const plan = planBy("run");
  const parts = partsOf(plan);
  expect(() => joined(plan, parts.slice(2, 5))).toThrow("These shards are not done: 0-1,5-7.");
  const foreign = { index: 0, whole: trained(plan, 1) };
  expect(() => joined(plan, [foreign, ...parts.slice(1)])).toThrow(
    "Shard 0 has trained another experiment than the plan's.",
  );
  const other = { index: 0, whole: trained(plan, 0, { device: "NVIDIA (webgpu)" }) };
  const mixed = [other, ...parts.slice(1)];
  expect(() => joined(plan, mixed)).toThrow(/different backends.*NVIDIA \(webgpu\); CPU \(wasm\)/);
  expect(joined(plan, mixed, true).training.device).toBe("NVIDIA (webgpu); CPU (wasm)");
});
