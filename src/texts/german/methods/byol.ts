import type { MethodTexts } from "../../english/methods";

export const byol: MethodTexts<"byol"> = {
  name: "BYOL",
  summary:
    "Der Student allein, ohne Labels: Er sagt das Embedding voraus, das seine eigene Momentum-Kopie von der anderen Ansicht hat.",
  caveats: [
    "Implementierungen skalieren diesen Loss verschieden; Lernraten solcher, die Kosinus mitteln, sind nicht übertragbar.",
  ],
  knobs: {},
  words: {},
};
