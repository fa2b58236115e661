import type { MethodTexts } from "../../english/methods";
import { teacherBatchNorm, teacherMethod } from "./shared";

export const simreg: MethodTexts<"simreg"> = {
  name: "SimReg",
  summary:
    "Ein selbstüberwachter Teacher wird zuerst trainiert und eingefroren; ein Kopf auf den Merkmalen des Students sagt die des Teachers voraus.",
  caveats: [
    "Den Kopf auf den Merkmalen des Students gibt es nur im Training. Das Paper findet, dass ein tieferer hilft, obwohl er danach weggeworfen wird.",
    "Der veröffentlichte Kopf mit zwei Schichten hat dazwischen weder Batch Norm noch ReLU und ist deshalb linear; hier haben zwei Schichten beides.",
  ],
  knobs: {
    teacherMethod,
    head: {
      label: "Kopf des Students",
      help: "Bildet die Merkmale des Students auf die Dimension des Teachers ab. Vier Schichten sind die Wahl des Papers; auf die erste und die dritte folgen Batch Norm und ReLU.",
      optionLabels: { four: "Vier Schichten", two: "Zwei Schichten", linear: "Eine lineare Schicht" },
    },
    views: {
      label: "Ansicht des Teachers",
      help: "Bei derselben Ansicht sehen beide Netze dieselben Pixel, wie im veröffentlichten Befehl. Bei der anderen sagt der Student Merkmale anderer Pixel voraus.",
      optionLabels: { same: "Dieselbe", other: "Die andere Ansicht" },
    },
    teacherBatchNorm: teacherBatchNorm("Mit laufender Statistik hat ein Bild in jedem Batch dasselbe Ziel."),
  },
  words: {
    regress: "MLP(f)",
    features: "f: seine Merkmale",
    f: "f von S und T: Merkmale vor jedem Projektor",
    mlp: "MLP: ein Kopf nur für das Training",
    linear: "W: ein linearer Kopf nur für das Training",
  },
};
