import type { MethodTexts } from "../../english/methods";
import { clip, frozenEpochs, patches, peer, prototypes, temperature } from "./shared";

export const mokd: MethodTexts<"mokd"> = {
  name: "MOKD",
  summary:
    "Zwei untrainierte Netze lernen ohne Labels, jedes von seiner eigenen Momentum-Kopie und von der des anderen, mit DINOs Loss.",
  caveats: [
    "Das Paper paart ein CNN mit einem Vision Transformer. Hier lassen sich zwei beliebige Netze paaren.",
    "Wie bei DINO wird die Momentum-Kopie ausgewertet.",
    "Der Transformer-Kopf hat hier einen Block mit 64 Kanälen; der des Papers hat drei in der Breite des Transformers.",
  ],
  knobs: {
    peer,
    crossWeight: {
      label: "Gewicht λ des anderen Netzes",
      help: "Gewicht dessen, was der Student von der Momentum-Kopie des anderen Netzes lernt. Bei 0 ist es DINO mit einem zweiten Kopf.",
    },
    peerWeight: {
      label: "Gewicht λ im anderen Netz",
      help: "Dasselbe im Loss des anderen Netzes. Der veröffentlichte Befehl lässt das größere wenig vom kleineren lernen.",
    },
    prototypes: prototypes(
      "Länge der Ausgaben, deren Verteilungen angeglichen werden, in jedem Kopf beider Netze.",
    ),
    headBlocks: {
      label: "Blöcke des Transformer-Kopfs",
      help: "Des Kopfs, der Merkmalskarten liest und in dem die Patches des anderen Netzes suchen. Das Paper hat 3.",
    },
    temperature: temperature("Für die Ausgaben der Students."),
    teacherTemperature: {
      label: "Temperatur der Kopien",
      help: "Für die Ausgaben der Momentum-Kopien am Anfang. Bei einem Kollaps hilft eine niedrigere.",
    },
    lastTeacherTemperature: {
      label: "Temperatur der Kopien, aufgewärmt",
      help: "Linear erreicht nach 30 % der Schritte; der veröffentlichte Befehl wärmt bis 0,07 auf.",
    },
    patches,
    frozenEpochs: frozenEpochs(
      "In den ersten Epochen behalten die letzten Schichten aller Köpfe ihre Zahlen, was den Anfang beruhigt.",
    ),
    clip,
  },
  words: {
    allViews: "alle",
    outputs: "Ausgaben, und eine Suche",
    itself: "sich selbst, geschärft",
    other: "das andere, und gefunden",
    terms: "i: Student, j: anderes Netz; ŝ: Momentum-Kopien; ᵀ: Transformer-Kopf",
    D: "DINO(s, ŝ): mittleres H über verschiedene Ansichten, ŝ zentriert und geschärft",
    search: "ŝⱼ⟨sᵢ⟩: was Patches von i in einer ganzen Ansicht von j finden",
    weightOfPeer: "über 0, wenn das andere Netz vom Student lernt",
    noPeerWeight: "0, wenn der Student nicht vom anderen Netz lernt",
  },
};
