/** Notes that an author adds to an experiment. */
export const notes = {
  title: "Notes",
  lead: "Markdown; included in links and in every exported file",
  write: "Write notes",
  edit: "Edit",
  done: "Done",
  field: "Notes in Markdown",
  placeholder: "What do you want to find out? What do you see?",
  left: (characters: string) => `${characters} characters left`,
};
