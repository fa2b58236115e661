import type { MethodTexts } from "../../english/methods";
import { patches, queue, teacherMethod, temperature } from "./shared";

export const seed: MethodTexts<"seed"> = {
  name: "SEED",
  summary:
    "Der Student lernt, die Nachbarn eines Bildes in einer Queue so zu finden wie ein eingefrorener selbstüberwachter Teacher.",
  caveats: [
    "Die Temperatur des Teachers ist im veröffentlichten Code 0,0001; aus dem Paper wird meist 0,01 zitiert. Vorgabe: 0,01.",
    "Die Losses von Patches und ganzen Ausschnitten werden hier gemittelt; der veröffentlichte Code addiert sie.",
    "Kleine Patches zeigen 5 bis 40 % eines Bildes, und alle eines Schritts kommen in ihre Queue; im veröffentlichten Code 5 bis 14 %, und einer je Bild kommt hinein.",
  ],
  knobs: {
    teacherMethod,
    temperature: temperature("Für die Ähnlichkeiten des Students."),
    teacherTemperature: {
      label: "Temperatur des Teachers",
      help: "Für die Ähnlichkeiten des Teachers. Der veröffentlichte Code hat 0,0001, fast One-Hot auf dem Bild selbst; aus dem Paper wird meist 0,01 zitiert.",
    },
    queue,
    patches,
  },
  words: {
    bothCompare: "frühere Embeddings",
    C: "Q: Embeddings des Teachers von früheren Bildern",
  },
};
