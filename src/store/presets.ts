import type { ExperimentInput } from "../protocol/experiment";
import { smallExperiment } from "../protocol/presets";
import { type Study, studies } from "../protocol/studies/studies";
import { suggestionFor } from "../protocol/suggested";

/** An experiment to begin with. Texts say what it shows and what was seen, not what one would like to see. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly shows: string;
  readonly expect: string;
  readonly experiment: ExperimentInput;
}

const cheapTeacher = { teacher: { network: "R8", width: 0.25 }, teacherSteps: 600 } as const;
/** A usual rate for small networks that learn from labels. */
const labelled = {
  ...cheapTeacher,
  optimiser: { learningRate: 0.2, teacherLearningRate: 0.2 },
} as const;
/** A contrastive head has no batch norm, and dies at BYOL's rates. */
const contrasted = { ...cheapTeacher, ...suggestionFor("moco") } as const;
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

export const presets: readonly Preset[] = [
  {
    id: "small",
    name: "Quick look",
    shows: "All four schemes on easy images: about 0.8 TFLOP, minutes without a GPU.",
    expect: "The offline student should leave plain BYOL behind; with one seed that is a hint, not a result.",
    experiment: smallExperiment,
  },
  {
    id: "default",
    name: "Offline against online",
    shows:
      "A student alone, with a teacher trained first, with one trained alongside, and with all seven targets.",
    expect: "A ready teacher speeds up a short student clearly. Online gains were not seen at this size.",
    experiment: {},
  },
  {
    id: "seeds",
    name: "Is it luck?",
    shows: "BYOL against SimDis-Off over five seeds, with a cheaper teacher: bands and paired differences.",
    expect: "Single short runs differ by tens of points; five pairs begin to tell.",
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
    name: "Which targets help?",
    shows: "The frozen teacher's two networks as targets, seen in the same and in the other view.",
    expect: "The paper found cross-view targets to matter offline. Watch the loss of each target view.",
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
    name: "How far from labels?",
    shows: "The same student told the classes, beside BYOL and SimDis-Off that never see one.",
    expect: "Labels win by a wide margin at this size: an upper bound to keep in sight.",
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
    name: "Ways to learn without labels",
    shows:
      "Five students of one size: alone by BYOL and MoCo-v2, from a frozen teacher by SEED, CompRess and SimDis.",
    expect: "The paper that compares them finds distilled students ahead of lone ones; not measured here.",
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
    name: "What can a teacher add to labels?",
    shows:
      "The same student told the classes, and with a teacher by KD, SSLD and function matching, or with a peer.",
    expect: "On easy tasks a teacher adds little; gains that patience brings need longer runs than this.",
    experiment: {
      arms: [
        { ...labelled, name: "Labels alone", scheme: { method: "supervised" } },
        { ...labelled, name: "KD", scheme: { method: "kd" } },
        { ...labelled, name: "SSLD", scheme: { method: "ssld" } },
        { ...labelled, name: "Function matching", scheme: { method: "funmatch" } },
        { ...labelled, name: "A peer", scheme: { method: "dml" } },
      ],
    },
  },
  {
    id: "photographs",
    name: "Your photographs",
    shows: "Settings for small photographs of your own, one folder per class: 32 px, gentler colours.",
    expect: "On CIFAR-10 the teacher gained one to two points in 300 steps.",
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

/** Both sizes of a study. */
export function presetsOfStudy({ id, name, asks, expects, quick, full }: Study): readonly [Preset, Preset] {
  const size = (suffix: string, experiment: ExperimentInput): Preset => ({
    id: `${id}${suffix}`,
    name,
    shows: asks,
    expect: expects,
    experiment,
  });
  return [size("", quick), size("-full", full)];
}

/** What can be opened by an id: presets, and the studies of the papers in both sizes. */
export function presetById(id: string | undefined): Preset | undefined {
  return [...presets, ...studies.flatMap(presetsOfStudy)].find((one) => one.id === id);
}
