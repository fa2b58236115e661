import { zipSync } from "fflate";
import type { Experiment } from "../../protocol/experiment";
import type { PlannedRun, TracedArm } from "../../protocol/messages";
import { pytorchMethods } from "../../protocol/pytorch";
import { texts } from "../../texts/texts";

/** The number of steps for `python -m retort_torch check` to replay. */
export const tracedSteps = 5;

/** The package's sources, unchanged: what its tests run is what is exported. */
const sources = import.meta.glob<string>(
  ["../../../python/retort_torch/**/*.py", "../../../python/project/*", "../../../LICENSE"],
  { query: "?raw", import: "default", eager: true },
);

/** The place of a source in the project: the package in a folder, everything else beside it. */
const placeOf = (path: string) =>
  path.replace(/^.*\/python\/(project\/)?/, "").replace(/^.*\/(?=LICENSE$)/, "");

/**
 * A PyTorch project as one zip: the experiment and its plan, the package, a short program, and for each arm its
 * starting weights and its first steps.
 *
 * @throws Error with a sentence for the visitor if no arm can be trained there
 */
export function pytorchZip(
  experiment: Experiment,
  { arms, runs }: { readonly arms: readonly TracedArm[]; readonly runs: readonly PlannedRun[] },
): Blob {
  if (arms.length === 0) throw new Error(texts().exports.noPytorch(pytorchMethods.join(", ")));
  const encoder = new TextEncoder();
  const written: Record<string, string> = {
    "experiment.json": JSON.stringify(experiment, null, 1),
    "plan.json": JSON.stringify(runs, null, 1),
    ...Object.fromEntries(Object.entries(sources).map(([path, text]) => [placeOf(path), text])),
    ...Object.fromEntries(arms.map(({ arm, index }) => [`arm-${arm}/trace.json`, index])),
  };
  const weights = arms.flatMap(({ arm, start, steps }) => [
    [`arm-${arm}/start.safetensors`, start] as const,
    [`arm-${arm}/trace.safetensors`, steps] as const,
  ]);
  const zip = zipSync({
    ...Object.fromEntries(Object.entries(written).map(([name, text]) => [name, encoder.encode(text)])),
    // Random weights do not compress.
    ...Object.fromEntries(weights.map(([name, bytes]) => [name, [bytes, { level: 0 }] as const])),
  });
  return new Blob([zip], { type: "application/zip" });
}
