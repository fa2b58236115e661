import type { Experiment } from "../protocol/experiment";
import type { TracedArm } from "../protocol/messages";
import { isInPytorch } from "../protocol/pytorch";
import { withholdLabels } from "./dataset/unlabeled";
import { encodeSafetensors } from "./interchange/safetensors";
import type { LoadedDataset } from "./loaded-dataset";
import { requireDataset } from "./require-dataset";
import { openContext } from "./training/open-context";
import { traceRun } from "./training/trace";

/** A teacher in a trace need not know anything: these steps give it weights that no formula gives. */
const teacherSteps = 2;

/**
 * Traces the first steps of every arm that PyTorch can train, with the experiment's first seed. A teacher with a stage
 * of its own is trained for two steps only.
 *
 * @throws EngineFailure if the images are not those of the experiment
 */
export async function traceArms(
  experiment: Experiment,
  loaded: LoadedDataset | undefined,
  steps: number,
  signal: AbortSignal,
): Promise<readonly TracedArm[]> {
  const { dataset } = requireDataset(experiment, loaded);
  const settings = experiment.dataset;
  const parted = withholdLabels(dataset.train, dataset.classNames.length, settings.unlabelled, settings.seed);
  const arms = experiment.arms.map((arm) => ({
    ...arm,
    teacherSteps: Math.min(arm.teacherSteps, teacherSteps),
  }));
  const { context, dispose } = await openContext({ ...experiment, arms }, dataset, parted);
  const [seed = 1] = experiment.seeds;
  const traced: TracedArm[] = [];
  try {
    for (const [index, arm] of arms.entries()) {
      if (!isInPytorch(arm, settings)) continue;
      signal.throwIfAborted();
      const trace = await traceRun(context, index, seed, steps);
      const isStart = ({ name }: { readonly name: string }) => name.startsWith("before/");
      traced.push({
        arm: index,
        index: JSON.stringify(trace.index, null, 1),
        start: encodeSafetensors(trace.tensors.filter(isStart)),
        steps: encodeSafetensors(trace.tensors.filter((tensor) => !isStart(tensor))),
      });
    }
  } finally {
    dispose();
  }
  return traced;
}
