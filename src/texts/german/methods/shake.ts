import type { MethodTexts } from "../../english/methods";
import { teacherBatchNorm, temperature } from "./shared";

export const shake: MethodTexts<"shake"> = {
  name: "SHAKE",
  summary:
    "Ein Kopf auf den Merkmalen eines eingefrorenen überwachten Teachers lernt neben dem Student, und beide lehren einander.",
  caveats: [
    "Die veröffentlichten Befehle setzen α = 0: Der Student lernt von den Labels und vom Schattenkopf, nicht vom Teacher selbst.",
    "Der veröffentlichte Code bringt alle Logits vor jedem Loss auf eine Streuung von 3,1415; bei zwei Klassen bleibt dann kein Gradient. Das ist abschaltbar.",
    "Der veröffentlichte Kopf verbindet auch die Karten zweier früherer Stufen; hier liest er nur die letzte Karte des Teachers.",
  ],
  knobs: {
    gamma: {
      label: "Gewicht γ der Labels",
      help: "Gewicht der Kreuzentropie des Students mit den wahren Klassen.",
    },
    alpha: {
      label: "Gewicht α des Teachers",
      help: "Gewicht der weichen Ausgaben des Teachers selbst, wie bei Wissensdestillation. Die veröffentlichten Befehle lassen sie weg.",
    },
    beta: {
      label: "Gewicht β des Schattenkopfs",
      help: "Gewicht von allem, was den Schattenkopf betrifft: was er den Student lehrt, und sein eigener Loss. Bei 0 ist es Wissensdestillation.",
    },
    temperature: temperature("Für die drei Divergenzen, die mit ihrem Quadrat multipliziert werden."),
    standardized: {
      label: "Logits standardisieren",
      help: "Wie im veröffentlichten Code: Alle Logits werden vor jedem Loss auf Mittel 0 und Streuung 3,1415 gebracht.",
    },
    teacherBatchNorm: teacherBatchNorm("Mit laufender Statistik hat ein Bild in jedem Batch dasselbe Ziel."),
  },
  words: {
    frozenMap: "Karte",
    shadow: "p̃; lernt von y, t, p",
    p: "p, p̃, t: Ausgaben von Student, Schattenkopf und Teacher",
    both: "M: mittleres Quadrat der Differenz der Logits",
    otherWeights: "über 0, wenn keines der beiden anderen Gewichte über 0 liegt",
  },
};
