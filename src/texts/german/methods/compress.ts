import type { MethodTexts } from "../../english/methods";
import { momentum, queue, teacherMethod, temperature } from "./shared";

export const compress: MethodTexts<"compress"> = {
  name: "CompRess",
  summary:
    "Die Ähnlichkeiten des Students zu einer Queue früherer Bilder sollen die des eingefrorenen Teachers sein; ohne Projektor.",
  caveats: [
    "Die veröffentlichte Queue hat 128.000 Einträge; hier ist sie ein Teil eines kleinen Datensatzes.",
  ],
  knobs: {
    teacherMethod,
    temperature: temperature("Für die Ähnlichkeiten beider Netze."),
    queue,
    queues: {
      label: "Queues",
      help: "Mit einer Queue werden die Merkmale des Students linear auf die Dimension des Teachers abgebildet und mit denen des Teachers verglichen.",
      optionLabels: { two: "Zwei: jedem Netz seine", one: "Eine: die des Teachers" },
    },
    studentQueue: {
      label: "Quelle der Queue des Students",
      help: "Nur mit zwei Queues.",
      optionLabels: { momentum: "Seine Momentum-Kopie", plain: "Der Student selbst" },
    },
    momentum,
  },
  words: {
    twoQueues: "Q_S, Q_T: Embeddings jedes Netzes von früheren Bildern",
    oneQueue: "Q_T: Embeddings des Teachers von früheren Bildern; A: eine lineare Abbildung",
  },
};
