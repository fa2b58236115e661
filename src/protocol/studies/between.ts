import { methods } from "../methods/methods";
import { mildViews, SMALL_BATCH, smallPair, textureViews } from "../suggestions";
import { type ArmInput, fullArm, fullSetting, type Study } from "./study";

/**
 * Offline, online and between, at equal compute: every arm has the steps that cost as much as SimDis-On's, its teacher's
 * included. A test compares the plans. A teacher trained first takes as many steps as its student.
 */

type Arms = "off" | "shake" | "dml" | "dogo" | "mokd" | "on";

const armsOf = (base: ArmInput, steps: Readonly<Record<Arms, number>>, mokd: object = {}): ArmInput[] => {
  const together = (count: number) => ({ ...base, steps: count });
  const apart = (count: number) => ({ ...together(count), teacherSteps: count });
  return [
    { ...apart(steps.off), name: "SimDis-Off", scheme: { method: "simdis-off" } },
    {
      ...apart(steps.shake),
      ...methods.shake.rates,
      views: mildViews,
      name: "SHAKE",
      scheme: { method: "shake" },
    },
    {
      ...together(steps.dml),
      ...methods.dml.rates,
      views: mildViews,
      name: "DML",
      scheme: { method: "dml", peers: "teacher" },
    },
    { ...together(steps.dogo), ...methods.dogo.rates, name: "DoGo", scheme: { method: "dogo" } },
    { ...together(steps.mokd), ...methods.mokd.rates, name: "MOKD", scheme: { method: "mokd", ...mokd } },
    { ...together(steps.on), name: "SimDis-On", scheme: { method: "simdis-on" } },
  ];
};

/** Peers are equal, so that none of them is a teacher by its size. */
const small = { ...smallPair, teacher: smallPair.student } satisfies ArmInput;

export const betweenStudies: readonly Study[] = [
  {
    id: "offline-online-between",
    name: "Offline, online and between",
    source:
      "Gu et al. 2021 (SimDis), Li and Jin 2022 (SHAKE), Zhang et al. 2018 (DML), Bhat et al. 2021 (DoGo), Song et al. 2023 (MOKD)",
    asks: "A teacher trained first, networks that teach each other, and a shadow head between the two, with labels (SHAKE, DML) and without, at equal compute over five seeds.",
    expects:
      "With labels the arms lead those without; among either, the arm between offline and online is not behind both.",
    refutedBy: "A student without labels that leads, or SHAKE behind DML over five seeds.",
    quick: {
      dataset: { source: "textures", train: 2_000, test: 500 },
      batchSize: SMALL_BATCH,
      views: textureViews,
      seeds: [1, 2, 3, 4, 5],
      arms: armsOf(
        small,
        { off: 360, shake: 960, dml: 1_216, dogo: 580, mokd: 156, on: 400 },
        { prototypes: 256, patches: 1 },
      ),
    },
    full: {
      ...fullSetting,
      seeds: [1, 2, 3, 4, 5],
      arms: armsOf(fullArm, { off: 2_554, shake: 5_054, dml: 8_052, dogo: 4_010, mokd: 2_207, on: 3_000 }),
    },
  },
];
