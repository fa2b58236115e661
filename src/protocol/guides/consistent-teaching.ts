import { labeledRates, mildViews } from "../suggestions";
import { type Guide, guideSetting } from "./guide";

const base = {
  ...labeledRates,
  student: { network: "R8", width: 0.125 },
  teacher: { network: "R8", width: 0.25 },
  steps: 80,
  teacherSteps: 150,
} as const;
const top1 = { kind: "difference", measure: "finalClassifier" } as const;

/** Beyer et al.: a good teacher is patient and consistent. */
export const consistentTeaching: Guide = {
  id: "consistent-teaching",
  title: "Consistent teaching",
  about: "Does it matter whether teacher and student see exactly the same pixels?",
  experiment: {
    ...guideSetting,
    views: mildViews,
    arms: [
      { ...base, name: "A crop each", scheme: { method: "funmatch", input: "independent" } },
      { ...base, name: "One shared crop", scheme: { method: "funmatch", input: "consistentInception" } },
      { ...base, name: "Shared and mixed", scheme: { method: "funmatch", input: "functionMatching" } },
      {
        ...base,
        name: "Shared, mixed, patient",
        scheme: { method: "funmatch", input: "functionMatching" },
        steps: 240,
      },
    ],
  },
  steps: [
    {
      id: "shared",
      from: "A crop each",
      to: "One shared crop",
      question: top1,
      asks: "So far each network saw a crop of its own; now both see the same one. How does the accuracy of the student's classifier change?",
      because:
        "With a crop each, the teacher may answer for a part of the image that the student does not see.",
    },
    {
      id: "mixed",
      from: "One shared crop",
      to: "Shared and mixed",
      question: top1,
      asks: "Both now see mixtures of two images, still the same ones. How does the accuracy of the student's classifier change?",
      because:
        "Mixtures show the student the teacher's answers between the images, which takes time to match.",
    },
    {
      id: "patient",
      from: "Shared and mixed",
      to: "Shared, mixed, patient",
      question: top1,
      asks: "The student gets three times as many steps. How does the accuracy of its classifier change?",
      because: "The paper calls a good teacher patient: matching a function on distorted images ends late.",
    },
  ],
};
