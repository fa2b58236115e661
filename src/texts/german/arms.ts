import type { Texts } from "../english/english";
import { counted } from "./words";

const steps = (count: number) => counted(count, "Schritt", "Schritte");

/** Where an arm is called by more than its method. */
const armsOfPresets: Readonly<Record<string, string>> = {
  "Ŝ other view": "Ŝ andere Ansicht",
  "+ T̂ same view": "+ T̂ gleiche Ansicht",
  "+ T̂ other view": "+ T̂ andere Ansicht",
  "All seven": "Alle sieben",
  Supervised: "Mit Labels",
  "Labels alone": "Labels allein",
  "A peer": "Ein Peer",
};

export const arms: Texts["arms"] = {
  title: "Was verglichen wird",
  list: "Arme",
  presets: "Vorlagen",
  ofPreset: (name) => armsOfPresets[name] ?? name,
  orBeginWith: "Oder beginnen mit",
  addArm: "Arm hinzufügen",
  notAdded: (field, allowed) => `Nicht hinzugefügt. Für ${field} ist nur erlaubt: ${allowed}.`,
  showSettings: "Einstellungen dieses Arms zeigen",
  scheme: "Verfahren",
  targets: (targets) => `Ziele ${targets}`,
  teacher: "Teacher",
  student: "Student",
  none: "keiner",
  trainedBefore: (network, count) => `${network}, vorher ${steps(count)}, dann eingefroren`,
  trainedAlongside: (network) => `${network}, lernt nebenher`,
  studentSteps: (network, count) => `${network}, ${steps(count)}`,
  actionsFor: (arm) => `Aktionen für ${arm}`,
  menu: {
    settings: "Einstellungen zeigen",
    duplicate: "Duplizieren",
    forward: "Nach vorn",
    back: "Nach hinten",
    show: "In Diagrammen zeigen",
    hide: "In Diagrammen verbergen",
    remove: "Entfernen",
  },
  whatDiffers: "Worin sich die Arme unterscheiden",
  countOfSettings: (count) => `(${counted(count, "Einstellung", "Einstellungen")})`,
  differences: "Abweichende Einstellungen",
  setting: "Einstellung",
  runs: "Läufe",
  seed: (seed) => `Seed ${seed}`,
  accuracySoFar: "Bisherige kNN-Genauigkeit",
  accuracyHint: "kNN-Top-1 auf zurückgehaltenen Bildern",
  finished: "fertig",
  waiting: "wartet",
  plan: (count, seeds) => `${counted(count, "Arm", "Arme")} × ${counted(seeds, "Seed", "Seeds")}`,
  planCosts: (plan, count, macs) => `${plan}: ${steps(count)}, ${macs} vorwärts und rückwärts`,
  studies: "Studien aus den Artikeln",
  study: {
    expected: "Erwartet",
    refutedBy: "Dagegen spräche",
    source: "Quelle",
    openQuick: "Öffnen, kurz",
    openFull: "Öffnen, in voller Größe",
    figures: (setting) => `Zahlen aus dem Artikel: ${setting}`,
  },
};
