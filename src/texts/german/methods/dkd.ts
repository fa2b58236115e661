import type { MethodTexts } from "../../english/methods";
import { standardized, teacherBatchNorm, temperature } from "./shared";

export const dkd: MethodTexts<"dkd"> = {
  name: "DKD",
  summary:
    "Wissensdestillation mit getrennt gewichteten Teilen: wie sicher der Teacher der Klasse ist, und wie er die anderen ordnet.",
  caveats: [
    "Gewöhnliche Destillation ist die Summe beider Teile, der zweite mit 1 − p der Klasse gewichtet: Je sicherer der Teacher, desto weniger lernt man über die anderen Klassen. Hier ist dieses Gewicht β.",
    "Bei zwei Klassen ist der zweite Teil immer 0.",
    "Die veröffentlichten Einstellungen gelten für 100 Klassen. Bei zehn bleiben weniger Klassen zu ordnen.",
  ],
  knobs: {
    alpha: {
      label: "Gewicht α der wahren Klasse",
      help: "Gewicht der Divergenz zwischen der wahren Klasse und allen anderen zusammen.",
    },
    beta: {
      label: "Gewicht β der anderen Klassen",
      help: "Gewicht der Divergenz unter den Klassen außer der wahren. Der veröffentlichte Code hat 8, für andere Netze andere Werte.",
    },
    temperature: temperature("Für beide Teile, die mit ihrem Quadrat multipliziert werden."),
    ramp: {
      label: "Anlauf",
      help: "Anteil der Schritte, über den die Gewichte beider Teile von 0 an wachsen. Der veröffentlichte Code nimmt 20 von 240 Epochen.",
    },
    standardized,
    teacherBatchNorm: teacherBatchNorm("Mit laufender Statistik hat ein Bild in jedem Batch dasselbe Ziel."),
  },
  words: {
    parts: (alpha, beta) => `y × ${alpha}, andere × ${beta}`,
    b: "b: die Klasse y gegen alle anderen; p̂: Softmax ohne y",
    otherWeight: "über 0, wenn es das andere Gewicht nicht ist",
  },
};
