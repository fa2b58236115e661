import { expect, test } from "vitest";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { candidatesOf, costOf, rateCandidates } from "./candidates";
import { budgets, searchedMethods, searchSeeds, seeded } from "./grid";
import { rateBudget, rateSubjects } from "./rates";
import { presentRecords, type SearchRecord } from "./records";

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

test("what was tried with settings that have changed since is none of today's runs", () => {
  const [today] = candidatesOf("byol", "textures", 0.5);
  if (!today) return expect.unreachable();
  const record = (link: string): SearchRecord => ({
    link,
    method: "byol",
    change: today.change,
    tflops: 0.5,
    seed: searchSeeds[0],
    steps: 100,
    validation: {},
    floors: { pixels: 0.26, calibrated: 0.18 },
    seconds: 10,
    device: "",
    commit: "",
  });
  const before = { ...today.experiment, batchSize: 2 * today.experiment.batchSize };
  const own = record(encodeExperiment(seeded(today, searchSeeds[0])));
  const stale = record(encodeExperiment({ ...before, seeds: [searchSeeds[0]] }));
  expect(presentRecords([stale, own], [today], searchSeeds)).toEqual([own]);
});
