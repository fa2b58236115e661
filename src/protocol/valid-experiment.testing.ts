import type { Experiment, ExperimentInput } from "./experiment";
import { parseExperiment } from "./problems";

/** The experiment with every missing field at its default. @throws with all problems when it is invalid */
export function experimentOf(input: ExperimentInput): Experiment {
  const parsed = parseExperiment(input);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.experiment;
}
