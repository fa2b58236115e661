import { textureViews } from "../suggestions";
import { type Guide, guidePair, guideSetting } from "./guide";

const towards = (targets: (1 | 2 | 3 | 4 | 5 | 6 | 7)[]) => ({ method: "simdis-off", targets }) as const;
const knn = { kind: "difference", measure: "finalKnn" } as const;

/** What each of SimDis's targets adds. */
export const sevenTargets: Guide = {
  id: "target-views",
  title: "Seven target views",
  about: "A student can predict up to seven embeddings of two views and four networks. Do more of them help?",
  experiment: {
    ...guideSetting,
    views: textureViews,
    arms: [
      { ...guidePair, name: "Own copy", scheme: towards([3]) },
      { ...guidePair, name: "Both copies", scheme: towards([3, 7]) },
      { ...guidePair, name: "Teacher only", scheme: towards([7]) },
      { ...guidePair, name: "All seven", scheme: towards([1, 2, 3, 4, 5, 6, 7]) },
    ],
  },
  steps: [
    {
      id: "teacher",
      from: "Own copy",
      to: "Both copies",
      question: knn,
      asks: "To its own momentum copy of the other view (3) we add the teacher's (7). How does the student's accuracy change?",
      because: "With target 3 alone this is BYOL, without a teacher; with 3 and 7 it is SimDis.",
    },
    {
      id: "only",
      from: "Both copies",
      to: "Teacher only",
      question: knn,
      asks: "We leave out the student's own copy: only the teacher's target (7) stays. How does the student's accuracy change?",
      because:
        "The student's copy is hardly better than the student; the frozen teacher is a fixed goal from the first step on.",
    },
    {
      id: "seven",
      from: "Both copies",
      to: "All seven",
      question: knn,
      asks: "The student now predicts all seven targets. How does its accuracy change?",
      because:
        "More targets share one gradient: each has less weight, and each of the additional ones costs a predictor, some also another pass through a network.",
    },
  ],
};
