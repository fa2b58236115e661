import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const charts: Texts["charts"] = {
  axes: { step: "Schritt", epoch: "Epoche", wall: "Trainingszeit", macs: "Rechenaufwand (MAC)" },
  against: (title, axis) => `${title} über ${axis}.`,
  at: (name, value, place) => `${name}: ${value} bei ${place}.`,
  points: "Pp.",
  fromTo: (low, high) => `${low} bis ${high}`,
  showAll: "Alles zeigen",
  dataTable: "Datentabelle",
  listenTo: (name) => `${name} anhören`,
  tableCaption: (title) => `${title}: Mittel ± Standardabweichung über n Seeds`,
  saveAs: (title, format) => `${title} als ${format} speichern`,
  notSaved: (why) => `Nicht gespeichert. ${why}`.trimEnd(),
  noPlot: "Es ist noch nichts gezeichnet.",
  noCanvas: "Für das Bild ließ sich keine Zeichenfläche anlegen.",
  tooLarge: "Das Bild ist zu groß.",
  shownFrom: "Gezeigt ab",
  shownTo: "Gezeigt bis",
  allHidden: "Alle Kurven sind verborgen. Ein Klick auf einen Namen unten zeigt sie.",
  noPoints: "Noch keine Punkte. Die Kurven beginnen mit der ersten Messung.",
  dropped: (points) =>
    points === 1
      ? "1 Punkt bei oder unter null ist auf der logarithmischen Achse nicht gezeigt."
      : `${integer(points)} Punkte bei oder unter null sind auf der logarithmischen Achse nicht gezeigt.`,
  difference: {
    noneYet: (arm, baseline) => `${arm} − ${baseline}: Noch kein Seed ist in beiden Armen fertig.`,
    equalCompute: "bei gleichem Rechenaufwand",
    timesCompute: (times) => `bei × ${times} Rechenaufwand`,
    arms: (arm, baseline) => `${arm} − ${baseline}`,
    measured: (arms, points, seeds) => `${arms}: ${points} über ${counted(seeds, "Seed", "Seeds")}`,
    tooFew: (measured) => `${measured}; zu wenige Seeds für eine Aussage.`,
    unclear: (measured, interval) =>
      `${measured}; das 95-%-Intervall von ${interval} schließt null ein: zu wenige Seeds für eine Aussage.`,
    better: (measured, interval) => `${measured}; besser: Das 95-%-Intervall reicht von ${interval}.`,
    worse: (measured, interval) => `${measured}; schlechter: Das 95-%-Intervall reicht von ${interval}.`,
  },
};

export const resultsTable: Texts["resultsTable"] = {
  label: "Ergebnistabelle",
  caption:
    "Genauigkeit auf zurückgehaltenen Bildern: Mittel ± Stichproben-Standardabweichung über die Seeds.",
  baselineNote: (baseline) => `Unterschiede in Prozentpunkten gegen ${baseline}, Seed für Seed.`,
  empty: "Noch keine Arme zu vergleichen.",
  baseline: "Bezug",
  isBaseline: "Bezug",
  compareWith: (arm) => `Mit ${arm} vergleichen`,
  compareBy: "Vergleichen nach",
  differences: "Unterschiede zum Bezugsarm",
  differencesTitle: (metric, baseline) => `${metric}: Unterschiede zu ${baseline}`,
  forestHelp:
    "Jeder Ring ist der Unterschied eines Seeds, die Raute ihr Mittel, der Balken dessen 95-%-t-Intervall, am Bildrand abgeschnitten. Die gestrichelte Linie liegt bei null.",
  seedBySeed: (metric) => `${metric}, Seed für Seed:`,
  metrics: {
    finalKnn: "kNN, am Ende",
    balancedKnn: "kNN, balanciert",
    bestKnn: "kNN, Bestwert",
    finalLinear: "Linear, am Ende",
    balancedLinear: "Linear, balanciert",
    bestLinear: "Linear, Bestwert",
  },
  meanings: {
    finalKnn:
      "kNN-Genauigkeit auf zurückgehaltenen Bildern nach dem letzten Schritt: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    balancedKnn:
      "kNN-Genauigkeit am Ende als Mittel über die Klassen, sodass kleine Klassen so viel zählen wie große: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    bestKnn:
      "Die beste kNN-Genauigkeit im Verlauf eines Laufs: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    finalLinear:
      "Genauigkeit eines linearen Klassifikators auf eingefrorenen Merkmalen nach dem letzten Schritt: Mittel ± Stichproben-Standardabweichung.",
    balancedLinear:
      "Lineare Genauigkeit am Ende als Mittel über die Klassen: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    bestLinear:
      "Die beste lineare Genauigkeit im Verlauf eines Laufs: Mittel ± Stichproben-Standardabweichung über die Seeds.",
  },
  arm: "Arm",
  armMeaning: "Ein Verfahren mit seinen Einstellungen.",
  seeds: "Seeds",
  seedsMeaning: "Fertige von den geplanten Läufen.",
  difference: "Gegen Bezug",
  differenceMeaning: (metric) => `${metric}: dieser Arm minus Bezugsarm, Seed für Seed.`,
  compute: "Aufwand",
  computeMeaning: "Multiplikationen mit Addition (MAC) eines Laufs im Training, vorwärts und rückwärts.",
  time: "Zeit",
  timeMeaning: "Trainingszeit eines Laufs ohne Pausen: Mittel über die Seeds.",
};

export const differencesTable: Texts["differencesTable"] = {
  title: "Unterschiede, Seed für Seed",
  help: "Mittel ± Stichproben-Standardabweichung der Unterschiede zwischen Läufen desselben Seeds, die Datenreihenfolge und Anfangswerte teilen; 95-%-t-Intervall des Mittels.",
  arms: "Arme",
  metric: "Genauigkeit",
  seeds: "Seeds",
  difference: "Unterschied",
  interval: "95-%-Intervall",
  verdict: "Urteil",
  verdicts: {
    better: "besser",
    worse: "schlechter",
    unclear: "zu wenige Seeds für eine Aussage",
    "too-few": "zu wenige Seeds für eine Aussage",
  },
};
