import type { MethodTexts } from "../../english/methods";
import { standardized, teacherBatchNorm, temperature } from "./shared";

export const kd: MethodTexts<"kd"> = {
  name: "Wissensdestillation",
  summary:
    "Zuerst wird ein überwachter Teacher trainiert; der Student lernt von den Labels und von dessen weichen Ausgaben.",
  caveats: [
    "Hintons Arbeit multipliziert den Term des Teachers mit τ²; Code ohne diesen Faktor ist verbreitet. Beides ist wählbar.",
    "Standardisierte Logits (Sun et al. 2024) haben immer den Faktor τ². Die Autoren geben den Labels das Gewicht 0,1 und dem Teacher 9, bei τ = 2.",
    "Zehn Klassen sagen kaum mehr als das Label: Die Gewinne sind klein, und ein Teacher, der seine Trainingsbilder auswendig kann, lehrt One-Hot-Ziele.",
  ],
  knobs: {
    alpha: {
      label: "Gewicht α des Teachers",
      help: "Der Loss der Labels hat den Rest, 1 − α. Bei 0 lernt der Student allein von Labels, genau wie ein überwachter.",
    },
    temperature: temperature(
      "Durch sie werden die Logits beider Netze vor der Softmax geteilt: Über 1 zählen unwahrscheinliche Klassen mehr. Üblich ist 4.",
    ),
    scaling: {
      label: "Skalierung des Teacher-Loss",
      help: "Weiche Ziele verkleinern den Gradienten etwa um τ². Hintons Faktor gleicht das aus; ohne ihn lernt der Student bei τ = 4 fast nur von den Labels.",
      optionLabels: { article: "Kein Faktor", hinton: "Nach Hinton: mal τ²" },
    },
    standardized,
    teacherBatchNorm: teacherBatchNorm("Mit laufender Statistik hat ein Bild in jedem Batch dasselbe Ziel."),
  },
  words: {
    weight: (share) => `y, × ${share}`,
    weighted: (temperature, share) => `p bei τ = ${temperature}, × ${share}`,
  },
};
