import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const inspect: Texts["inspect"] = {
  title: "Zurückgehaltene Bilder",
  lead: "Vorhersagen von Student, Teacher und untrainiertem Student, Bild für Bild",
  run: "Lauf",
  take: "Jetzt ansehen",
  takeAgain: "Erneut ansehen",
  taking: "Die zurückgehaltenen Bilder werden zwischen zwei Schritten eingebettet …",
  untaken: "Zeigt die Netze, wie sie jetzt sind, vor dem Ende des Trainings.",
  takenAt: (stage, step) => `Stand der Netze: ${stage}, Schritt ${step}.`,
  noStudentYet: "Zuerst trainiert der Teacher: Noch gibt es keinen Student zum Vergleich.",
  whyNot: {
    gone: "Die Netze dieses Laufs sind nicht mehr geladen. Neu trainiert lässt er sich ansehen.",
    failed: "Dieser Lauf ist vor seinem Ende fehlgeschlagen, es gibt also nichts anzusehen.",
    elsewhere: "Er trainiert in einem anderen Tab. Dort lässt er sich ansehen, hier nach seinem Ende.",
    withoutImages:
      "Diese Ergebnisse kamen ohne Vorhersagen für einzelne Bilder. Hier trainiert, lassen sie sich ansehen.",
    saved: "Dieser Lauf wurde vor seinem Ende gespeichert. Später ansehen lassen sich nur beendete Läufe.",
  },
  imagesNotHere:
    "Die Bilder dieses Trainings sind nicht geladen und fehlen deshalb; die Ergebnisse sind vollständig. Um sie zu sehen, unter „Bilder“ dieselben laden.",
  classNumber: (number) => `Klasse ${number}`,
  takenFor: (label, answer) => `${label}, vorhergesagt als ${answer}`,
  tabs: { changes: "Richtig und falsch", confusion: "Verwechslungen", map: "Karte" },
  errors: "Fehler",
  fewOfClasses: (shown, all) =>
    `Die ${integer(shown)} von ${integer(all)} Klassen, die am häufigsten verwechselt werden. Die CSV-Datei enthält alle.`,
  ofCell: "Bilder in dieser Zelle",
  against: "Student gegen",
  references: { teacher: "Teacher", untrained: "Untrainierter Student", truth: "Wahre Klasse" },
  againstTeacher: {
    better: "Richtig, wo der Teacher irrt",
    worse: "Falsch, wo der Teacher recht hat",
  },
  againstUntrained: {
    better: "Richtig, vor dem Training falsch",
    worse: "Falsch, vor dem Training richtig",
  },
  ofImages: (count) =>
    `${counted(count, "zurückgehaltenes Bild", "zurückgehaltene Bilder")}, nach den nächsten Trainingsbildern klassifiziert.`,
  encoders: { student: "Student", teacher: "Teacher", untrained: "Untrainiert" },
  maps: { student: "Student", teacher: "Teacher", untrained: "Untrainierter Student" },
  onPlane: (title, images) =>
    `${title}: ${counted(images, "zurückgehaltenes Bild", "zurückgehaltene Bilder")} in zwei Dimensionen`,
  mapKind: "Art der Karte",
  mapKinds: {
    pca: { label: "PCA", title: "Die zwei Richtungen, in denen sich die Merkmale am meisten unterscheiden" },
    umap: { label: "UMAP", title: "Nachbarschaften, in zwei Dimensionen angeordnet" },
  },
  showImages: "Bilder auf der Karte",
  mapping: (percent) => `Karte wird berechnet … ${percent} %`,
  noMap: "Diese Karte ließ sich nicht berechnen.",
  umapHelp:
    "UMAP der ersten 16 Hauptkomponenten (15 Nachbarn, Mindestabstand 0,1, fester Seed). Sie zeigt, welche Bilder nah beieinanderliegen; Abstände zwischen Haufen bedeuten wenig.",
  mapTitle: (encoder, kind) => `Karte ${kind}: ${encoder}`,
  mapTable: {
    image: "Bild",
    imageNumber: (number) => `Bild ${number}`,
    label: "Wahre Klasse",
    answer: "Vorhersage",
  },
  classColors: "Farben der Klassen",
  mapHelp:
    "Hauptkomponenten der Merkmale, eine Farbe pro Klasse. Ein Bild unter dem Zeiger erscheint unten und in allen Karten; ein Klick hält es fest, ein zweiter lässt es los.",
  closerLook: "Gewähltes Bild",
  heldOut: (label) => `Zurückgehaltenes Bild der Klasse ${label}`,
  right: "richtig",
  wrong: "falsch",
  neighbor: (number, label) => `Nachbar ${number}: ${label}`,
  matrix: "Verwechslungsmatrix",
  matrixAgainst: (reference) => `Verwechslungsmatrix, Vergleich: ${reference}`,
  matrixSides: (reference) => `${reference} ↓  Student →`,
  matrixCaption: (reference) =>
    `Zeilen: ${reference}. Spalten: die Vorhersage des Students nach nächsten Nachbarn. Ein Klick auf eine Zelle zeigt ihre Bilder.`,
  cell: (reference, given, answered, images) =>
    `${reference}: ${given}, Student: ${answered}, ${integer(images)} Bilder`,
  showMore: (count, left) =>
    count < left
      ? `${integer(count)} von ${integer(left)} weiteren zeigen`
      : `${integer(count)} weitere zeigen`,
};

export const diagnostics: Texts["diagnostics"] = {
  title: "Zeit pro Schritt",
  measuring: "Wird gemessen …",
  measure: "Einen Schritt messen",
  help: "Misst einen Schritt, während trainiert wird. Der Schritt trainiert wie jeder andere.",
  ofRun: (run, stage) => `${run}: ${stage}`,
  step: "Ein Schritt",
  javascript: "davon JavaScript",
  dispatches: "Dispatches",
  reached: "Durchsatz",
  peak: "Schnellstes Matrixprodukt",
  tensors: "Tensoren",
  memory: "Belegter Speicher",
  allocated: "reserviert",
  steps: {
    recorded: () => "Die Schritte wiederholen einen aufgezeichneten.",
    compiled: () => "Die Schritte sind übersetzt: Jeder ist eine einzige WebAssembly-Funktion.",
    eager: (why) =>
      why
        ? `Die Schritte sind nicht übersetzt, sondern werden Operation für Operation gerechnet; das ist langsamer. ${why}`
        : "Schritte werden nicht aufgezeichnet; jeder wird neu zusammengestellt.",
  },
  kernels: "Zeit nach Kernel",
  kernel: "Kernel",
  gpuTime: "Zeit",
  share: "Anteil",
  choices: {
    title: "Nach gemessener Zeit gewählte Kernel",
    explanation:
      "Vor dem ersten Schritt gemessen, dann beibehalten: Die Ergebnisse von Kerneln unterscheiden sich in den letzten Stellen.",
    convolution: "Faltung",
    chosen: "Gewählt",
    others: "Andere",
  },
  backendTimes: {
    title: "Warum dieses Backend",
    explanation:
      "Ohne GPU rechnete jedes Backend eine Schicht vorwärts und rückwärts, und das schnellste wird benutzt; zurückgefallene wurden nicht zu Ende gemessen (>). Dieser Browser merkt sich das Ergebnis. „?backend=“ in der Adresse der Seite wählt ein anderes.",
    backend: "Backend",
    layer: "Eine Schicht",
    again: "Erneut messen",
  },
};
