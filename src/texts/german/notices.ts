import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const notices: Texts["notices"] = {
  dismiss: (title) => `Ausblenden: ${title}`,
  stillReadable: "Die Seite lässt sich weiterhin lesen, das Experiment ändern und als Link weitergeben.",
  webgl: {
    short: "Kein WebGPU: langsamer",
    title: "Kein WebGPU: Training mit WebGL",
    cause:
      "Alles funktioniert, doch ein Schritt dauert ein Mehrfaches, und in den Speicher der GPU passt weniger.",
    action:
      "Aktuelles Chrome oder Edge mit Hardwarebeschleunigung bietet WebGPU. Zum Einstieg eignet sich die Vorlage „Kurzer Blick“.",
  },
  wasm: {
    short: "Keine GPU: langsamer",
    title: "Keine GPU: Training auf dem Prozessor, mit WebAssembly",
    cause:
      "Von dem, was dieser Browser bietet, war das gemessen am schnellsten. Die Ergebnisse sind dieselben, nur langsamer: einige Minuten für die Vorlage „Kurzer Blick“.",
    action:
      "Hat der Rechner eine GPU, in den Einstellungen des Browsers die Hardwarebeschleunigung einschalten.",
  },
  cpu: {
    short: "Keine GPU: sehr langsam",
    title: "Keine GPU: Training auf dem Prozessor, in reinem JavaScript",
    cause:
      "Selbst kleinste Netze brauchen Sekunden pro Schritt: genug, um zu sehen, dass es geht, zu langsam für Experimente.",
    action:
      "Die Seite in aktuellem Chrome oder Edge mit Hardwarebeschleunigung öffnen oder wenige Schritte der Vorlage „Kurzer Blick“ trainieren.",
  },
  software: {
    short: "Keine GPU: langsamer",
    title: "WebGPU ohne GPU",
    cause:
      "Der Browser rechnet WebGPU auf dem Prozessor. Die Ergebnisse sind dieselben, nur langsamer: Minuten für die Vorlage „Kurzer Blick“.",
    action:
      "Hat der Rechner eine GPU, in den Einstellungen des Browsers die Hardwarebeschleunigung einschalten.",
  },
  interrupted: {
    title: "Ein Training wurde unterbrochen",
    cause: (arms, seeds, savedAt) =>
      `${arms}, mit ${seeds === 1 ? "einem Seed" : counted(seeds, "Seed", "Seeds")}, zuletzt gesichert ${savedAt}.`,
    action:
      "Es kann dort weitergehen, wo es war: Die Kurven werden dieselben sein, als wäre nichts geschehen.",
    continue: "Training fortsetzen",
    forget: "Verwerfen",
  },
  outdated: {
    title: "Ein Teil der Seite ließ sich nicht laden",
    cause:
      "Die Seite wurde auf ihrem Server erneuert, seit sie hier offen ist, oder er ist nicht erreichbar.",
    action: "Was trainiert, läuft weiter. Gesichert und neu geladen, bietet die Seite an, dort fortzufahren.",
    saveAndReload: "Sichern und neu laden",
    reload: "Neu laden",
  },
  renewed: {
    title: "Es gibt eine neuere Version dieser Seite",
    cause: "Sie erscheint, wenn die Seite neu geladen wird. Bis dahin läuft alles weiter, wie es ist.",
    action: "Was trainiert, wird vorher gesichert und lässt sich dort fortsetzen, wo es war.",
  },
  link: {
    setting: "Einstellung",
    given: "Angegeben",
    allowed: "Erlaubt",
    default: "Vorgabe",
    wholeExperiment: "das Experiment",
    leftOut: "entfällt",
    openRepaired: (settings) => {
      if (settings === 0) return "Seine Einstellungen ohne die Kurven öffnen";
      return settings === 1
        ? "Mit der Vorgabe für diese Einstellung öffnen"
        : "Mit den Vorgaben für diese Einstellungen öffnen";
    },
    keep: "Beim gezeigten Experiment bleiben",
    itsDefaults: "seine Vorgaben",
    defaultList: (length) => `die vorgegebene Liste mit ${integer(length)} Einträgen`,
  },
  anArm: "Ein Arm",
  ofRun: (arm, seed, title) => `${arm}, Seed ${seed}: ${title}`,
};
