import { type ExperimentInput, evaluatedAtPresent } from "../../protocol/experiment";
import { guides } from "../../protocol/guides/guides";
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

/** Everything that can be opened by id: presets, the papers' studies in both sizes, and guided experiments as a whole. */
export function presetById(id: string | undefined): Preset | undefined {
  return [...presets, ...studies.flatMap(presetsOfStudy), ...guides].find((one) => one.id === id);
}
