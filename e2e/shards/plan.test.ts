import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { experimentOf as experimentFrom } from "../../src/protocol/valid-experiment.testing";
import { fourTinyArms, smallest } from "../fixtures/tiny-experiments";
import { divide, divisions, experimentOf, hashOfPlan, type Plan } from "./plan";

const offline = (name: string, teacherSteps: number) => ({
  name,
  scheme: { method: "simdis-off" } as const,
  student: smallest,
  teacher: smallest,
  steps: 24,
  teacherSteps,
});
const experiment = experimentFrom({
  batchSize: 8,
  arms: [offline("A", 12), ...fourTinyArms.slice(0, 1), offline("B", 12), offline("C", 6)],
  seeds: [3, 1],
});

describe.each(divisions)("by %s", (by) => {
  test("every run is in exactly one shard", () => {
    const runs = divide(experiment, by).flatMap(({ arms, seeds }) =>
      arms.flatMap((arm) => seeds.map((seed) => `${arm}-${seed}`)),
    );
    const all = [0, 1, 2, 3].flatMap((arm) => [3, 1].map((seed) => `${arm}-${seed}`));
    expect(runs.toSorted()).toEqual(all.toSorted());
  });
});

test("arms that share a teacher are in one shard, others alone", () => {
  expect(divide(experiment, "group")).toEqual([
    { arms: [0, 2], seeds: [3] },
    { arms: [1], seeds: [3] },
    { arms: [3], seeds: [3] },
    { arms: [0, 2], seeds: [1] },
    { arms: [1], seeds: [1] },
    { arms: [3], seeds: [1] },
  ]);
});

const plan: Plan = { experiment, gpu: false, page: "p", shards: divide(experiment, "run") };

test("a shard's experiment differs from the whole one in arms and seeds only", () => {
  fc.assert(
    fc.property(fc.nat(plan.shards.length - 1), (index) => {
      const shard = plan.shards[index];
      if (!shard) return;
      const { arms, seeds, ...shared } = experimentOf(plan, shard);
      expect(arms).toEqual(shard.arms.map((arm) => experiment.arms[arm]));
      expect(seeds).toEqual(shard.seeds);
      const { arms: _, seeds: __, ...expected } = experiment;
      expect(shared).toEqual(expected);
    }),
  );
});

test("plans that would compute something else have other hashes; where the images lie does not matter", () => {
  const data = { path: "/a", hash: "h" };
  const others: readonly Plan[] = [
    plan,
    { ...plan, page: "q" },
    { ...plan, backend: "wasm" },
    { ...plan, gpu: true },
    { ...plan, data },
    { ...plan, data: { ...data, hash: "i" } },
    { ...plan, shards: divide(experiment, "seed") },
    { ...plan, experiment: { ...experiment, batchSize: 16 } },
  ];
  expect(new Set(others.map(hashOfPlan)).size).toBe(others.length);
  expect(hashOfPlan({ ...plan, data: { ...data, path: "/b" } })).toBe(hashOfPlan({ ...plan, data }));
});
