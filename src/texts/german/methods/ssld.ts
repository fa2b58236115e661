import type { MethodTexts } from "../../english/methods";
import { standardized, teacherBatchNorm } from "./shared";

export const ssld: MethodTexts<"ssld"> = {
  name: "SSLD",
  summary:
    "Der Student ahmt die Wahrscheinlichkeiten eines eingefrorenen überwachten Teachers nach und sieht selbst kein Label.",
  caveats: [
    "Was der veröffentlichte Code JS nennt, ist die halbe Jeffreys-Divergenz, die keine obere Schranke hat; die Jensen-Shannon-Divergenz ist eine andere. Beide sind wählbar.",
    "Bei eingefrorenem Teacher haben KL und weiche Kreuzentropie denselben Gradienten: Ein Vorsprung der einen vor der anderen kann nur Zufall sein.",
    "Die Dokumentation von PaddleClas vergleicht Modi der Batch Norm des Teachers in einer Tabelle ohne Zeilennamen; welche Zahl zu welchem Modus gehört, ist ihrem Text entnommen.",
    "Für die Fix-Strategie nennt die Dokumentation 1,15-mal so große Bilder, ihr eigener Lauf ging aber von 224 auf 320 Pixel, das 1,43-Fache.",
    "Die Feinabstimmung hat hier eine konstante Rate, in der Dokumentation einen Kosinus mit Aufwärmen. Das Weight Decay beginnt bei 0,0005; die Dokumentation nimmt für kleine Netze 0,00001 bis 0,00007.",
  ],
  knobs: {
    divergence: {
      label: "Divergenz",
      help: "Divergenz zwischen den Wahrscheinlichkeiten von Student und Teacher, die der Student minimiert. KL und weiche Kreuzentropie haben denselben Gradienten.",
      optionLabels: {
        paddleJS: "Halbe Jeffreys („JS“ im Code)",
        trueJS: "Jensen–Shannon",
        KL: "Kullback–Leibler",
        CEsoft: "Weiche Kreuzentropie",
      },
    },
    teacherBatchNorm: teacherBatchNorm(
      "Die Dokumentation von PaddleClas fand die Statistik des Batches besser: 76,00 gegen 75,84.",
    ),
    standardized,
    pool: {
      label: "Bilder ohne Label",
      help: "Mit dem Anteil der Bilder, deren Labels vorenthalten werden (siehe Bilder): Der Teacher sagt ihre Klassen voraus, Kopien zurückgehaltener Bilder werden entfernt, und der Student lernt von den übrigen zusätzlich zu denen mit Label. Die Feinabstimmung verwendet sie nicht.",
      optionLabels: {
        none: "Nicht verwendet",
        selected: "Die, bei denen der Teacher am sichersten ist",
        whole: "Alle",
      },
    },
    perClass: {
      label: "Von jeder Klasse gewählt",
      help: "Höchstens so viele Bilder, die der Teacher dieser Klasse zuordnet, die sichersten zuerst.",
    },
    fineTune: {
      label: "Feinabstimmung",
      help: "Anteil der Schritte am Ende, in dem derselbe Loss mit einem Hundertstel der Rate minimiert wird. Die Dokumentation von PaddleClas tut es 30 Epochen lang nach 360.",
    },
    autoAugment: {
      label: "AutoAugment, halber Weight Decay",
      help: "Die Bilder des Students durchlaufen zusätzlich die Operationspaare von AutoAugment, und sein Weight Decay wird halbiert: die Dokumentation von PaddleClas nahm beide Änderungen zusammen vor, von 4e-5 auf 2e-5.",
    },
  },
  words: {
    probabilities: "p derselben Pixel",
    noPool: "nicht verwendet, solange keinem Bild sein Label vorenthalten wird",
    withheldLabels: "über 0 bei einem Verfahren, das von Bildern ohne Label lernt",
    plainLogits: "aus, außer bei der Divergenz KL",
    standardizedKL: "KL, bei standardisierten Logits",
  },
};
