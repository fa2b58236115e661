import { textureViews } from "../suggestions";
import { type Guide, guidePair, guideSetting } from "./guide";

const online = { method: "simdis-on" } as const;
const offline = { method: "simdis-off" } as const;
const knn = { kind: "difference", measure: "finalKnn" } as const;

/** Whether a teacher has to be trained before its student. */
export const onlineOffline: Guide = {
  id: "online-offline",
  title: "Online against offline",
  about: "Does a student learn more from a finished teacher, or from one that learns along with it?",
  experiment: {
    ...guideSetting,
    views: textureViews,
    arms: [
      { ...guidePair, name: "Offline", scheme: offline },
      { ...guidePair, name: "Online", scheme: online },
      { ...guidePair, name: "Offline, hasty teacher", scheme: offline, teacherSteps: 40 },
      { ...guidePair, name: "Online, own copy only", scheme: { ...online, targets: [3] } },
    ],
  },
  steps: [
    {
      id: "along",
      from: "Offline",
      to: "Online",
      question: knn,
      asks: "The teacher no longer learns first: it learns in the same steps as the student. How does the student's accuracy change?",
      because:
        "Online, the student follows targets that are poor at first and improve as it learns; offline, they are good from its first step, but the teacher's steps come on top.",
    },
    {
      id: "hasty",
      from: "Offline",
      to: "Offline, hasty teacher",
      question: knn,
      asks: "The teacher gets a fifth of its steps before it is frozen. How does the student's accuracy change?",
      because:
        "A frozen teacher's mistakes stay: whatever it has not learned by then, its embeddings cannot show the student.",
    },
    {
      id: "alone",
      from: "Online",
      to: "Online, own copy only",
      question: knn,
      asks: "The teacher still learns alongside, but the student predicts only its own momentum copy. How does the student's accuracy change?",
      because:
        "This separates the teacher's part from what the student learns from itself: the steps, the images and the start are the same.",
    },
  ],
};
