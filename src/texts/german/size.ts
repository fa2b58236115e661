import type { Texts } from "../english/english";

export const size: Texts["size"] = {
  region: "Dauer auf diesem Gerät",
  about: (time) => `Dauert hier etwa ${time}`,
  answers: (bytes, budget) => `Antworten von Teachern nehmen hier höchstens ${bytes} von ${budget} ein.`,
  measuring: "Ein Schritt jedes Netzes wird hier gemessen …",
  soon: "Wie lange dies hier dauert, wird gemessen, wenn die Seite nichts zu tun hat.",
  sizes: "Auf diese Dauer bringen",
  option: (minutes) => `${minutes} min`,
  optionTitle: (time) => `Derselbe Vergleich mit anderen Zahlen von Schritten und Bildern: hier etwa ${time}`,
  finding: "Größen, die in 2, 10 und 60 Minuten enden, werden gesucht …",
  back: "Wie vorher",
  backTitle: "Die Einstellungen wiederherstellen, die vor der Wahl einer Größe galten",
  changed: (label, from, to) => `${label}: ${from} → ${to}`,
  several: (label, times) => `${label}: × ${times}`,
  unchanged:
    "Andere Größen haben andere Zahlen von Schritten und Bildern oder schmalere Netze; Methoden, Raten und Seeds bleiben.",
  how: "Schätzung",
  parts: {
    preparing: "Erste Schritte und Kompilieren",
    teachers: "Teacher und Vortraining",
    students: "Students",
    evaluating: "Auswertung und Vergleichswerte",
  },
  source:
    "Für diese Schätzung wurden Schritte und Auswertungen jedes Netzes auf diesem Gerät ausgeführt, jetzt oder bei einem früheren Besuch. Teacher, die sich Arme teilen, zählen einmal. Andere Programme, die den Prozessor beanspruchen, verlängern die Dauer.",
  again: "Neu messen",
};
