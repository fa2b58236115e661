import type { keptAnswers as english } from "../english/kept-answers";

export const keptAnswers: typeof english = {
  held: (bytes, budget) => `Antworten von Teachern, die dieser Browser behält: ${bytes} von ${budget}.`,
  remove: "Löschen",
  removeHint: "Spätere Trainings fragen ihre Teacher wieder, mit denselben Ergebnissen.",
  freed: (bytes) => `${bytes} an Antworten von Teachern wurden gelöscht.`,
};
