import { expect, test } from "vitest";
import { sizeMinutes } from "../../../protocol/estimate";
import type { Experiment } from "../../../protocol/experiment";
import { openingExperiment } from "../../../protocol/presets";
import { studies } from "../../../protocol/studies/studies";
import { experimentOf } from "../../../protocol/valid-experiment.testing";
import { sized } from "../../test-size.test-support";
import { durationOf } from "./duration";
import { counts, measuredOf } from "./measured.test-support";
import { fittingSizes } from "./sizes";

/** Estimates on a machine that is so many times as fast. */
const machine = (speed: number) => async (experiment: Experiment) => {
  const { dataset } = experiment;
  const images =
    dataset.source === "files" ? counts : { ...counts, train: dataset.train, test: dataset.test };
  const found = durationOf(experiment, images, measuredOf(experiment, images));
  if (!found) throw new Error("Everything was measured.");
  return { ...found, ms: found.ms / speed };
};

const catalog = [
  ["opening", openingExperiment()] as const,
  ...studies.map(({ id, quick }) => [id, experimentOf(quick)] as const),
];

test.each([0.2, 1, 30])("at %f times the speed each size takes as long as it is called", async (speed) => {
  for (const [id, experiment] of catalog.slice(0, sized(2, catalog.length))) {
    const sizes = await fittingSizes(experiment, machine(speed));
    expect(sizes.length, id).toBeGreaterThan(0);
    for (const { minutes, estimate } of sizes) {
      expect(sizeMinutes).toContain(minutes);
      expect(estimate.ms / 60_000 / minutes, `${id}, ${minutes} min`).toBeGreaterThan(0.75);
      expect(estimate.ms / 60_000 / minutes, `${id}, ${minutes} min`).toBeLessThan(1.3);
    }
  }
});

test("the comparison stays the same: methods, seeds, rates, and the proportions of lengths", async () => {
  for (const [id, experiment] of catalog.filter((_, at) => at % sized(6, 1) === 0)) {
    for (const { experiment: found } of await fittingSizes(experiment, machine(2))) {
      expect(found.seeds, id).toEqual(experiment.seeds);
      expect(found.batchSize, id).toBe(experiment.batchSize);
      expect(found.views, id).toEqual(experiment.views);
      for (const [at, arm] of found.arms.entries()) {
        const original = experiment.arms[at] as Experiment["arms"][number];
        expect({ ...arm.scheme, name: arm.name }, id).toEqual({ ...original.scheme, name: original.name });
        expect(arm.optimiser, id).toEqual(original.optimiser);
        for (const [other, { steps }] of found.arms.entries()) {
          if (experiment.arms[other]?.steps === original.steps) expect(steps, id).toBe(arm.steps);
        }
        if (original.teacherSteps === original.steps) expect(arm.teacherSteps, id).toBe(arm.steps);
        expect(arm.teacher.width / arm.student.width, id).toBe(
          original.teacher.width / original.student.width,
        );
      }
    }
  }
});

test("images and widths change only where the steps would become too few", async () => {
  const base = openingExperiment();
  const own = (await machine(1)(base)).ms / 60_000;
  const short = await fittingSizes(base, machine(own / 3));
  const steps = ({ experiment }: { experiment: Experiment }) => experiment.arms[0]?.steps ?? 0;
  const imagesOf = ({ experiment: { dataset } }: { experiment: Experiment }) =>
    dataset.source === "files" ? 0 : dataset.train;
  const [two] = short;
  expect(two && steps(two)).toBeGreaterThanOrEqual(100);
  expect(two && imagesOf(two)).toBe(base.dataset.source === "files" ? 0 : base.dataset.train);
  const [slow] = await fittingSizes(base, machine(own / 60));
  expect(slow && imagesOf(slow)).toBeLessThan(4_000);
  const [fast] = await fittingSizes(base, machine(own / 0.2));
  expect(fast && imagesOf(fast)).toBeGreaterThan(4_000);
});

test("from a trial of a few steps, each size can be reached", async () => {
  const base = openingExperiment();
  const arms = base.arms.map((arm) => ({ ...arm, steps: 24, teacherSteps: 12 }));
  const trial = experimentOf({ ...base, arms, dataset: { source: "shapes", train: 100, test: 50 } });
  const own = (await machine(1)(trial)).ms / 60_000;
  const sizes = await fittingSizes(trial, machine(own / 0.1));
  expect(sizes.map(({ minutes }) => minutes)).toEqual([...sizeMinutes]);
});

test("a machine on which nothing ends in two minutes gets no such size", async () => {
  const sizes = await fittingSizes(openingExperiment(), machine(1e-4));
  expect(sizes.map(({ minutes }) => minutes)).not.toContain(2);
});
