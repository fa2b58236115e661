import type { MethodTexts } from "../../english/methods";

export const dml: MethodTexts<"dml"> = {
  name: "Deep Mutual Learning",
  summary: "Mehrere untrainierte Netze lernen von den Labels und voneinander; einen Teacher gibt es nicht.",
  caveats: [
    "Derselbe Loss lautet H(y, pⁱ) + H(p̄, pⁱ) − Mittel H(pʲ): Ein Mitglied lernt vom Mittel seiner Peers, und deren eigene Entropie hat keinen Gradienten.",
    "Mitglieder beginnen mit verschiedenen Zufallszahlen: Gleich beginnende Mitglieder blieben gleich.",
    "Der veröffentlichte Code aktualisiert ein Netz nach dem anderen auf verschiedenen Batches; der Algorithmus des Papers tut es auf demselben.",
    "Mit Adam bei konstanter Rate 0,01 sollen Mitglieder auf Zufallsniveau abstürzen. Der Lauf geht weiter und markiert den Schritt.",
  ],
  knobs: {
    members: {
      label: "Mitglieder",
      help: "Netze, die zusammen lernen, jedes von den Labels und von den anderen. Das erste ist der Student, den die Kurven zeigen.",
    },
    peers: {
      label: "Netz der anderen Mitglieder",
      help: "Alle Mitglieder gleich, oder die anderen so groß wie der Teacher. Keines wird vorher trainiert.",
      optionLabels: { student: "Das des Students", teacher: "Das des Teachers" },
    },
    order: {
      label: "Updates",
      help: "Nacheinander ist der Algorithmus des Papers: Ein Mitglied lernt von Peers, die dieser Schritt schon aktualisiert hat; das kostet deren Vorwärtsdurchgänge noch einmal.",
      optionLabels: { simultaneous: "Alle zugleich", sequential: "Nacheinander" },
    },
    excludeCrashed: {
      label: "Nicht von Abgestürzten lernen",
      help: "Ein Mitglied, dessen Validierungsgenauigkeit auf Zufallsniveau fiel, zieht die anderen mit. Es lernt weiter, aber kein anderes Mitglied lernt von ihm.",
    },
  },
  words: {
    classForAll: "y, für jedes Mitglied",
    bothWays: (its) => `${its}; lernt auch von p¹`,
    members: "m Mitglieder, i das lernende",
  },
};
