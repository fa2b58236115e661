import type { Texts } from "../english/english";

export const look: Texts["look"] = {
  title: "Antworten auf ein Bild",
  lead: "Antworten von Student und Teacher auf Ansichten eines Bildes, während des Trainings und danach",
  open: "Antworten zeigen",
  close: "Schließen",
  run: "Lauf",
  images: "Zu untersuchendes Bild",
  image: (className) => `Bild der Klasse ${className}`,
  roll: "Andere Ansichten",
  temperature: "Temperatur τ",
  temperatureHelp: {
    classes:
      "Macht die gezeigten Antworten weicher, wie es die Destillation tut: Softmax der Logits durch τ.",
    neighbors: "Macht die gezeigten Antworten weicher, wie es SEED tut: Softmax der Kosinus durch τ.",
  },
  kind: "Was zu einer Ansicht gezeigt wird",
  kinds: {
    classes: { label: "Klassen", title: "Die Klassen, die jedes Netz vorhersagt" },
    neighbors: { label: "Nachbarn", title: "Die Trainingsbilder, die jedes Netz am ähnlichsten findet" },
  },
  at: (stage, step) => `${stage}, Schritt ${step}`,
  waiting: "Das Ende des nächsten Schritts wird abgewartet …",
  gone: "Diese Netze sind nicht mehr geladen. Untersuchen lassen sie sich, während sie trainieren, und danach, bis ein anderes Training beginnt oder geöffnet wird.",
  otherImages:
    "Die Bilder dieses Trainings sind nicht geladen. Unter „Bilder“ dieselben laden, um seine Netze zu untersuchen.",
  view: "Ansicht",
  network: "Netz",
  answersTable: "Klassenwahrscheinlichkeiten nach Ansicht und Netz",
  views: "Ansichten und Antworten",
  roles: { student: "Student", teacher: "Teacher" },
  answers: (role, view) => `Antwort auf ${view}: ${role}`,
  source:
    "Klassenwahrscheinlichkeiten des eigenen Klassifikators des Netzes oder der linearen Probe, die neben ihm trainiert wird. Gradienten und Batch-Norm-Statistik bleiben unberührt.",
  neighborsSource: (images) =>
    `Die nächsten von ${images} anderen Trainingsbildern nach dem Kosinus der jetzigen Merkmale; Prozente sind Softmax-Anteile über alle diese Bilder.`,
  loss: (value) => `τ²·KL(T ‖ S) ${value}`,
  lossHelp:
    "Der Destillations-Loss dieser Ansicht bei der Temperatur oben: wie weit die Antwort des Students von der des Teachers entfernt ist.",
  similarities: "Ähnlichkeit der Embeddings",
  cosine: "Mittlerer Kosinus",
  similaritiesLead: (pairs) =>
    `Mittlerer Kosinus über ${pairs} Bilder. Eingekreiste Zahlen sind die Zielansichten von SimDis.`,
};
