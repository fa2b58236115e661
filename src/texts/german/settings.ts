import type { Texts } from "../english/english";
import { integer } from "./words";

export const settings: Texts["settings"] = {
  ownViews: {
    title: "Ansichten",
    lead: "Ein Arm benutzt die Ansichten des Experiments, sofern er keine eigenen hat.",
    toggle: "Eigene Ansichten für diesen Arm",
  },
  title: "Einstellungen",
  tabs: { arm: "Arm", images: "Bilder", views: "Ansichten", training: "Training" },
  editedMeanwhile: "Einstellungen wurden seit dem Start geändert. „Neu starten“ trainiert mit ihnen.",
  armToChange: "Zu ändernder Arm",
  scheme: "Verfahren",
  networks: "Netze",
  start: "Anfang und Folgestufen",
  weights: {
    choose: { student: "Gewichte für den Student …", teacher: "Gewichte für den Teacher …" },
    input: {
      student: "Datei mit Gewichten für den Student",
      teacher: "Datei mit Gewichten für den Teacher",
    },
    reading: "Wird gelesen …",
    remove: "Entfernen",
    removeOf: { student: "Gewichte des Students entfernen", teacher: "Gewichte des Teachers entfernen" },
    taken: (file) => `${file} passt und bleibt in diesem Browser; Links enthalten nur ihren Hash.`,
  },
  parameters: (student, teacher) =>
    `Parameter mit Köpfen: Student ${integer(student)}${teacher ? `, Teacher ${integer(teacher)}` : ""}`,
  parametersLater: "Die Parameter werden gezählt, sobald die Engine bereit ist.",
  optimizer: "Optimierer und Lernratenplan",
  copyToAll: "Diese Netze und Raten für alle Arme übernehmen",
  copyToAllHint:
    "Überall dieselben Netze, Schritte und derselbe Optimierer, damit sich nur die Verfahren unterscheiden",
  allArms: "Alle Arme",
  evaluation: "Auswertung",
  evaluationLead: "Auf zurückgehaltenen Bildern, mit denen kein Netz trainiert wird.",
  about: (label) => `Über ${label}`,
  from: (label) => `${label}, von`,
  to: (label) => `${label}, bis`,
  switched: { true: "an", false: "aus" },
  ofArm: (arm) => `Arm ${arm}`,
  ofOwner: (setting, owner) => `${setting} (${owner})`,
  notPossible: (allowed) => `Hier nicht möglich. Erlaubt: ${allowed}.`,
};

export const views: Texts["views"] = {
  preview: "Vorschau",
  rollAgain: "Neu würfeln",
  image: "Bild",
  notYet: "Die Ansichten erscheinen, sobald die Bilder bereit sind.",
  sides: { first: "Erste Ansicht v", second: "Zweite Ansicht v′" },
  viewToChange: "Zu ändernde Ansicht",
  recipe: "Rezept",
  ownRecipe: "Ein eigenes Rezept.",
  recipeNames: { mild: "Ausschnitt, Spiegelung", gray: "Graue Bilder" },
  recipes: {
    shapes: "Starke Farbstreuung, keine Unschärfe: eignet sich für die eingebauten Shapes.",
    textures:
      "Ausschnitte von mindestens der halben Bildfläche, Farbstreuung über alle Farbtöne: eignet sich für die eingebauten Textures.",
    mild: "Ausschnitte von mindestens der halben Bildfläche und Spiegelungen: für Training mit Labels oder mit einem Teacher, der Labels hatte.",
    byol: "Das Paar aus dem Paper: die erste Ansicht immer unscharf, die zweite manchmal solarisiert.",
    byolCifar: "Das Paar von BYOL für kleine Fotos: ohne Unschärfe.",
    simclr: "Doppelte Farbstreuung, in der Hälfte der Fälle Unschärfe.",
    moco: "Ausschnitte von mindestens einem Fünftel, in der Hälfte der Fälle Unschärfe.",
    s2bnn: "Schwächere Farbstreuung und weniger Unschärfe, für Netze mit wenig Kapazität.",
    gray: "Für graue Bilder wie Fashion-MNIST: keine Farbstreuung, etwas Drehung, wenig Solarisation.",
    randAugment:
      "Ausschnitt und Spiegelung, dann zwei Operationen der Stärke 9 von 30. Für Training mit Labels oder mit einem überwachten Teacher.",
    autoAugment: "Ausschnitt und Spiegelung, dann ein Paar von Operationen, das für CIFAR-10 gefunden wurde.",
  },
};
