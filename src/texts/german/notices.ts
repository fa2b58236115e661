import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const notices: Texts["notices"] = {
  dismiss: (title) => `Ausblenden: ${title}`,
  stillReadable: "Die Seite lässt sich weiterhin lesen, das Experiment ändern und als Link weitergeben.",
  webgl: {
    short: "Kein WebGPU: langsamer",
    title: "Kein WebGPU: Training mit WebGL",
    cause:
      "Alles funktioniert, doch jeder Schritt dauert ein Mehrfaches, und in den Speicher der GPU passt weniger.",
    action:
      "Aktuelle Versionen von Chrome und Edge bieten WebGPU, wenn die Hardwarebeschleunigung an ist. Zum Einstieg eignet sich die Vorlage „Kurzer Blick“.",
  },
  wasm: {
    short: "Keine GPU: langsamer",
    title: "Keine GPU: Training auf dem Prozessor, mit WebAssembly",
    cause:
      "Das war nach Messung die schnellste Möglichkeit in diesem Browser. Die Ergebnisse sind dieselben, dauern aber länger: einige Minuten für die Vorlage „Kurzer Blick“.",
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
      "Der Browser rechnet WebGPU auf dem Prozessor. Die Ergebnisse sind dieselben, dauern aber länger: Minuten für die Vorlage „Kurzer Blick“.",
    action:
      "Hat der Rechner eine GPU, in den Einstellungen des Browsers die Hardwarebeschleunigung einschalten.",
  },
  interrupted: {
    title: "Ein Training wurde unterbrochen",
    cause: (arms, seeds, savedAt) =>
      `${arms}, mit ${seeds === 1 ? "einem Seed" : counted(seeds, "Seed", "Seeds")}, zuletzt gesichert ${savedAt}.`,
    action: "Es lässt sich fortsetzen; die Kurven werden denen eines ununterbrochenen Laufs gleichen.",
    continue: "Training fortsetzen",
    forget: "Verwerfen",
  },
  outdated: {
    title: "Ein Teil der Seite ließ sich nicht laden",
    cause: "Die Seite wurde erneuert, nachdem sie hier geöffnet wurde, oder ihr Server ist nicht erreichbar.",
    action: "Das Training läuft weiter. Sichern und neu laden: Dann bietet die Seite an, es fortzusetzen.",
    saveAndReload: "Sichern und neu laden",
    reload: "Neu laden",
  },
  renewed: {
    title: "Es gibt eine neuere Version dieser Seite",
    cause: "Zum Benutzen die Seite neu laden. Bis dahin funktioniert alles weiter.",
    action: "Das jetzige Training wird vorher gesichert und lässt sich danach fortsetzen.",
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
    keep: "Beim jetzigen Experiment bleiben",
    itsDefaults: "seine Vorgaben",
    defaultList: (length) => `die vorgegebene Liste mit ${integer(length)} Einträgen`,
  },
  anArm: "Ein Arm",
  ofRun: (arm, seed, title) => `${arm}, Seed ${seed}: ${title}`,
};
