import { type ExperimentInput, evaluatedAtPresent } from "../../protocol/experiment";
import { type Study, studies } from "../../protocol/studies/studies";
import { type Preset, presets } from "./presets";

/** Both sizes of a study. */
export function presetsOfStudy({ id, quick, full }: Study): readonly [Preset, Preset] {
  const size = (suffix: string, experiment: ExperimentInput): Preset => ({
    id: `${id}${suffix}`,
    experiment: evaluatedAtPresent(experiment),
  });
  return [size("", quick), size("-full", full)];
}

/** Everything that can be opened by id: presets, and the papers' studies in both sizes. */
export function presetById(id: string | undefined): Preset | undefined {
  return [...presets, ...studies.flatMap(presetsOfStudy)].find((one) => one.id === id);
}
