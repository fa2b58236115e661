import { labeledRates, mildViews } from "../suggestions";
import { type Guide, guideSetting } from "./guide";

const base = {
  ...labeledRates,
  teacher: { network: "R8", width: 0.375 },
  steps: 80,
  teacherSteps: 100,
  scheme: { method: "kd", scaling: "hinton", alpha: 0.9 },
} as const;
const top1 = { kind: "difference", measure: "finalClassifier" } as const;

/** How much of a teacher fits into a network of a ninth of its size. */
export const smallStudent: Guide = {
  id: "small-student",
  title: "How small can a student be?",
  about: "A teacher's knowledge has to fit into fewer and fewer weights. When does it show?",
  experiment: {
    ...guideSetting,
    views: mildViews,
    arms: [
      { ...base, name: "As wide as its teacher", student: { network: "R8", width: 0.375 } },
      { ...base, name: "Two thirds as wide", student: { network: "R8", width: 0.25 } },
      { ...base, name: "A third as wide", student: { network: "R8", width: 0.125 } },
      {
        ...base,
        name: "A third, labels only",
        student: { network: "R8", width: 0.125 },
        scheme: { ...base.scheme, alpha: 0 },
      },
    ],
  },
  steps: [
    {
      id: "half",
      from: "As wide as its teacher",
      to: "Two thirds as wide",
      question: top1,
      asks: "Every layer of the student loses a third of its channels, so that it has less than half of the weights. How does the accuracy of its classifier change?",
      because: "Fewer channels mean fewer patterns that the network can tell apart at once.",
    },
    {
      id: "quarter",
      from: "Two thirds as wide",
      to: "A third as wide",
      question: top1,
      asks: "Half of these channels: about a ninth of the teacher's weights. How does the accuracy of its classifier change?",
      because: "Small networks also learn more slowly: part of a difference may be steps that are missing.",
    },
    {
      id: "untaught",
      from: "A third as wide",
      to: "A third, labels only",
      question: top1,
      asks: "We take the teacher away from the smallest student: it learns from the labels alone. How does the accuracy of its classifier change?",
      because: "Ten classes say little beyond the label, so that the gain from a teacher is small, if any.",
    },
  ],
};
