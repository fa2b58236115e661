import { methods } from "../methods/methods";
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
    { ...methods.shake.rates, ...apart(steps.shake), name: "SHAKE", scheme: { method: "shake" } },
    {
      ...methods.dml.rates,
      ...together(steps.dml),
      name: "DML",
      scheme: { method: "dml", peers: "teacher" },
    },
    { ...methods.dogo.rates, ...together(steps.dogo), name: "DoGo", scheme: { method: "dogo" } },
    { ...methods.mokd.rates, ...together(steps.mokd), name: "MOKD", scheme: { method: "mokd", ...mokd } },
    { ...together(steps.on), name: "SimDis-On", scheme: { method: "simdis-on" } },
  ];
};

const small = {
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.125 },
} as const satisfies ArmInput;

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
      dataset: { source: "shapes", difficulty: "easy", train: 2_000, test: 500 },
      batchSize: 32,
      seeds: [1, 2, 3, 4, 5],
      arms: armsOf(
        small,
        { off: 90, shake: 240, dml: 304, dogo: 145, mokd: 39, on: 100 },
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
