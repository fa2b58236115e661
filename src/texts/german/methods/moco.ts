import type { MethodTexts } from "../../english/methods";
import { momentum, normGroups, queue, temperature } from "./shared";

export const moco: MethodTexts<"moco"> = {
  name: "MoCo-v2",
  summary:
    "Der Student allein, ohne Labels: Er findet die andere Ansicht seines Bildes in einer Queue früherer Bilder wieder.",
  caveats: [
    "Das Mischen zwischen GPUs geschieht hier auf einem Gerät: Batch Norm in Gruppen, die Gruppen der Keys gemischt.",
    "Symmetrische Formen unterscheiden sich: Die veröffentlichte Demo für kleine Bilder addiert beide Richtungen, anderer Code mittelt sie.",
  ],
  knobs: {
    temperature: temperature(
      "Durch sie werden Ähnlichkeiten vor der Softmax geteilt: 0,2 auf ImageNet, 0,1 auf kleinen Bildern.",
    ),
    queue,
    momentum,
    normGroups,
    symmetric: {
      label: "Beide Richtungen",
      help: "Jede Ansicht ist einmal Query und einmal Key, und die beiden Losses werden addiert. Kostet pro Schritt etwa doppelt so viel.",
    },
  },
  words: {},
};
