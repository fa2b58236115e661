import type { MethodTexts } from "../../english/methods";
import { momentum, normGroups, queue, teacherMethod, temperature } from "./shared";

export const s2bnn: MethodTexts<"s2bnn"> = {
  name: "S2-BNN",
  summary:
    "Ein binärer Student lernt ohne Labels: durch Kontrast, vom Embedding eines reellwertigen Teachers oder durch beides.",
  caveats: [
    "Der Schalter im Code sagt Kosinus; die Rate fällt linear, Epoche für Epoche. Um dem zu folgen, diesen Lernratenplan wählen.",
    "Dass Destillation allein gewinnt, lässt sich so lesen, dass die beiden Terme auseinanderziehen; gezeigt wird der Kosinus ihrer Gradienten am Embedding.",
    "Gewichte und Vorzeichen werden hier als reelle Zahlen multipliziert: Vom Tempo eines binären Netzes ist nichts zu sehen.",
    "Das Training in zwei Schritten setzt Optimierer und Lernratenplan fort, sodass die zweite Hälfte mit kleinerer Rate beginnt; der veröffentlichte zweite Schritt ist ein neuer Lauf mit voller Rate.",
  ],
  knobs: {
    strategy: {
      label: "Strategie",
      help: "Die drei des Papers: nur Kontrast, beide Terme addiert oder nur das Embedding des Teachers, was am besten war.",
      optionLabels: {
        contrast: "① Kontrast",
        both: "② Kontrast und Destillation",
        distillation: "③ Destillation",
      },
    },
    teacherTiming: {
      label: "Teacher",
      help: "Für Strategien, die destillieren. Online wird er in denselben Schritten mit MoCo trainiert; der Loss des Students hat keinen Gradienten in ihn.",
      optionLabels: { offline: "Vorher trainiert, eingefroren", online: "Lernt neben dem Student" },
    },
    teacherMethod,
    training: {
      label: "Binäres Training",
      help: "Für ein binäres Netz (ReAct). In zwei Stufen bleiben die Gewichte in der ersten Hälfte der Schritte reell.",
      optionLabels: {
        one: "Eine Stufe: Gewichte von Anfang an binär",
        two: "Zwei Stufen: erst Aktivierungen, dann Gewichte",
      },
    },
    temperature: temperature("Für beide Terme: Ähnlichkeiten und Embedding-Kanäle werden durch sie geteilt."),
    queue,
    momentum,
    normGroups,
  },
  words: {
    channels: "n(t), n(s): Embeddings mit Länge 1, Softmax über ihre Kanäle",
    embedding: "Kanäle des Embeddings",
  },
};
