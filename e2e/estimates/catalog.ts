import type { Experiment } from "../../src/protocol/experiment";
import { studies } from "../../src/protocol/studies/studies";
import { experimentOf } from "../../src/protocol/valid-experiment.testing";
import { presets } from "../../src/store/experiment/presets";

/** Experiments of the page's catalog, of different methods and networks. */
const chosen = [
  "small",
  "labels",
  "families",
  "teachers",
  "mobilenet-pair",
  "offline-online-between",
  "s2bnn-baseline",
  "funmatch-cached",
  "dml-figure-4b",
  "pretrained-init",
] as const;

export interface Named {
  readonly id: string;
  readonly experiment: Experiment;
}

/** @throws RangeError if the catalog has no such experiment */
export function catalogOf(ids: readonly string[] = chosen): readonly Named[] {
  return ids.map((id) => {
    const input =
      presets.find((preset) => preset.id === id)?.experiment ??
      studies.find((study) => study.id === id)?.quick;
    if (!input)
      throw new RangeError(`There is no preset or study “${id}”; there are ${chosen.join(", ")} and others.`);
    return { id, experiment: experimentOf({ ...input, seeds: [1] }) };
  });
}

/** Evaluations of each stage of a shortened experiment. */
const evaluations = 6;
const leastSteps = 6;

/** The same experiment with so much of its steps. */
export function shortened(experiment: Experiment, share: number): Experiment {
  const times = (steps: number) => (steps === 0 ? 0 : Math.max(leastSteps, Math.round(steps * share)));
  const arms = experiment.arms.map((arm) => ({
    ...arm,
    steps: times(arm.steps),
    teacherSteps: times(arm.teacherSteps),
    fixSteps: times(arm.fixSteps),
    start: { ...arm.start, steps: Math.max(1, times(arm.start.steps)) },
  }));
  const longest = Math.max(...arms.map(({ steps }) => steps));
  const everySteps = Math.max(1, Math.ceil(longest / evaluations));
  return experimentOf({ ...experiment, arms, evaluation: { ...experiment.evaluation, everySteps } });
}
