import { type ExperimentInput, evaluatedAtPresent } from "../../protocol/experiment";
import { methods } from "../../protocol/methods/methods";
import { openingInput, smallExperiment } from "../../protocol/presets";
import {
  labeledRates,
  mildViews,
  photographViews,
  SMALL_BATCH,
  smallPair,
  suggestedGroups,
} from "../../protocol/suggestions";
import { texts } from "../../texts/texts";

/** Ids that the texts name and describe. */
type PresetId = keyof ReturnType<typeof texts>["presets"];

/** An experiment to start from. */
export interface Preset<Id extends string = string> {
  readonly id: Id;
  readonly experiment: ExperimentInput;
}

/** Images, batches and views on which small networks learn within a few hundred steps without labels. */
const { arms: _, ...onTextures } = openingInput;
/** Views of arms that learn from labels. */
const labeled = { ...smallPair, ...labeledRates, views: mildViews } as const;
/** Contrastive methods have rates of their own (docs/search.md). */
const contrasted = { ...smallPair, ...methods.moco.rates } as const;
const simdisOff = (targets: (1 | 2 | 3 | 4 | 5 | 6 | 7)[]) => ({ method: "simdis-off", targets }) as const;
const distilled = { ...smallPair, ...labeledRates, steps: 300, teacherSteps: 300 } as const;
const photographs = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.25 },
  steps: 300,
  teacherSteps: 900,
  optimiser: { learningRate: 0.5, teacherLearningRate: 0.5 },
  tau0: 0.98,
} as const;

const settingsOfPresets: readonly Preset<PresetId>[] = [
  {
    id: "small",
    experiment: smallExperiment,
  },
  {
    id: "default",
    experiment: openingInput,
  },
  {
    id: "seeds",
    experiment: {
      ...onTextures,
      batchSize: 64,
      seeds: [1, 2, 3, 4, 5],
      arms: [
        { ...smallPair, name: "SimDis-On", scheme: { method: "simdis-on" } },
        { ...smallPair, name: "SimDis-Off", scheme: { method: "simdis-off" } },
      ],
    },
  },
  {
    id: "noise",
    experiment: {
      // A label drawn at random is right once in ten: 60 % drawn are 54 % wrong.
      dataset: { source: "textures", labelNoise: 0.54 },
      views: mildViews,
      seeds: [1, 2, 3, 4, 5],
      arms: [
        { ...distilled, name: "Labels alone", scheme: { method: "supervised" } },
        { ...distilled, name: "KD", scheme: { method: "kd", scaling: "hinton" } },
      ],
    },
  },
  {
    id: "targets",
    experiment: {
      ...onTextures,
      arms: [
        { ...smallPair, name: "Ŝ other view", scheme: { method: "byol" } },
        { ...smallPair, name: "+ T̂ same view", scheme: simdisOff([3, 6]) },
        { ...smallPair, name: "+ T̂ other view", scheme: simdisOff([3, 7]) },
        { ...smallPair, name: "All seven", scheme: simdisOff([1, 2, 3, 4, 5, 6, 7]) },
      ],
    },
  },
  {
    id: "labels",
    experiment: {
      ...onTextures,
      arms: [
        { ...labeled, name: "Supervised", scheme: { method: "supervised" } },
        { ...smallPair, name: "BYOL", scheme: { method: "byol" } },
        { ...smallPair, name: "SimDis-Off", scheme: { method: "simdis-off" } },
      ],
    },
  },
  {
    id: "families",
    experiment: {
      ...onTextures,
      arms: [
        { ...smallPair, name: "BYOL", scheme: { method: "byol" } },
        {
          ...contrasted,
          name: "MoCo-v2",
          scheme: { method: "moco", ...suggestedGroups("moco", SMALL_BATCH) },
        },
        { ...contrasted, name: "SEED", scheme: { method: "seed" } },
        { ...contrasted, name: "CompRess", scheme: { method: "compress" } },
        { ...smallPair, name: "SimDis-Off", scheme: { method: "simdis-off" } },
      ],
    },
  },
  {
    id: "teachers",
    experiment: {
      ...onTextures,
      arms: [
        { ...labeled, name: "Labels alone", scheme: { method: "supervised" } },
        { ...labeled, name: "KD", scheme: { method: "kd", scaling: "hinton" } },
        { ...labeled, name: "SSLD", scheme: { method: "ssld" } },
        { ...labeled, name: "Function matching", scheme: { method: "funmatch" } },
        { ...labeled, name: "A peer", scheme: { method: "dml" } },
      ],
    },
  },
  {
    id: "photographs",
    experiment: {
      dataset: { source: "files", name: "Photographs", resolution: 32 },
      views: photographViews,
      arms: [
        { ...photographs, name: "BYOL", scheme: { method: "byol" } },
        { ...photographs, name: "SimDis-Off", scheme: { method: "simdis-off" } },
        { ...photographs, name: "SimDis-On", scheme: { method: "simdis-on" } },
      ],
    },
  },
];

export const presets: readonly Preset<PresetId>[] = settingsOfPresets.map(({ id, experiment }) => ({
  id,
  experiment: evaluatedAtPresent(experiment),
}));

/** With its arms named in the current language: an opened preset is the visitor's own, and names are part of links. */
export function inWords<Id extends string>(preset: Preset<Id>): Preset<Id> {
  const { arms } = preset.experiment;
  if (!arms) return preset;
  const named = arms.map((arm) => ({ ...arm, name: texts().arms.ofPreset(arm.name ?? "") }));
  return { ...preset, experiment: { ...preset.experiment, arms: named } };
}
