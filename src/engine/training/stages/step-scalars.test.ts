import fc from "fast-check";
import { expect, test } from "vitest";
import type { Arm, ExperimentInput } from "../../../protocol/experiment";
import type { PlannedStage } from "../../../protocol/messages";
import { armKnobs } from "../../../protocol/settings/arm";
import { experimentOf } from "../../../protocol/valid-experiment.testing";
import { realWeightSteps, scalarsOf } from "./step-scalars";

type ArmInput = NonNullable<ExperimentInput["arms"]>[number];

function armOf(input: ArmInput): Arm {
  return experimentOf({ arms: [input] }).arms[0] as Arm;
}

const plan: PlannedStage = { stage: "student", steps: 100, stepsPerEpoch: 10, macsPerStep: 1 };
const at = (step: number, arm: Arm, stage: PlannedStage = plan) =>
  scalarsOf(step, { arm, plan: stage, seed: 1, batchSize: 256, line: 0 });
const rates = (arm: Arm) => Array.from({ length: 100 }, (_, step) => at(step, arm).studentRate);

test("One-cycle AdamW fix: the peak of 0.005 is reached at 10 % of the steps", () => {
  const arm = armOf({ schedule: "oneCycle", warmup: 0.1, optimiser: { kind: "adamw", learningRate: 0.005 } });
  const all = rates(arm);
  expect(Math.max(...all)).toBeCloseTo(0.005, 10);
  expect(all.indexOf(Math.max(...all))).toBe(10);
  expect(all[0]).toBeCloseTo(0.005 / 25, 10);
  expect(all[99]).toBeLessThan(1e-5);
});

test("whatever the schedule, its warm-up and length, every rate is a number from 0 to the peak", () => {
  const schedules = armKnobs.schedule.options;
  fc.assert(
    fc.property(
      fc.constantFrom(...schedules),
      fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      fc.integer({ min: 1, max: 60 }),
      (schedule, warmup, steps) => {
        const arm = armOf({ schedule, warmup, optimiser: { learningRate: 1 } });
        for (let step = 0; step < steps; step++) {
          const { studentRate } = at(step, arm, { ...plan, steps });
          expect(studentRate >= 0 && studentRate <= 1 + 1e-9, `${step}: ${studentRate}`).toBe(true);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("a linear rate is constant within an epoch, a stepwise rate falls to a tenth twice, and a constant rate does not change", () => {
  const linear = rates(armOf({ schedule: "linear", optimiser: { learningRate: 1 } }));
  expect(new Set(linear.slice(20, 30)).size).toBe(1);
  expect(linear[50]).toBeCloseTo(0.5, 10);
  const stepwise = rates(armOf({ schedule: "step", optimiser: { learningRate: 1 } }));
  expect([stepwise[59], stepwise[60], stepwise[80]].map((rate) => rate?.toFixed(4))).toEqual([
    "1.0000",
    "0.1000",
    "0.0100",
  ]);
  expect(new Set(rates(armOf({ schedule: "constant" }))).size).toBe(1);
});

test("1k fine-tune: a stage of its own at a hundredth of the rate", () => {
  const arm = armOf({
    scheme: { method: "ssld", fineTune: 0.2 },
    optimiser: { learningRate: 1, teacherLearningRate: 1 },
  });
  const tail: PlannedStage = { ...plan, stage: "fineTune", steps: 20 };
  expect(Array.from({ length: 20 }, (_, step) => at(step, arm, tail).studentRate)).toEqual(
    Array(20).fill(0.01),
  );
  expect(Math.max(...rates(arm))).toBeGreaterThan(0.9);
});

test("wd per model; scratch vs loaded lr: a pretrained student continues at its share of the rate, after pretraining at the full rate", () => {
  const start = { from: "supervised", rateShare: 0.1 } as const;
  const peak = (arm: Arm, stage: PlannedStage["stage"]) =>
    Math.max(...Array.from({ length: 100 }, (_, step) => at(step, arm, { ...plan, stage }).studentRate));
  const loaded = armOf({ start, optimiser: { learningRate: 1 } });
  const scratch = armOf({ optimiser: { learningRate: 1 } });
  expect(peak(loaded, "student")).toBeCloseTo(0.1 * peak(scratch, "student"), 10);
  expect(peak(loaded, "pretraining")).toBe(peak(scratch, "student"));
});

test("momentum rises to 1 in BYOL and is constant in MoCo, also for a MoCo teacher", () => {
  const byol = armOf({ scheme: { method: "byol" }, tau0: 0.9 });
  expect(at(0, byol).tau).toBeCloseTo(0.9, 10);
  expect(at(99, byol).tau).toBeGreaterThan(0.999);
  const moco = armOf({ scheme: { method: "moco", momentum: 0.95 } });
  expect([at(0, moco).tau, at(99, moco).tau]).toEqual([0.95, 0.95]);
  const seed = armOf({ scheme: { method: "seed" } });
  expect(at(5, seed, { ...plan, stage: "teacher" }).tau).toBe(0.99);
});

test("mixup's weight is at least one half, differs between steps, and is the same for the same seed", () => {
  const arm = armOf({ scheme: { method: "funmatch" } });
  const weights = Array.from({ length: 50 }, (_, step) => at(step, arm).mixup);
  expect(Math.min(...weights)).toBeGreaterThanOrEqual(0.5);
  expect(Math.max(...weights)).toBeLessThanOrEqual(1);
  expect(new Set(weights).size).toBe(50);
  expect(weights).toEqual(Array.from({ length: 50 }, (_, step) => at(step, arm).mixup));
  expect(at(0, arm).ownMixup).not.toBe(at(0, arm).mixup);
});

test("two-step binary training has real weights only in the first half of the student's steps", () => {
  const two = armOf({ scheme: { method: "s2bnn", training: "two" } });
  expect(realWeightSteps(two, plan)).toBe(50);
  expect(realWeightSteps(two, { ...plan, stage: "teacher" })).toBe(0);
  expect(realWeightSteps(armOf({ scheme: { method: "s2bnn" } }), plan)).toBe(0);
});
