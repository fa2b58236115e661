import { planRuns } from "../../src/engine/training/planning/plan-runs";
import { type Experiment, evaluatedAtPresent } from "../../src/protocol/experiment";
import { encodeExperiment } from "../../src/protocol/links/codec";
import { parseExperiment } from "../../src/protocol/problems";
import type { SchemeMethod } from "../../src/protocol/schemes";
import { withSuggestedGroups } from "../../src/protocol/suggestions";
import {
  baseOf,
  type Candidate,
  changesOf,
  type DatasetInput,
  datasetOf,
  type SearchedImages,
  type Settings,
  searchSeeds,
} from "./grid";
import { rateBudget, rateSettings, rateSubjects } from "./rates";

/** The grid's settings with the steps that a budget buys. The engine counts them, so this is bundled to run in Node. */

/** Only the last evaluation counts, so there are few. */
const EVALUATIONS = 2;

/** The number of steps of each stage with which a run costs the budget: a teacher learns as long as its student. */
function withSteps({ batchSize, views, arm }: Settings, dataset: DatasetInput, tflops: number): Experiment {
  const probe = 1_000;
  const of = (steps: number): Experiment => {
    const evaluation = { everySteps: Math.max(1, Math.round(steps / EVALUATIONS)) };
    const arms = [{ ...withSuggestedGroups(arm, batchSize), steps, teacherSteps: steps }];
    const input = evaluatedAtPresent({
      dataset,
      batchSize,
      views,
      evaluation,
      arms,
      seeds: [searchSeeds[0]],
    });
    const parsed = parseExperiment(input);
    if (parsed.ok) return parsed.experiment;
    throw new Error(parsed.problems.map(({ field, allowed }) => `${field}: ${allowed}`).join("; "));
  };
  const steps = Math.max(1, Math.round((probe * tflops) / costOf(of(probe))));
  return of(steps);
}

const ASSUMED_IMAGES = 4_000;

/** The compute of an experiment's first run, in TFLOP. */
export function costOf(experiment: Experiment): number {
  const { dataset } = experiment;
  const [run] = planRuns(experiment, dataset.source === "files" ? ASSUMED_IMAGES : dataset.train);
  const macs = run?.stages.reduce((sum, { steps, macsPerStep }) => sum + steps * macsPerStep, 0) ?? 0;
  return (2 * macs) / 1e12;
}

/** Every candidate of a method at a budget. */
export function candidatesOf(method: SchemeMethod, images: SearchedImages, tflops: number): Candidate[] {
  const base = baseOf(method, images);
  const dataset = datasetOf(images);
  const candidates = changesOf(method).map(([change, changed]) => ({
    method,
    change,
    tflops,
    experiment: withSteps(changed(base), dataset, tflops),
  }));
  // A change to what the base already has is none.
  const links = candidates.map(({ experiment }) => encodeExperiment(experiment));
  return candidates.filter((_, at) => links.indexOf(links[at] ?? "") === at);
}

/** Every candidate of the search for suggested rates. */
export function rateCandidates(): Candidate[] {
  return rateSubjects.flatMap((subject) =>
    rateSettings(subject).map(([change, settings]) => ({
      method: subject.method,
      change,
      tflops: rateBudget,
      experiment: withSteps(settings, datasetOf("textures"), rateBudget),
    })),
  );
}
