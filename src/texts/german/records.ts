import type { Texts } from "../english/english";
import { counted, integer } from "./words";

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
  better: (interval) => `Das ist besser: ${interval}.`,
  worse: (interval) => `Das ist schlechter: ${interval}.`,
  small: (interval, bound) => `Kein Unterschied über ${bound}: ${interval}.`,
  unclear: (interval, bound) =>
    `Mit diesen Seeds ist es nicht zu entscheiden: ${interval}; der Unterschied kann null sein oder bis zu ${bound} betragen.`,
  tooFew: "Zu wenige Seeds für ein Urteil.",
  play: "Abspielen",
  pause: "Anhalten",
  step: "Gezeigter Schritt",
  stepOf: (step, steps) => `Schritt ${integer(step)} von ${integer(steps)}`,
  train: "Selbst trainieren",
  trainLead: "In diesem Tab, auf diesem Gerät. Bilder, Netze und Ergebnisse bleiben hier.",
  trainHere: "Diesen Vergleich trainieren",
  openAll: "Alle Diagramme und Tabellen",
};

export const gallery: Texts["gallery"] = {
  title: "Aufgezeichnete Studien",
  lead: "Fragen der Papers, über mehrere Seeds beantwortet. Eine öffnen oder hier reproduzieren.",
  about:
    "Jede wurde einmal trainiert und wird aus einer Datei gezeigt. „Öffnen“ zeigt Einstellungen, Kurven und Tabellen; „Reproduzieren“ trainiert sie hier und sagt, ob dasselbe herauskommt.",
  close: "Galerie schließen",
  cost: (runs, macs, time) => `${counted(runs, "Lauf", "Läufe")}, ${macs}, ${time} auf`,
  open: "Öffnen",
  openNamed: (question) => `Öffnen: ${question}`,
  reproduce: "Reproduzieren",
  reproduceNamed: (question) => `Reproduzieren: ${question}`,
};
