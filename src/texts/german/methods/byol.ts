import type { MethodTexts } from "../../english/methods";

export const byol: MethodTexts<"byol"> = {
  name: "BYOL",
  summary:
    "Der Student allein, ohne Labels: Er sagt voraus, was seine eigene träge Kopie aus der anderen Ansicht macht.",
  caveats: [
    "Implementierungen skalieren diesen Loss verschieden; Lernraten solcher, die Kosinus mitteln, sind nicht übertragbar.",
  ],
  knobs: {},
  words: {},
};
