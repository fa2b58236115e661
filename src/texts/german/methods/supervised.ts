import type { MethodTexts } from "../../english/methods";

export const supervised: MethodTexts<"supervised"> = {
  name: "Überwacht",
  summary: "Der Student lernt allein von Labels: was dasselbe Netz kann, wenn man ihm die Klassen verrät.",
  caveats: [],
  knobs: {},
  words: {},
};
