import type { Texts } from "../english/english";

export const tour: Texts["tour"] = {
  offer: "Neu hier?",
  offerCause:
    "„Starten“ trainiert sofort den gezeigten Vergleich. Oder zuerst ein kurzer Rundgang: fünf Stationen, eine halbe Minute.",
  take: "Rundgang beginnen",
  skip: "Nein, danke",
  place: (stop, stops) => `Station ${stop} von ${stops}`,
  next: "Weiter",
  back: "Zurück",
  done: "Fertig",
  end: "Rundgang beenden",
  again: "Rundgang noch einmal",
  stops: {
    compared: {
      title: "Was verglichen wird",
      says: "Jede Karte ist ein Arm: ein Verfahren, sein Teacher und sein Student. Die Vorlagen darunter sind ganze Vergleiche, die sagen, was sie zeigen.",
    },
    start: {
      title: "Starten",
      says: "Ein Klick trainiert alle Arme nebeneinander, auf diesem Rechner. Was gerade geschieht, steht daneben, mit der verbleibenden Zeit.",
    },
    goes: {
      title: "Wie es läuft",
      says: "Kurven wachsen, während die Arme lernen: Genauigkeit auf Bildern, von denen kein Netz gelernt hat, Losses und Warnungen vor einem Kollaps. Über ein Diagramm zu ziehen vergrößert.",
    },
    means: {
      title: "Was es bedeutet",
      says: "Eine Tabelle mit Unterschieden Seed für Seed, in einfachen Sätzen. Sind es zu wenige Seeds, sagt sie, dass sich nichts aussagen lässt.",
    },
    change: {
      title: "Wie man es ändert",
      says: "Verfahren, Netze, Bilder, Ansichten und Training. Jede Einstellung erklärt sich hinter ihrem Fragezeichen, und „Link kopieren“ teilt alles.",
    },
  },
};
