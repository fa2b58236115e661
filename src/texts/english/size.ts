import type { EstimateParts } from "../../protocol/estimate";

const parts: Readonly<Record<keyof EstimateParts, string>> = {
  preparing: "First steps and compiling",
  teachers: "Teachers and pretraining",
  students: "Students",
  evaluating: "Evaluation and baselines",
};

/** How long the settings take on this machine, and sizes that take longer or less. */
export const size = {
  region: "Time on this machine",
  about: (time: string) => `Takes about ${time} here`,
  answers: (bytes: string, budget: string) => `Teachers' answers take at most ${bytes} of ${budget} here.`,
  measuring: "Measuring a step of each network here …",
  soon: "The time that this takes here is measured when the page is idle.",
  sizes: "Make it take about",
  option: (minutes: number) => `${minutes} min`,
  optionTitle: (time: string) =>
    `The same comparison with other numbers of steps and images: about ${time} here`,
  finding: "Finding sizes that end in 2, 10 and 60 minutes …",
  back: "As before",
  backTitle: "Restore the settings from before a size was chosen",
  changed: (label: string, from: string, to: string) => `${label}: ${from} → ${to}`,
  several: (label: string, times: string) => `${label}: × ${times}`,
  unchanged:
    "Other sizes have other numbers of steps and images, or narrower networks; methods, rates and seeds stay.",
  how: "Estimate",
  parts,
  source:
    "Steps and evaluations of each network were taken on this machine for this estimate, or on an earlier visit. Teachers that arms share are counted once. Other programs that use the processor make it longer.",
  again: "Measure again",
};
