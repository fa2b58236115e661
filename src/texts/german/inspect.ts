import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const inspect: Texts["inspect"] = {
  title: "Was sie sehen",
  lead: "Zurückgehaltene Bilder einzeln: der Student neben seinem Teacher und sich selbst, untrainiert",
  run: "Lauf",
  notYet:
    "Sobald trainiert wird: welche zurückgehaltenen Bilder Student, Teacher und untrainiertes Netz richtig und falsch erkennen, ihre Verwechslungen, nächsten Nachbarn und Karten.",
  take: "Jetzt ansehen",
  takeAgain: "Erneut ansehen",
  taking: "Zwischen zwei Schritten wird jedes gezeigte zurückgehaltene Bild neu eingebettet …",
  untaken: "Was die Netze jetzt sehen, ohne auf das Ende zu warten.",
  takenAt: (stage, step) => `Stand der Netze: ${stage}, Schritt ${step}.`,
  noStudentYet: "Erst lernt der Teacher: noch gibt es keinen Studenten, den man neben ihn stellen könnte.",
  whyNot: {
    gone: "Die Netze dieses Laufs sind nicht mehr da: neu gestartet lässt er sich ansehen.",
    failed:
      "Dieser Lauf ist vor seinem Ende gescheitert: von ihm ist nichts geblieben, was sich ansehen ließe.",
    elsewhere: "Er trainiert in einem anderen Tab: dort lässt er sich ansehen, hier nach seinem Ende.",
    saved: "Dieser Lauf wurde vor seinem Ende gespeichert: später ansehen lassen sich nur beendete Läufe.",
  },
  imagesNotHere:
    "Die Bilder dieses Trainings sind nicht geladen: unter „Bilder“ dieselben wählen oder ablegen, um hier alle zu sehen. Was über sie herausgefunden wurde, ist vollständig.",
  classNumber: (number) => `Klasse ${number}`,
  takenFor: (label, answer) => `${label}, gehalten für ${answer}`,
  tabs: { changes: "Gewonnen und verloren", confusion: "Verwechslungen", map: "Karte" },
  errors: "Fehler",
  fewOfClasses: (shown, all) =>
    `Die ${integer(shown)} von ${integer(all)} Klassen, die am häufigsten verwechselt werden. Die CSV-Datei enthält alle.`,
  ofCell: "Bilder der Zelle",
  against: "Student gegen",
  references: { teacher: "Teacher", untrained: "Sich selbst, untrainiert", truth: "Wahre Klasse" },
  againstTeacher: {
    better: "Richtig, wo der Teacher irrt",
    worse: "Falsch, wo der Teacher recht hat",
  },
  againstUntrained: {
    better: "Richtig, vor dem Training falsch",
    worse: "Falsch, vor dem Training richtig",
  },
  ofImages: (count) =>
    `Von ${counted(count, "zurückgehaltenen Bild", "zurückgehaltenen Bildern")}, nach ihren nächsten Trainingsbildern.`,
  encoders: { student: "Student", teacher: "Teacher", untrained: "Untrainiert" },
  maps: { student: "Student", teacher: "Teacher", untrained: "Student, untrainiert" },
  onPlane: (title, images) =>
    `${title}: ${counted(images, "zurückgehaltenes Bild", "zurückgehaltene Bilder")} in einer Ebene`,
  mapKind: "Art der Karte",
  mapKinds: {
    pca: { label: "PCA", title: "Die zwei Richtungen, in denen sich die Merkmale am meisten unterscheiden" },
    umap: { label: "UMAP", title: "Nachbarschaften, in eine Ebene gelegt" },
  },
  showImages: "Bilder auf der Karte",
  mapping: (percent) => `Wird angeordnet … ${percent} %`,
  noMap: "Diese Karte ließ sich nicht erstellen.",
  umapHelp:
    "UMAP der ersten 16 Hauptkomponenten (15 Nachbarn, Mindestabstand 0,1, ein fester Seed): wer bei wem liegt; Abstände zwischen Haufen bedeuten wenig.",
  mapTitle: (encoder, kind) => `Karte ${kind}: ${encoder}`,
  mapTable: {
    image: "Bild",
    imageNumber: (number) => `Bild ${number}`,
    label: "Wahre Klasse",
    answer: "Gehalten für",
  },
  classColours: "Farben der Klassen",
  mapHelp:
    "Hauptkomponenten der Merkmale, eine Farbe pro Klasse. Ein Bild unter dem Zeiger erscheint unten und in allen Karten; angeklickt bleibt es, nochmals angeklickt nicht mehr.",
  closerLook: "Näher betrachtet",
  heldOut: (label) => `Zurückgehaltenes Bild der Klasse ${label}`,
  right: "richtig",
  wrong: "falsch",
  neighbour: (number, label) => `Nachbar ${number}: ${label}`,
  matrix: "Verwechslungsmatrix",
  matrixAgainst: (reference) => `Verwechslungsmatrix, Vergleich: ${reference}`,
  matrixSides: (reference) => `${reference} ↓  Student →`,
  matrixCaption: (reference) =>
    `Nach unten: ${reference}. Nach rechts: die nächsten Nachbarn des Students. Eine Zelle zeigt ihre Bilder.`,
  cell: (reference, given, answered, images) =>
    `${reference}: ${given}, Student: ${answered}, ${integer(images)} Bilder`,
  showMore: (count, left) =>
    count < left
      ? `${integer(count)} von ${integer(left)} weiteren zeigen`
      : `${integer(count)} weitere zeigen`,
};

export const diagnostics: Texts["diagnostics"] = {
  title: "Wohin die Zeit geht",
  measuring: "Wird gemessen …",
  measure: "Einen Schritt messen",
  help: "Solange etwas trainiert, lässt sich einer seiner Schritte mit der Uhr daneben gehen. Es ist ein Schritt wie jeder andere.",
  ofRun: (run, stage) => `${run}: ${stage}`,
  step: "Ein Schritt",
  javascript: "davon JavaScript",
  dispatches: "Dispatches",
  reached: "Erreicht",
  peak: "Matrixprodukt hier",
  tensors: "Tensoren",
  memory: "Belegter Speicher",
  allocated: "reserviert",
  recorded: "Die Schritte spielen einen aufgezeichneten ab.",
  anew: "Jeder Schritt wird neu zusammengestellt.",
  kernels: "Zeit nach Kernel",
  kernel: "Kernel",
  gpuTime: "Zeit",
  share: "Anteil",
  choices: {
    title: "Hier nach Zeit gewählte Kernel",
    explanation:
      "Vor einem ersten Schritt gemessen und danach immer dieselben: Kernel unterscheiden sich in den letzten Stellen.",
    convolution: "Faltung",
    chosen: "Gewählt",
    others: "Andere",
  },
  backendTimes: {
    title: "Warum dieses Backend",
    explanation:
      "Ohne GPU rechnete jedes eine Schicht vorwärts und rückwärts, und das schnellste wird benutzt; was vorher schon verloren hatte, wurde nicht zu Ende gemessen (>). Dieser Browser merkt es sich. „?backend=“ in der Adresse der Seite nimmt ein anderes.",
    backend: "Backend",
    layer: "Eine Schicht",
    again: "Erneut messen",
  },
};
