import { type ExperimentInput, evaluatedAtPresent } from "../../protocol/experiment";
import { methods } from "../../protocol/methods/methods";
import { smallExperiment } from "../../protocol/presets";
import { texts } from "../../texts/texts";

/** Ids that the texts name and describe. */
type PresetId = keyof ReturnType<typeof texts>["presets"];

/** An experiment to start from. */
export interface Preset<Id extends string = string> {
  readonly id: Id;
  readonly experiment: ExperimentInput;
}

const cheapTeacher = { teacher: { network: "R8", width: 0.25 }, teacherSteps: 600 } as const;
/** A usual rate for small networks that learn from labels. */
const labeled = {
  ...cheapTeacher,
  optimiser: { learningRate: 0.2, teacherLearningRate: 0.2 },
} as const;
/** A contrastive head has no batch norm, and dies at BYOL's rates. */
const contrasted = { ...cheapTeacher, ...methods.moco.rates } as const;
const simdisOff = (targets: (1 | 2 | 3 | 4 | 5 | 6 | 7)[]) => ({ method: "simdis-off", targets }) as const;
const photographs = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.25 },
  steps: 300,
  teacherSteps: 900,
  optimiser: { learningRate: 0.5, teacherLearningRate: 0.5 },
  tau0: 0.98,
} as const;
const photographView = { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 };

const settingsOfPresets: readonly Preset<PresetId>[] = [
  {
    id: "small",
    experiment: smallExperiment,
  },
  {
    id: "default",
    experiment: {},
  },
  {
    id: "seeds",
    experiment: {
      seeds: [1, 2, 3, 4, 5],
      arms: [
        { ...cheapTeacher, name: "BYOL", scheme: { method: "byol" } },
        { ...cheapTeacher, name: "SimDis-Off", scheme: { method: "simdis-off" } },
      ],
    },
  },
  {
    id: "targets",
    experiment: {
      arms: [
        { ...cheapTeacher, name: "Ŝ other view", scheme: { method: "byol" } },
        { ...cheapTeacher, name: "+ T̂ same view", scheme: simdisOff([3, 6]) },
        { ...cheapTeacher, name: "+ T̂ other view", scheme: simdisOff([3, 7]) },
        { ...cheapTeacher, name: "All seven", scheme: simdisOff([1, 2, 3, 4, 5, 6, 7]) },
      ],
    },
  },
  {
    id: "labels",
    experiment: {
      arms: [
        { ...cheapTeacher, name: "Supervised", scheme: { method: "supervised" } },
        { ...cheapTeacher, name: "BYOL", scheme: { method: "byol" } },
        { ...cheapTeacher, name: "SimDis-Off", scheme: { method: "simdis-off" } },
      ],
    },
  },
  {
    id: "families",
    experiment: {
      arms: [
        { ...cheapTeacher, name: "BYOL", scheme: { method: "byol" } },
        { ...contrasted, name: "MoCo-v2", scheme: { method: "moco" } },
        { ...contrasted, name: "SEED", scheme: { method: "seed" } },
        { ...contrasted, name: "CompRess", scheme: { method: "compress" } },
        { ...cheapTeacher, name: "SimDis-Off", scheme: { method: "simdis-off" } },
      ],
    },
  },
  {
    id: "teachers",
    experiment: {
      arms: [
        { ...labeled, name: "Labels alone", scheme: { method: "supervised" } },
        { ...labeled, name: "KD", scheme: { method: "kd" } },
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
      views: { first: photographView, second: photographView },
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
