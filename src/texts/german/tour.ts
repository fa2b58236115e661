import type { Texts } from "../english/english";

export const tour: Texts["tour"] = {
  offerCause: "Die Teile der Seite, einer nach dem anderen: eine halbe Minute.",
  take: "Rundgang beginnen",
  place: (stop, stops) => `Station ${stop} von ${stops}`,
  next: "Weiter",
  back: "Zurück",
  done: "Fertig",
  end: "Rundgang beenden",
  again: "Rundgang noch einmal",
  stops: {
    arms: {
      title: "Arme",
      says: "Jede Karte ist ein Arm: ein Verfahren, sein Teacher und sein Student. Die Vorlagen darunter sind vollständige Vergleiche; jede sagt, was sie zeigt.",
    },
    start: {
      title: "Starten",
      says: "Ein Klick trainiert alle Arme nebeneinander, auf diesem Rechner. Der Stand und die verbleibende Zeit stehen daneben.",
    },
    curves: {
      title: "Kurven",
      says: "Kurven wachsen, während die Arme lernen: Genauigkeit auf zurückgehaltenen Bildern, Losses und Warnungen vor einem Kollaps. Über ein Diagramm zu ziehen vergrößert.",
    },
    results: {
      title: "Ergebnisse",
      says: "Eine Ergebnistabelle, mit Unterschieden Seed für Seed in einfachen Sätzen. Sind es zu wenige Seeds, sagt sie, dass das Ergebnis offen ist.",
    },
    settings: {
      title: "Einstellungen",
      says: "Verfahren, Netze, Bilder, Ansichten und Training. Das Fragezeichen neben einer Einstellung erklärt sie. „Link kopieren“ teilt das ganze Experiment.",
    },
  },
};
