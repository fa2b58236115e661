import { expect, test } from "vitest";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { candidatesOf, costOf, rateCandidates } from "./candidates";
import { budgets, searchedMethods, searchSeeds, seeded } from "./grid";
import { rateJobs, rateSeeds, searchedRates } from "./rates";

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

test("rates of a method are searched for in one experiment, with equal steps that cost their budget", () => {
  const jobs = rateJobs(rateCandidates());
  for (const { experiment, candidates } of jobs) {
    expect(experiment.seeds).toEqual(rateSeeds);
    expect(experiment.arms.map(({ optimiser }) => optimiser.learningRate)).toEqual(searchedRates);
    expect(experiment.arms.map(({ name }) => name)).toEqual(candidates.map(({ change }) => change));
    expect(new Set(experiment.arms.map(({ steps }) => steps)).size).toBe(1);
    for (const { experiment: own, tflops } of candidates)
      expect(Math.abs(costOf(own) / tflops - 1)).toBeLessThan(0.05);
  }
  expect(new Set(jobs.map(({ experiment }) => encodeExperiment(experiment))).size).toBe(jobs.length);
});
