import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const charts: Texts["charts"] = {
  axes: { step: "Schritt", epoch: "Epoche", wall: "Trainingszeit", macs: "Rechenaufwand (MAC)" },
  against: (title, axis) => `${title} über ${axis}.`,
  at: (name, value, place) => `${name}: ${value} bei ${place}.`,
  points: "Pp.",
  fromTo: (low, high) => `${low} bis ${high}`,
  showAll: "Alles zeigen",
  legend: "Legende aller Diagramme",
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
  allHidden: "Alle Kurven sind verborgen. Ein Klick auf einen Namen der Legende zeigt sie.",
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
    tooFew: (measured, fewest) =>
      `${measured}; zu wenige Seeds für eine Aussage: Mindestens ${integer(fewest)} sind nötig.`,
    // The unit's abbreviation must not end a sentence.
    interval: (ends, together) =>
      together > 1
        ? `von ${ends} reicht das 95-%-Intervall über die Seeds, korrigiert für ${integer(together)} Vergleiche`
        : `von ${ends} reicht das 95-%-Intervall über die Seeds`,
    better: (measured, interval) => `${measured}; besser: ${interval}.`,
    worse: (measured, interval) => `${measured}; schlechter: ${interval}.`,
    small: (measured, interval, bound) => `${measured}; kein Unterschied über ${bound}: ${interval}.`,
    unclear: (measured, interval, bound) =>
      `${measured}; noch nicht zu entscheiden: ${interval}; der Unterschied kann null sein oder bis zu ${bound} betragen.`,
  },
};

const bestNetwork =
  "das Netz, wie es war, als es auf Validierungsbildern am besten war, nach seinem eigenen Klassifikator oder, wo es keinen hat, nach kNN. Wo Kurven auf Testbildern gemessen werden, wie in Experimenten früherer Fassungen, ist es der höchste Punkt der Kurve, und der ist zu hoch.";

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
    "Jeder Ring ist der Unterschied eines Seeds, die Raute ihr Mittel, der Balken dessen 95-%-Intervall, am Bildrand abgeschnitten. Die gestrichelte Linie liegt bei null. Aussagen sind nach Holm für alle Arme und Maße der Tabelle korrigiert. Intervalle erfassen die Streuung über die Seeds, nicht die Wahl der Bilder: Auf 1.000 anderen Testbildern wiche die Genauigkeit eines Netzes um etwa 1,6 Prozentpunkte ab.",
  metrics: {
    finalKnn: "kNN, am Ende",
    balancedKnn: "kNN, balanciert",
    bestKnn: "kNN, Bestwert",
    finalLinear: "Linear, am Ende",
    balancedLinear: "Linear, balanciert",
    bestLinear: "Linear, Bestwert",
    finalClassifier: "Klassifikator, am Ende",
    bestClassifier: "Klassifikator, Bestwert",
    finalDetection: "Detektion AP@.5, am Ende",
  },
  meanings: {
    finalKnn:
      "kNN-Genauigkeit des trainierten Netzes auf Testbildern: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    balancedKnn:
      "kNN-Genauigkeit am Ende als Mittel über die Klassen, sodass kleine Klassen so viel zählen wie große: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    bestKnn: `kNN-Genauigkeit auf Testbildern: ${bestNetwork}`,
    finalLinear:
      "Genauigkeit eines linearen Klassifikators auf eingefrorenen Merkmalen des trainierten Netzes, auf Testbildern: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    balancedLinear:
      "Lineare Genauigkeit am Ende als Mittel über die Klassen: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    bestLinear: `Lineare Genauigkeit auf Testbildern: ${bestNetwork}`,
    finalClassifier:
      "Genauigkeit des eigenen Klassifikators des trainierten Netzes auf Testbildern: Mittel ± Stichproben-Standardabweichung über die Seeds.",
    bestClassifier: `Genauigkeit des eigenen Klassifikators auf Testbildern: ${bestNetwork}`,
    finalDetection:
      "Mittlere Average Precision des trainierten Detektors auf Leinwänden aus Testbildern, bei einer IoU von 0,5: Mittel ± Stichproben-Standardabweichung über die Seeds.",
  },
  topFive: "Top-5, linear",
  topFiveMeaning: "Lineare Genauigkeit, wenn die richtige Klasse unter den fünf wahrscheinlichsten ist.",
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
  help: "Mittel ± Stichproben-Standardabweichung der Unterschiede zwischen Läufen desselben Seeds, die Datenreihenfolge und Anfangswerte teilen. Intervalle (95 %, Students t) und Aussagen sind nach Holm für alle Vergleiche der Tabelle korrigiert: Mit mindestens 95 % Wahrscheinlichkeit ist keine davon falsch. Sie erfassen Seeds, nicht die Wahl der Testbilder.",
  arms: "Arme",
  metric: "Genauigkeit",
  seeds: "Seeds",
  difference: "Unterschied",
  interval: "95-%-Intervall, korrigiert",
  verdict: "Urteil",
  verdicts: {
    better: () => "besser",
    worse: () => "schlechter",
    small: (bound) => `kein Unterschied über ${bound}`,
    unclear: (bound) => `noch nicht zu entscheiden: null oder bis zu ${bound}`,
    "too-few": () => "zu wenige Seeds für eine Aussage",
  },
};
