import { methods } from "../methods/methods";
import {
  labeledRates,
  mildViews,
  SMALL_BATCH,
  smallPair,
  suggestedGroups,
  textureViews,
} from "../suggestions";
import { type Finding, type FindingRecord, seedsUpTo, unlabeledSetting } from "./finding";

/** SimDis's third figure: students of several methods, with and without a teacher. */

const metric = "finalLinear";
/** Contrastive methods have rates of their own (docs/search.md). */
const contrasted = { ...smallPair, ...methods.moco.rates } as const;

export const familyRecord: FindingRecord = {
  id: "families-compared",
  question: "Do methods with a teacher lead those without?",
  source: "Gu et al. 2021 (SimDis)",
  curve: "probeTop1",
  experiment: {
    ...unlabeledSetting,
    views: textureViews,
    seeds: seedsUpTo(5),
    arms: [
      {
        ...smallPair,
        ...labeledRates,
        name: "Supervised",
        scheme: { method: "supervised" },
        views: mildViews,
      },
      { ...smallPair, name: "BYOL", scheme: { method: "byol" } },
      { ...smallPair, name: "SimDis-Off", scheme: { method: "simdis-off" } },
      { ...contrasted, name: "MoCo-v2", scheme: { method: "moco", ...suggestedGroups("moco", SMALL_BATCH) } },
      { ...contrasted, name: "SEED", scheme: { method: "seed" } },
      { ...contrasted, name: "CompRess", scheme: { method: "compress" } },
    ],
  },
};

const inFigureThree = "In Figure 3, without a figure that is repeated here.";

export const familyFindings: readonly Finding[] = [
  {
    id: "labels-lead",
    record: "families-compared",
    question: "Does a student that learns from labels lead one that learns from a teacher without them?",
    reported: inFigureThree,
    predicts: "more",
    difference: { arm: "Supervised", against: "SimDis-Off", metric },
    studies: ["simdis-figure-3"],
  },
  {
    id: "off-byol-linear",
    record: "families-compared",
    question: "By a linear classifier, is a student with a finished teacher ahead of one that learns alone?",
    reported: inFigureThree,
    predicts: "more",
    difference: { arm: "SimDis-Off", against: "BYOL", metric },
    studies: ["simdis-figure-3"],
  },
  {
    id: "seed-moco",
    record: "families-compared",
    question: "Among contrastive methods, does SEED's teacher help (against MoCo-v2)?",
    reported: inFigureThree,
    predicts: "more",
    difference: { arm: "SEED", against: "MoCo-v2", metric },
    studies: ["simdis-figure-3"],
  },
  {
    id: "compress-moco",
    record: "families-compared",
    question: "Among contrastive methods, does CompRess's teacher help (against MoCo-v2)?",
    reported:
      "61.7 with CompRess and a MoCo-v2 teacher (its README: ImageNet top-1 of ResNet-18, linear evaluation)",
    predicts: "more",
    difference: { arm: "CompRess", against: "MoCo-v2", metric },
    studies: [],
  },
];
