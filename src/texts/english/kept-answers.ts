/** Answers of frozen teachers that this browser keeps. */
export const keptAnswers = {
  held: (bytes: string, budget: string) => `Teachers' answers kept in this browser: ${bytes} of ${budget}.`,
  remove: "Delete them",
  removeHint: "Later trainings ask their teachers again, with the same results.",
  freed: (bytes: string) => `${bytes} of teachers' answers were deleted.`,
};
