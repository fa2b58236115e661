import type { Texts } from "../english/english";

export const tryout: Texts["tryout"] = {
  title: "Den Student ausprobieren",
  lead: "Ein Bild, das Student, Teacher und untrainiertem Netz gezeigt wird",
  drop: "Hier ein Bild ablegen",
  choose: "Bild auswählen oder aufnehmen",
  camera: "Kamera verwenden",
  cameraOff: "Kamera ausschalten",
  shoot: "Nach diesem Bild fragen",
  picture: "Kameravorschau",
  stays: "Bilder und Aufnahmen bleiben auf diesem Gerät.",
  heldOut: "Oder eines der Testbilder, von denen kein Netz gelernt hat",
  image: (className) => `Testbild der Klasse ${className}`,
  run: "Lauf",
  seen: "Das Bild, wie es die Netze sehen",
  seenLead: (side) =>
    `Seine Mitte, mit ${side} × ${side} Pixeln: vorbereitet wie jedes Bild im Training und in der Auswertung.`,
  ofClass: (name) => `Seine Klasse: ${name}`,
  roles: { student: "Student", teacher: "Teacher", untrained: "Untrainierter Student" },
  answers: "Antworten der Netze",
  by: {
    classifier: "Wahrscheinlichkeiten des eigenen Klassifikators",
    neighbors: "Stimmen der ähnlichsten Trainingsbilder",
  },
  neighbor: (className, cosine) => `Trainingsbild der Klasse ${className}, Kosinus ${cosine}`,
  cost: (time, size) => `${time} je Bild · ${size}`,
  costHelp: "Der kürzeste von fünf Durchläufen dieses einen Bildes hier; Gewichte mit je 32 Bit.",
  all: "Alle Klassen",
  class: "Klasse",
  at: (stage, step) => `${stage}, Schritt ${step}`,
  waiting: "Wartet auf das Ende des nächsten Schritts …",
  again: "Erneut fragen",
  gone: "Die Netze dieses Trainings sind nicht mehr geladen und können nicht gefragt werden; sie antworten, bis ein anderes Training beginnt oder die Seite geschlossen wird.",
  otherImages:
    "Die Bilder dieses Trainings sind nicht geladen. Dieselben Bilder im Reiter „Bilder“ laden, um seinen Netzen ein Bild zu zeigen.",
  kilobytes: (size) => `${size} kB`,
};
