import { type ExperimentInput, evaluatedAtPresent } from "../../protocol/experiment";
import { findingRecords } from "../../protocol/findings/findings";
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

/** Everything that can be opened by id: presets, the papers' studies in both sizes, guided experiments as a whole, and what is recorded for findings. */
export function presetById(id: string | undefined): Preset | undefined {
  const recorded = findingRecords.map(({ id: own, experiment }) => ({
    id: own,
    experiment: evaluatedAtPresent(experiment),
  }));
  return [...presets, ...studies.flatMap(presetsOfStudy), ...guides, ...recorded].find(
    (one) => one.id === id,
  );
}
