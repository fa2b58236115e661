import type { Texts } from "../english/english";

export const notes: Texts["notes"] = {
  title: "Notizen",
  lead: "Markdown; in Links und jeder exportierten Datei enthalten",
  write: "Notizen schreiben",
  edit: "Ändern",
  done: "Fertig",
  field: "Notizen in Markdown",
  placeholder: "Was soll herausgefunden werden, was ist zu sehen?",
  left: (characters) => `noch ${characters} Zeichen`,
};
