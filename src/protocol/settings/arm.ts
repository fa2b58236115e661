import type { KnobSet } from "./knobs";
import { scheduleKnobs } from "./optimizer";

export const networkNames = ["R8", "R18", "R26b", "R50", "MBV3s", "MBV3l", "ReAct", "ViT"] as const;

const ownNames = Object.fromEntries(networkNames.map((name) => [name, name])) as {
  readonly [Name in (typeof networkNames)[number]]: Name;
};

const network = (label: string, help: string) =>
  ({ kind: "choice", options: networkNames, default: "R8", optionLabels: ownNames, label, help }) as const;

/** Multiplies the channels of every layer. */
const width = (fallback: number, label: string, help: string) =>
  ({ kind: "multiple", of: 0.125, min: 0.125, max: 1, default: fallback, label, help }) as const;

export const studentKnobs = {
  network: network(
    "Student network",
    "The small network you want to improve. R8 and R18 are CIFAR-style residual networks of basic blocks; R26b and R50 have bottlenecks.",
  ),
  width: width(
    0.125,
    "Student width",
    "Multiplies the channels of every layer, in steps of 0.125. Compute grows roughly with its square.",
  ),
} as const satisfies KnobSet;

export const teacherKnobs = {
  network: network(
    "Teacher network",
    "The network that the student learns from. It should be wider or deeper than the student.",
  ),
  width: width(
    0.5,
    "Teacher width",
    "Multiplies the channels of every layer of the teacher, in steps of 0.125.",
  ),
} as const satisfies KnobSet;

/** Settings of the arm as a whole. */
export const armKnobs = {
  name: {
    kind: "text",
    default: "Arm",
    label: "Name",
    help: "What this arm is called on charts and in tables.",
  },
  steps: {
    kind: "whole",
    min: 1,
    max: 1_000_000,
    default: 200,
    step: 50,
    unit: "steps",
    label: "Student steps",
    help: "Updates of the student; online, the teacher makes the same number alongside. Learning often sets in only after 200 to 300.",
  },
  teacherSteps: {
    kind: "whole",
    min: 0,
    max: 1_000_000,
    default: 1_000,
    step: 100,
    unit: "steps",
    label: "Teacher steps",
    help: "Updates of the offline teacher before the student begins. It is trained once per seed and reused by arms that ask for the same one. Teacher and student see the same images in the same order and views. 0 only where a file provides the teacher.",
  },
  answers: {
    kind: "choice",
    options: ["computed", "kept", "cycled"],
    default: "computed",
    optionLabels: {
      computed: "Computed in every step",
      kept: "Kept: all epochs",
      cycled: "Kept: some epochs, in turn",
    },
    label: "Teacher's answers",
    help: "Kept in this browser, at most 1 GB, for all arms and trainings with the same teacher, images and views: same results. In turn: views repeat after some epochs, so that the teacher is not asked again; its answers are rounded to half precision.",
  },
  answerEpochs: {
    kind: "whole",
    min: 1,
    max: 1_000,
    default: 10,
    step: 1,
    unit: "epochs",
    label: "Views repeat after",
    help: "1 is function matching's fixed views: one view of each image throughout, a bad idea according to the paper.",
  },
  fixSteps: {
    kind: "whole",
    min: 0,
    max: 1_000_000,
    default: 0,
    step: 50,
    unit: "steps",
    label: "Fix strategy",
    help: "Number of steps at the end that train the classifier alone, on plain images 1.15 times as large, at which the network is then evaluated. 0 turns it off.",
  },
  ...scheduleKnobs,
} as const satisfies KnobSet;
