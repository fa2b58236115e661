import type { Texts } from "../english/english";

export const presets: Texts["presets"] = {
  small: {
    name: "Kurzer Blick",
    shows: "Alle vier Verfahren auf leichten Bildern: etwa 0,8 TFLOP, ohne GPU eine Minute.",
    expect: "Im Paper liegt der Offline-Student vor BYOL; ein Seed ist ein Hinweis, kein Ergebnis.",
  },
  default: {
    name: "Offline gegen online",
    shows:
      "Ein Student allein, mit vorher trainiertem Teacher, mit nebenher trainiertem und mit allen sieben Zielen.",
    expect:
      "Jeder Student endet weit über seinem untrainierten Selbst. Wer vorn liegt, hängt vom Seed ab: Aufgezeichnete Studien haben fünf oder mehr.",
  },
  seeds: {
    name: "Ist es Zufall?",
    shows: "SimDis offline gegen online über fünf Seeds: Bänder und paarweise Unterschiede. Etwa 19 TFLOP.",
    expect:
      "Einzelne kurze Läufe unterscheiden sich um Dutzende Punkte. Fünf Paare sagen mehr, aber nicht alles.",
  },
  noise: {
    name: "Ein Teacher gegen falsche Labels",
    shows:
      "Labels allein gegen KD, wo mehr als die Hälfte der Trainingslabels falsch ist. Fünf Seeds, etwa 3 TFLOP.",
    expect:
      "Der Student mit Teacher endet höher, obwohl sein Teacher von denselben Labels lernte: aufgezeichnet über fünf Seeds.",
  },
  targets: {
    name: "Welche Ziele helfen?",
    shows:
      "Der eingefrorene Teacher und seine Momentum-Kopie als Ziele, in der gleichen und in der anderen Ansicht.",
    expect:
      "Dem Paper nach kommt es offline auf Ziele der anderen Ansicht an. Zu beobachten am Loss jeder Zielansicht.",
  },
  labels: {
    name: "Wie weit bis zu Labels?",
    shows: "Derselbe Student mit Labels trainiert, im Vergleich zu BYOL und SimDis-Off, die keine verwenden.",
    expect:
      "Labels gewinnen in dieser Größe mit großem Abstand: eine Obergrenze, die man im Blick behalten sollte.",
  },
  families: {
    name: "Wege, ohne Labels zu lernen",
    shows:
      "Fünf gleich große Students: BYOL und MoCo-v2 ohne Teacher; SEED, CompRess und SimDis mit einem eingefrorenen.",
    expect:
      "Das SimDis-Paper findet destillierte Students vor solchen ohne Teacher; eine aufgezeichnete Studie vergleicht sie.",
  },
  teachers: {
    name: "Was bringt ein Teacher zu Labels hinzu?",
    shows:
      "Derselbe Student mit Labels allein, mit einem Teacher (KD, SSLD, Function Matching) und mit einem Peer.",
    expect:
      "Bei richtigen Labels bringt ein Teacher wenig; was geduldiges Training einbringt, braucht längere Läufe als diese.",
  },
  photographs: {
    name: "Eigene Fotos",
    shows: "Einstellungen für kleine eigene Fotos, ein Ordner pro Klasse: 32 px, schwächere Farbstreuung.",
    expect:
      "Fotos brauchen längere Läufe als die eingebauten Bilder: Die ersten paar Hundert Schritte zeigen wenig.",
  },
};
