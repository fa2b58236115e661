/** What a sender writes about an experiment. */
export const notes = {
  title: "Notes",
  lead: "Markdown; they travel in the link and in every file",
  write: "Write notes",
  edit: "Edit",
  done: "Done",
  field: "Notes in Markdown",
  placeholder: "What do you want to find out, what do you see?",
  left: (characters: string) => `${characters} characters left`,
};
