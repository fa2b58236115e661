import type { Texts } from "../english/english";
import { counted } from "./words";

export const records: Texts["records"] = {
  unknown: {
    title: "Dieser Link nennt einen aufgezeichneten Vergleich, den es nicht gibt",
    cause: (id, ids) => `Einen aufgezeichneten Vergleich „${id}“ gibt es nicht. Vorhanden: ${ids}.`,
    action: "Einen aus der Galerie wählen. Die Seite zeigt jetzt das Standardexperiment.",
  },
  unreadable: {
    title: "Der aufgezeichnete Vergleich lässt sich nicht öffnen",
    cause: (why) => `Seine Datei ließ sich nicht holen oder ist nicht die aufgezeichnete. ${why}`,
    action: "Die Verbindung prüfen und noch einmal öffnen. Das Training hier geht auch ohne ihn.",
  },
  lead: (when, device) =>
    `Aufgezeichnet am ${when} auf ${device} und aus einer Datei gezeigt: Hier wurde nichts trainiert.`,
  command: (version, commit) => `Version ${version} (${commit}); der Befehl, der es wiederholt:`,
};

export const questions: Texts["questions"] = {
  default: "Lernt ein Student ohne Labels mit Teacher mehr als allein?",
  "wrong-labels": "Hilft ein Teacher, wenn die Hälfte der Labels falsch ist?",
  "offline-online-between":
    "Ist bei gleichem Rechenaufwand ein Teacher, der nebenher lernt, besser als ein vorher trainierter?",
};

export const arrival: Texts["arrival"] = {
  region: "Aufgezeichneter Vergleich",
  origin: (seeds, when, device) =>
    `Aufgezeichnet, nicht hier trainiert: ${counted(seeds, "Seed", "Seeds")}, ${when}, ${device}`,
  answer: (arms, points, seeds) => `${arms}: ${points} über ${counted(seeds, "Seed", "Seeds")}`,
};
