import type { Texts } from "../english/english";

export const look: Texts["look"] = {
  title: "Ein Blick hinein",
  lead: "Was Student und Teacher aus Ansichten eines Bildes machen, während sie lernen und danach",
  open: "Hinsehen",
  close: "Schließen",
  run: "Lauf",
  images: "Bild zum Betrachten",
  image: (className) => `Bild der Klasse ${className}`,
  roll: "Andere Ansichten",
  temperature: "Temperatur τ",
  temperatureHelp: {
    classes:
      "Macht die gezeigten Antworten weicher, wie es die Destillation tut: Softmax der Logits durch τ.",
    neighbours: "Macht die gezeigten Antworten weicher, wie es SEED tut: Softmax der Kosinus durch τ.",
  },
  kind: "Was zu einer Ansicht gezeigt wird",
  kinds: {
    classes: { label: "Klassen", title: "Welche Klassen die Netze darin sehen" },
    neighbours: { label: "Nachbarn", title: "Welchen Trainingsbildern sie nach Ansicht der Netze gleicht" },
  },
  at: (stage, step) => `${stage}, Schritt ${step}`,
  waiting: "Erst endet der nächste Schritt …",
  notYet:
    "Sobald trainiert wird: Ansichten eines Bildes, welche Klassen oder Nachbarn Student und Teacher darin sehen und wie sehr sich die Zielansichten gleichen.",
  gone: "Diese Netze sind nicht mehr da: betrachten lassen sie sich, während sie trainieren, und danach, bis etwas anderes trainiert oder geladen wird.",
  otherImages:
    "Die Seite hält jetzt andere Bilder als die, aus denen dieses Training lernt: unter „Bilder“ dieselben wählen oder ablegen, um sie zu betrachten.",
  view: "Ansicht",
  network: "Netz",
  answersTable: "Klassen, die jedes Netz in jeder Ansicht sieht",
  views: "Ansichten und was aus ihnen wird",
  roles: { student: "Student", teacher: "Teacher" },
  answers: (role, view) => `Antwort auf ${view}: ${role}`,
  source:
    "Anteile der Klassen nach dem eigenen Klassifikator des Netzes oder nach der linearen Probe, die neben ihm lernt. Gradienten und Statistiken bleiben unberührt.",
  neighboursSource: (images) =>
    `Die nächsten von ${images} anderen Trainingsbildern nach dem Kosinus der jetzigen Merkmale; Prozente sind ihre Anteile unter allen diesen.`,
  loss: (value) => `τ²·KL(T ‖ S) ${value}`,
  lossHelp:
    "Der Destillations-Loss dieser Ansicht bei der Temperatur oben: was der Antwort des Students zu der des Teachers fehlt.",
  similarities: "Ähnlichkeit der Embeddings",
  cosine: "Mittlerer Kosinus",
  similaritiesLead: (pairs) =>
    `Mittlerer Kosinus über ${pairs} Bilder. Zahlen in Kreisen sind die Zielansichten von SimDis.`,
};
