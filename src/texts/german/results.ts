import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const curves: Texts["curves"] = {
  title: "Kurven",
  leads: {
    validation: "Genauigkeit auf Validierungsbildern und Losses, mit Vergleichslinien",
    test: "Genauigkeit auf Testbildern, wie in Experimenten früherer Fassungen, und Losses, mit Vergleichslinien",
  },
  horizontalAxis: "Waagerechte Achse",
  axes: {
    step: { label: "Schritt", title: "Updates des Optimierers in dieser Stufe" },
    epoch: { label: "Epoche", title: "Durchgänge durch die Trainingsbilder" },
    wall: { label: "Zeit", title: "Trainingszeit des Laufs, die seines Teachers eingeschlossen" },
    macs: { label: "Aufwand", title: "Rechenaufwand des Laufs in MAC, der seines Teachers eingeschlossen" },
  },
  tabs: "Diagramme",
  groups: {
    overview: "Überblick",
    student: "Student",
    teacher: "Teacher",
    pretraining: "Vortraining",
    sourceTeacher: "Teacher des Vortrainings",
    terms: "Loss-Terme",
    mutual: "Mutual Learning",
    schedules: "Zeitpläne",
    speed: "Tempo",
    more: "Mehr",
  },
  ofArm: (metric, arm) => `${metric}, ${arm}`,
  arm: "Arm",
  noTeacherYet: "Noch kein Arm hat einen Teacher gemessen.",
  noTargetYet: "Noch kein Arm sagt diese Zielansicht voraus.",
  mutualTitle: "Terme des Loss des Students",
  mutualParts: {
    whole: "Loss",
    labels: "Labels",
    ensemble: "Mittel der Peers",
    entropy: "minus Entropie der Peers",
  },
  floors: {
    pixels: "rohe Pixel",
    untrained: "untrainiert",
    calibrated: "untrainiert, kalibriert",
    majority: "immer die größte Klasse",
  },
  recorded: (arm) => `${arm}, aufgezeichnet`,
  happened: (arm, what) => `${arm} ${what}`,
  collapsed: "kollabiert",
  diverged: "divergiert",
  happenedAt: (event, step) => `${event} bei Schritt ${step}.`,
  crashed: (member) => `Mitglied ${member} abgestürzt`,
};

export const welcome: Texts["welcome"] = {
  samples: "Beispielbilder",
  train: "Diesen Vergleich trainieren",
  orElse: "oder mit einer Vorlage oben beginnen, oder eigene Bilder hierher ziehen",
};

export const chartOptions: Texts["chartOptions"] = {
  title: "Diagrammoptionen",
  verticalAxis: "Senkrechte Achse",
  horizontalAxis: "Waagerechte Achse",
  horizontalScale: "Skala der waagerechten Achse",
  scales: { linear: "Linear", log: "Log" },
  arms: "Arme",
  layouts: { together: "In einem Diagramm", apart: "Je ein Diagramm" },
  seeds: "Seeds",
  seedChoices: { mean: "Mittel der Seeds", each: "Jeder Seed" },
  band: "Band",
  bands: {
    deviation: { label: "SD", title: "± Stichproben-Standardabweichung über die Seeds" },
    error: { label: "SE", title: "± Standardfehler des Mittels über die Seeds" },
    interval: { label: "95 %", title: "95-%-t-Intervall des Mittels" },
    range: { label: "Min–Max", title: "Vom kleinsten bis zum größten Seed" },
    none: { label: "Keins", title: "Kein Band" },
  },
  smoothing: "Glättung",
  smoothingHelp:
    "Ein bias-korrigiertes gleitendes Mittel; dies ist der Anteil, den es von seinem vorigen Wert behält. Dünne Linien zeigen die gemessenen Werte. Werte unter dem Zeiger sind geglättet, gespeicherte Dateien nicht.",
  papers: "Zahlen der Paper",
  noPaper: "Keine",
  ofPaper: (setting) =>
    `Aus dem Paper: ${setting}. Gezeichnet in Diagrammen der linearen und der Klassifikator-Genauigkeit; nicht vergleichbar mit den hier gemessenen Ergebnissen.`,
};

export const curveList: Texts["curveList"] = {
  title: "Läufe",
  help: "Angeheftete Arme stehen vorn und werden über die anderen gezeichnet. Verborgene Läufe fehlen auch im Mittel der Kurven; die Ergebnistabelle zählt jeden Lauf.",
  groupBy: "Gruppieren nach",
  arm: "Arm",
  empty: "Hier wurde noch nichts trainiert.",
  show: "Zeigen",
  pin: "Anheften",
  showArm: (arm) => `${arm} zeigen`,
  pinArm: (arm) => `${arm} anheften`,
  moveUp: (arm) => `${arm} nach oben`,
  moveDown: (arm) => `${arm} nach unten`,
  seeds: "Seeds",
  showSeed: (seed, arm) => `Seed ${seed} von ${arm} zeigen`,
};

export const results: Texts["results"] = {
  grouped:
    "Arme mit demselben Wert sind eine Zeile: ihre Genauigkeiten gehen über alle ihre Läufe, ihre Unterschiede Seed für Seed über die Mittel ihrer Arme.",
  title: "Ergebnisse",
  lead: "Genauigkeit auf Testbildern und Unterschiede zwischen Armen, Seed für Seed",
  ofSeed: (arm, seed) => `${arm}, Seed ${seed}`,
};

export const compared: Texts["compared"] = {
  title: "Was verglichen wurde",
  cost: "Bedingungen und bisheriger Aufwand",
  images: "Bilder",
  seeds: "Seeds",
  batch: "Batchgröße",
  steps: "Schritte aller Läufe",
  compute: "Rechenaufwand aller Läufe",
  time: "Trainingszeit aller Läufe",
  device: "Gerät",
};

export const floors: Texts["floors"] = {
  summary: "Gewinn durch Training: jeder Student im Vergleich zu sich selbst, untrainiert",
  label: "Students vor und nach dem Training",
  run: "Lauf",
  knnNow: "kNN, jetzt",
  knnUntrained: "kNN, untrainiert",
  knnGain: "kNN, Gewinn",
  knnBalanced: "kNN, balanciert",
  majority: "immer die größte Klasse",
  linearUntrained: "Linear, untrainiert",
  linearGain: "Linear, Gewinn",
  pixels: "rohe Pixel",
  linearNow: "Linear, jetzt",
  help: "Untrainiert heißt: der Encoder vor seinem ersten Schritt, mit der Batch-Norm-Statistik der Trainingsbilder. Balanciert: das Mittel der Genauigkeiten der einzelnen Klassen. Immer die größte Klasse: die Genauigkeit, wenn für jedes Bild die häufigste Klasse der Trainingsbilder genannt wird.",
};

export const teachers: Texts["teachers"] = {
  title: "Teacher",
  measures: { kNN: "kNN", classifier: "sein Klassifikator" },
  who: (arms, seed) => `Teacher von ${arms}, Seed ${seed}`,
  now: (measure, latest, untrained) => `${measure} ${latest}, untrainiert ${untrained}`,
  gained: (points) => `${points} Prozentpunkte`,
  waiting: (who) => `${who}: noch nicht trainiert.`,
  notYet: "er hat noch nicht zu lernen begonnen",
  training: (who, step, steps, now, gain) =>
    `${who}, Schritt ${integer(step)} von ${integer(steps)}: ${now} (${gain}).`,
  trained: (who, now, gain) => `${who}, wenn seine Studenten beginnen: ${now} (${gain}).`,
  failed: (who, now, steps, isOver) =>
    `${who} hat in seinen ${counted(steps, "Schritt", "Schritten")} nichts gelernt: ${now}. Von Studenten, die ihm folgen, ist nichts zu erwarten; ${isOver ? "er braucht mehr Schritte" : "besser anhalten und ihm mehr Schritte geben"}.`,
};

export const probeRates: Texts["probeRates"] = {
  summary: "Beste Lernrate der linearen Probe",
  label: "Validierungsgenauigkeit nach Lernrate der linearen Probe",
  arm: "Arm",
  rate: (rate) => `Rate ${String(rate).replace(".", ",")}`,
  ofSeeds: (arm, seeds) => (seeds > 1 ? `${arm}, Mittel über ${seeds} Seeds` : arm),
  help: "Lineare Auswertung mit SGD auf eingefrorenen Merkmalen, wie sie sind, denn ihre Größe zählt: Genauigkeit auf Validierungsbildern, dunkler ist besser, das Beste jedes Arms fett. S2-BNN berichtet, mit SGD gelernte Merkmale brauchten hohe Raten und mit Adam gelernte niedrige.",
};

export const ledger: Texts["ledger"] = {
  summary: "Rechenaufwand jedes Arms: wie trainiert und wie Paper ihn zählen",
  label: "Rechenaufwand im Einzelnen",
  arm: "Arm",
  stage: "Stufe",
  steps: "Schritte",
  perStep: "Pro Schritt",
  forward: "vorwärts",
  backward: "rückwärts",
  momentum: "Momentum-Kopien",
  probe: "Probe, zusätzlich",
  stageInAll: "Stufe gesamt",
  runInAll: "Lauf gesamt",
  timesCheapest: "× günstigster",
  papers: "Paper, pro Bild",
  parameters: "Parameter, S + T",
  stages: {
    teacher: "Stufe des Teachers",
    student: "Stufe des Students",
    joint: "Gemeinsame Stufe",
    sourceTeacher: "Teacher des Vortrainings",
    pretraining: "Vortraining",
    fineTune: "Feinabstimmung",
    fix: "Fix",
  },
  help: "Wie trainiert: Multiplikationen mit Addition (MAC) aller Vorwärts- und Rückwärtsdurchgänge beider Ansichten, Momentum-Kopien und Köpfe eingeschlossen; ein Rückwärtsdurchgang zählt wie zwei Vorwärtsdurchgänge. Paper: ein Vorwärtsdurchgang jedes Netzes pro Bild. Die Probe ist für sich gezählt; nächste Nachbarn und andere Messungen zählen nicht.",
};

export const reproduction: Texts["reproduction"] = {
  title: "Aufgezeichnete Kurven",
  lead: (device) => `Gemessen vom Absender des Links auf ${device}.`,
  dotted: "In den Diagrammen gepunktet.",
  reproduce: "Reproduzieren",
  dismiss: "Ausblenden",
  changed: "Geänderte Einstellungen",
  change: (was, here) => `aufgezeichnet mit ${was}, hier ${here}`,
  compared: (compared, recorded) =>
    `${compared} von ${counted(recorded, "aufgezeichneten Punkt", "aufgezeichneten Punkten")} verglichen`,
  distance: (mean, greatest) => `mittlerer Abstand ${mean}, größter ${greatest}`,
  notYetChanged: (settings) =>
    `Noch nicht verglichen. Einstellungen weichen von den aufgezeichneten ab: ${settings}. „Reproduzieren“ würde mit den jetzigen Einstellungen trainieren.`,
  andMore: (settings, more) => `${settings} und ${counted(more, "weitere", "weitere")}`,
  asRecorded: "Wie aufgezeichnet",
  asRecordedLead: (device) =>
    `Aus den Kurven im Link, gemessen auf ${device}. „Am Ende“ meint den letzten aufgezeichneten Punkt.`,
  restore: "Wie aufgezeichnet einstellen",
  notYet:
    "Noch nicht verglichen. „Reproduzieren“ trainiert dasselbe Experiment hier und vergleicht Punkt für Punkt.",
  differsByChange: (settings, far, distance) =>
    `Urteil: weicht ab, denn Einstellungen wurden geändert: ${settings} (${far}; ${distance}).`,
  byMetric: "Abstände nach Metrik",
  metric: "Metrik",
  points: "Punkte",
  meanDistance: "Mittlerer Abstand",
  greatestDistance: "Größter",
  tolerance: (within) =>
    `Gleich: jeder Punkt innerhalb der Rundung der Aufzeichnung von 0,00005. Nah: ein mittlerer Abstand von höchstens ${within}.`,
  verdict: "Urteil",
  soFar: "Bisher",
  same: (head, far) =>
    `${head}: gleich. Jeder verglichene Punkt liegt innerhalb der Rundung der Aufzeichnung von 0,00005 (${far}).`,
  close: (head, within, far, distance) =>
    `${head}: nah, innerhalb eines mittleren Abstands von ${within}. Geräte runden verschieden, und Training verstärkt kleine Unterschiede (${far}; ${distance}).`,
  differs: (head, within, far, distance) =>
    `${head}: weicht ab. Der mittlere Abstand liegt über ${within} (${far}; ${distance}).`,
};

export const trainings: Texts["trainings"] = {
  summary: "Unterschiede zwischen Trainings",
  label: "Einstellungen, in denen sich die Trainings unterscheiden",
  setting: "Einstellung",
  shown: "Dieses Training",
  help: "Auch gespeicherte Trainings werden Seed für Seed mit dem Bezugsarm verglichen. Läufe eines Seeds teilen Datenreihenfolge und Anfangswerte nur, soweit diese Einstellungen es zulassen.",
};
