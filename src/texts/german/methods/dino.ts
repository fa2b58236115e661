import type { MethodTexts } from "../../english/methods";
import { clip, frozenEpochs, patches, prototypes, temperature } from "./shared";

export const dino: MethodTexts<"dino"> = {
  name: "DINO",
  summary:
    "Der Student allein, ohne Labels: Er gleicht sich den zentrierten, geschärften Ausgaben seiner Momentum-Kopie auf anderen Ansichten an.",
  caveats: [
    "Der Teacher ist hier das gleitende Mittel des Students: Selbstdestillation, kein größeres Netz. Ausgewertet wird dieses Mittel.",
    "Bei Batches von 256 raten die Autoren zu einem Momentum von 0,9995; kurze Läufe brauchen weniger, sonst bleibt der Teacher, wo er begann.",
    "Jede Ansicht wird mit ihrer eigenen Batch-Statistik normiert; der veröffentlichte Code normiert beide ganzen Ausschnitte zusammen und schickt alle Ausschnitte auf einmal durch den Kopf.",
    "Der Kopf beginnt hier gleichverteilt, im veröffentlichten Code mit einer gestutzten Normalverteilung von 0,02; das Weight Decay ist hier konstant, und eine Epoche mit eingefrorenen Prototypen ist ein großer Teil eines kurzen Laufs.",
  ],
  knobs: {
    prototypes: prototypes(
      "Länge der Ausgaben, deren Verteilungen angeglichen werden. Ein Loss, der beim Logarithmus dieser Zahl bleibt, ist kollabiert.",
    ),
    temperature: temperature("Für die Ausgaben des Students."),
    teacherTemperature: {
      label: "Temperatur des Teachers",
      help: "Für die Ausgaben des Teachers am Anfang. Bei einem Kollaps hilft eine niedrigere.",
    },
    lastTeacherTemperature: {
      label: "Temperatur des Teachers, aufgewärmt",
      help: "Linear erreicht nach 30 % der Schritte; das Paper wärmt bis 0,07 auf.",
    },
    patches,
    frozenEpochs: frozenEpochs(
      "In den ersten Epochen behält die letzte Schicht ihre Zahlen, was den Anfang beruhigt.",
    ),
    clip,
  },
  words: {
    allViews: "alle",
    ofOtherViews: "Ausgaben anderer Ansichten",
    centered: "zentriert, geschärft",
    globals: "i: ganze Ansichten des Teachers, j: alle Ansichten des Students, N Paare",
    center: "c: laufendes Mittel der Ausgaben des Teachers",
  },
};
