import type { MethodTexts } from "../../english/methods";
import { patches, queue, teacherMethod, temperature } from "./shared";

export const seed: MethodTexts<"seed"> = {
  name: "SEED",
  summary:
    "Der Student lernt, die Nachbarn eines Bildes in einer Queue so zu finden wie ein eingefrorener selbstüberwachter Teacher.",
  caveats: [
    "Die Temperatur des Teachers ist im veröffentlichten Code 0,0001 und, soweit erinnerlich, im Artikel 0,01. Vorgabe: 0,01.",
    "Wie der Artikel Patches gegen ganze Ausschnitte gewichtet, ist hier nicht bekannt: Die beiden Arten werden gemittelt.",
  ],
  knobs: {
    teacherMethod,
    temperature: temperature("Für die Ähnlichkeiten des Students."),
    teacherTemperature: {
      label: "Temperatur des Teachers",
      help: "Für die Ähnlichkeiten des Teachers. Der veröffentlichte Code hat 0,0001, fast One-Hot auf dem Bild selbst; aus dem Artikel ist 0,01 in Erinnerung.",
    },
    queue,
    patches,
  },
  words: {
    bothCompare: "frühere Embeddings",
    C: "Q: Embeddings des Teachers von früheren Bildern",
  },
};
