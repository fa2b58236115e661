import type { Texts } from "../english/english";

export const notes: Texts["notes"] = {
  title: "Notizen",
  lead: "Markdown; sie reisen im Link und in jeder Datei mit",
  write: "Notizen schreiben",
  edit: "Ändern",
  done: "Fertig",
  field: "Notizen in Markdown",
  placeholder: "Was soll herausgefunden werden, was ist zu sehen?",
  left: (characters) => `noch ${characters} Zeichen`,
};
