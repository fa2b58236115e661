import { expect, test } from "vitest";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { candidatesOf, costOf, rateCandidates } from "./candidates";
import { budgets, searchedMethods, searchSeeds, seeded } from "./grid";
import { rateBudget, rateSubjects } from "./rates";

test.each(searchedMethods)("%s: candidates are valid, differ, and cost their budget", (method) => {
  for (const images of ["textures", { photographs: "cifar10" }] as const) {
    for (const tflops of budgets) {
      const candidates = candidatesOf(method, images, tflops);
      const links = candidates.map(({ experiment }) => encodeExperiment(experiment));
      expect(new Set(links).size).toBe(candidates.length);
      for (const { change, experiment } of candidates) {
        expect(Math.abs(costOf(experiment) / tflops - 1), `${change}, ${tflops} TFLOP`).toBeLessThan(0.05);
      }
    }
  }
});

test("no seed of the images or of the training is one that is reported on", () => {
  const [candidate] = candidatesOf("byol", "textures", 0.5);
  if (!candidate) return expect.unreachable();
  for (const seed of searchSeeds) {
    const experiment = seeded(candidate, seed);
    expect(experiment.seeds).toEqual([seed]);
    expect(Math.min(seed, experiment.dataset.seed)).toBeGreaterThan(10);
  }
});

test("the candidates for suggested rates differ in the rate alone and cost their budget", () => {
  const candidates = rateCandidates();
  for (const { experiment } of candidates)
    expect(Math.abs(costOf(experiment) / rateBudget - 1)).toBeLessThan(0.05);
  const links = candidates.map(({ experiment }) => encodeExperiment(experiment));
  expect(new Set(links).size).toBe(candidates.length);
  const rateless = ({ experiment }: (typeof candidates)[number]) =>
    encodeExperiment({
      ...experiment,
      arms: experiment.arms.map((arm) => ({
        ...arm,
        optimiser: { ...arm.optimiser, learningRate: 1, teacherLearningRate: 1 },
      })),
    });
  expect(new Set(candidates.map(rateless)).size).toBe(rateSubjects.length);
});
