import type { MethodTexts } from "../../english/methods";
import { peer, temperature } from "./shared";

export const dogo: MethodTexts<"dogo"> = {
  name: "DoGo",
  summary:
    "Zwei untrainierte Netze lernen ohne Labels durch Kontrast, und jedes davon, wie ähnlich das andere Bilder findet.",
  caveats: [
    "Der veröffentlichte Code teilt seinen KL-Term ein zweites Mal durch die Batchgröße: Sein Gewicht 100 bei Batches von 256 ist hier 0,39.",
    "Der KL-Term vergleicht nur Ähnlichkeiten erster Ansichten zu zweiten; der Kontrast benutzt beide Richtungen.",
    "Im veröffentlichten Code sieht jedes Netz eigene Augmentierungen; dann werden Ähnlichkeiten verschiedener Pixel verglichen.",
  ],
  knobs: {
    peer,
    weight: {
      label: "Gewicht λ des anderen Netzes",
      help: "Gewicht des KL-Terms im Loss beider Netze. Bei 0 lernen sie nebeneinander allein durch Kontrast.",
    },
    temperature: temperature("Für den Kontrast, NT-Xent."),
    klTemperature: {
      label: "Temperatur des Vergleichs",
      help: "Für die Ähnlichkeiten, die die Netze miteinander vergleichen.",
    },
    views: {
      label: "Ansichten",
      help: "Beide Netze sehen dieselben zwei Ansichten eines Bildes, oder jedes zwei eigene, wie im veröffentlichten Code.",
      optionLabels: { shared: "Dieselben für beide", own: "Eigene für jedes" },
    },
  },
  words: {
    own: "seine Ähnlichkeiten",
    its: "sim₂; lernt auch von sim₁",
    sim: "simᵢ: Kosinus erster mit zweiten Ansichten, B × B; p: ihre Softmax",
    contrast: "NT-Xent: jede Ansicht findet die andere ihres Bildes unter 2B − 1",
    i: "i das lernende, j das andere",
    sharedViews: "dieselben für beide, solange keines der Netze vom anderen lernt",
    weightOfOwnViews: "über 0, wenn jedes Netz eigene Ansichten hat",
  },
};
