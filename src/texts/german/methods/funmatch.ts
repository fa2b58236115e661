import type { MethodTexts } from "../../english/methods";
import { teacherBatchNorm, temperature } from "./shared";

export const funmatch: MethodTexts<"funmatch"> = {
  name: "Function Matching",
  summary:
    "Der Student ahmt einen eingefrorenen Teacher als Funktion nach: auf denselben verzerrten Bildern, ohne Labels, mit Geduld.",
  caveats: [
    "Der Text des Papers lässt sich so lesen, dass Mixup auf jedes Netz für sich angewandt wird; sein Code wendet es einmal auf beide an. Vorgabe: einmal.",
    "Gewinne gegenüber bloß übereinstimmenden Eingaben zeigen sich nur in langen Läufen.",
    "Die Teacher des Papers haben Group Norm; wie sich die Batch Norm eines Teachers verhalten soll, sagt es deshalb nicht.",
  ],
  knobs: {
    input: {
      label: "Eingaben der beiden Netze",
      help: "Der Kern des Papers: Beide sollen genau dasselbe Bild sehen, wie verzerrt es auch sei. Bei festem Teacher weicht der Ausschnitt des Students von dem ab, was der Teacher sah.",
      optionLabels: {
        functionMatching: "Function Matching: ein Ausschnitt und Mixup, gemeinsam",
        consistentInception: "Übereinstimmend: ein Inception-Ausschnitt, gemeinsam",
        consistentRandom: "Übereinstimmend: ein quadratischer Ausschnitt, gemeinsam",
        independent: "Unabhängig: jedem sein Ausschnitt",
        fixedResize: "Fester Teacher: das ganze Bild",
        fixedCentre: "Fester Teacher: die Mitte",
        fixedMultiCrop: "Fester Teacher: Mittel über alle Fenster",
      },
    },
    temperature: temperature(
      "Durch sie werden die Logits beider Netze vor der Softmax geteilt. Das Paper versucht 1, 2, 5 und 10.",
    ),
    mixup: {
      label: "Mixup",
      help: "Nur mit Function Matching. Für jedes Netz getrennt zu mischen widerspricht dem Argument des Papers und seinem Code, in dem beide dieselben gemischten Bilder sehen.",
      optionLabels: { shared: "Dasselbe für beide", separate: "Jedem sein eigenes Gewicht" },
    },
    teachers: {
      label: "Teacher",
      help: "Mehrere Teacher beginnen mit anderen Zahlen; der Student lernt vom Mittel ihrer Divergenzen, das den Gradienten ihrer mittleren Wahrscheinlichkeiten hat.",
    },
    teacherSize: {
      label: "Bildgröße des Teachers",
      unit: "×",
      help: "Der Teacher wird mit denselben Ausschnitten trainiert und befragt, mit diesem Vielfachen der Kantenlänge des Students: aus den größeren Bildern, wo das Experiment sie behält, sonst vergrößert.",
    },
    teacherBatchNorm: teacherBatchNorm(
      "Die Teacher des Papers haben keine Batch Norm. Laufende Statistik macht den Teacher zu einer festen Funktion.",
    ),
    images: {
      label: "Bilder des Students",
      help: "Function Matching braucht keine Labels, also taugt jedes Bild: Es werden ebenso viele andere gezeichnet, die der Teacher nie gesehen hat. Teacher, Auswertung und Probe bleiben bei den Trainings- und den zurückgehaltenen Bildern. Das Paper findet: je näher die Domäne, desto besser.",
      optionLabels: {
        own: "Die Trainingsbilder",
        shapes: "Fremde Domäne: schwere Shapes eines anderen Seeds",
        backgrounds: "Fremde Domäne: Hintergründe ohne Form",
        noise: "Fremde Domäne: Rauschen",
      },
    },
    cachedTeacher: {
      label: "Den Teacher einmal fragen",
      help: "Die Antworten des Teachers werden für jedes Bild einmal berechnet und behalten: billigere Schritte bei gleichem Loss, doch nur ein fester Teacher antwortet in jeder Epoche gleich. Das Paper rät davon ab, weil beide Netze dasselbe verzerrte Bild sehen sollten.",
    },
  },
  words: {
    samePixels: "p derselben Pixel",
    fixedCrop: "fest",
    inputs: "x_T, x_S: Eingaben von Teacher und Student",
    changingTeacher: "aus: Nur ein Teacher mit fester Eingabe und laufender Statistik antwortet immer gleich",
    fixedInput: "fixedResize, fixedCentre oder fixedMultiCrop, solange der Teacher einmal gefragt wird",
    runningStatistics:
      "eval, solange der Teacher einmal gefragt wird: Die Statistik des Batches hängt vom Batch ab",
  },
};
