import type { MethodTexts } from "../../english/methods";

export const detection: MethodTexts<"detection"> = {
  name: "Detektion",
  summary:
    "Eine Folgeaufgabe für einen Encoder: Ein bis drei Bilder sind auf eine doppelt so große Leinwand geklebt und sollen gefunden und benannt werden. Zum Vergleich von einem destillierten Encoder starten.",
  caveats: [
    "Ein Ersatz für die Detektion auf COCO bei SSLD, viel kleiner und leichter: Mit jenen Zahlen ist nichts vergleichbar.",
    "Die Stücke sind Quadrate, die sich nicht überdecken, auf Rauschen; der Kopf steht allein auf der letzten Stufe des Encoders.",
    "Die Leinwände bestehen aus Trainingsbildern, höchstens 2.000, und werden nicht augmentiert.",
  ],
  knobs: {},
  words: {
    heatAndSides: "Mitten und Seiten",
    boxes: "Klassen und Rahmen",
    letters: "a: Seite eines Rahmens, o: Versatz seiner Mitte; der erste Term ist ein Focal Loss",
  },
};
