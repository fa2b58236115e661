import type { FindingWords } from "../../../protocol/findings/words";

/** Figures of the sources, as in English; each names its setting. */
const inTableOne = (figures: string) =>
  `${figures} (Tabelle 1: ImageNet-Top-1 von ResNet-18, unterrichtet von ResNet-50, lineare Auswertung)`;
const inTableTwo = (figures: string) =>
  `${figures} (Tabelle 2: ImageNet-Top-1 von ResNet-18, 100 Epochen; welche Ziele zu welcher Zeile gehören, ist nur für {3} und alle sieben sicher)`;
const onImageNet = (figures: string) =>
  `${figures} (ImageNet-Top-1 eines binären Netzes, lineare Auswertung)`;
const betterBaseline = onImageNet(
  "52,5 mit Adam und milderen Ansichten, 46,9 mit den Einstellungen von MoCo",
);

const withoutLars =
  "Tabelle 2 ist ohne LARS und ohne synchronisierte Batch-Norm gemessen; die beiden Optimierer werden nicht verglichen.";
const swept =
  "In einer Reihe von Raten von 0,001 bis 30 brauchen Merkmale von SGD große, die von Adam kleine, und das Beste von Adam ist höher; hier wird keine Angabe wiederholt.";
const inTwoSteps =
  "Veröffentlichter Code trainiert in zwei Schritten, die Gewichte erst im zweiten binär; für einen Schritt keine Zahl.";
const inFigureThree = "In Abbildung 3, ohne eine Zahl, die hier wiederholt wird.";

/** Of SimDis and S2-BNN. */
export const unlabeled: FindingWords["findings"] = {
  "off-byol-short": {
    question: "Liegt in einem kurzen Lauf ein Student mit fertigem Teacher vor einem, der allein lernt?",
    reported: inTableTwo("62,66 mit {3,7} offline, 55,96 mit {3}, also BYOL"),
  },
  "off-on-short": {
    question: "Ist in einem kurzen Lauf ein fertiger Teacher besser als einer, der nebenher lernt?",
    reported: inTableOne("61,76 gegen 58,08 nach 100 Epochen"),
  },
  "gap-closes": {
    question: "Schrumpft der Vorsprung eines fertigen Teachers in längeren Läufen?",
    reported: inTableOne("3,68 Punkte nach 100 Epochen, 0,66 nach 300, 0,40 nach 1.000"),
  },
  "off-longer": {
    question: "Gewinnt ein Student mit fertigem Teacher durch dreimal so langes Training?",
    reported: inTableOne("61,76 nach 100 Epochen, 65,15 nach 300"),
  },
  "on-longer": {
    question: "Gewinnt ein Student, dessen Teacher nebenher lernt, durch dreimal so langes Training?",
    reported: inTableOne("58,08 nach 100 Epochen, 64,49 nach 300"),
  },
  "seven-views-short": {
    question:
      "Bewirken in einem kurzen Lauf sieben Zielansichten mehr als zwei, wenn der Teacher nebenher lernt?",
    reported: inTableOne("60,65 gegen 58,08 nach 100 Epochen"),
  },
  "off-byol-compute": {
    question: "Ist ein fertiger Teacher mehr wert als derselbe Rechenaufwand für den Studenten allein?",
    reported: "Keine Angabe: Das Paper vergleicht bei gleich vielen Epochen des Studenten.",
  },
  "off-byol": {
    question: "Liegt nach 400 Schritten ein Student mit fertigem Teacher vor einem, der allein lernt?",
    reported: inTableTwo("62,66 mit {3,7} offline, 55,96 mit {3}, also BYOL"),
  },
  "off-on": {
    question: "Ist nach 400 Schritten ein fertiger Teacher besser als einer, der nebenher lernt?",
    reported: inTableOne("61,76 gegen 58,08 nach 100 Epochen"),
  },
  "on-byol": {
    question:
      "Liegt nach 400 Schritten ein Student, dessen Teacher nebenher lernt, vor einem, der allein lernt?",
    reported: inTableTwo("58,84 mit {3,7} online, 55,96 mit {3}, also BYOL"),
  },
  "seven-views": {
    question:
      "Bewirken nach 400 Schritten sieben Zielansichten mehr als zwei, wenn der Teacher nebenher lernt?",
    reported: inTableOne("60,65 gegen 58,08 nach 100 Epochen"),
  },
  "teacher-target": {
    question:
      "Bringt das Ziel eines fertigen Teachers aus der anderen Ansicht mehr als die eigene Kopie allein?",
    reported: inTableTwo("62,66 mit {3,7}, 55,96 mit {3}"),
  },
  "other-view": {
    question: "Ist das Ziel der Kopie des Teachers aus der anderen Ansicht besser als das aus der gleichen?",
    reported: inTableTwo("62,66 mit {3,7}, 59,72 mit {3,6}"),
  },
  "other-view-of-teacher": {
    question: "Ist das Ziel des Teachers selbst aus der anderen Ansicht besser als das aus der gleichen?",
    reported: inTableTwo("62,08 mit {3,5}, 59,67 mit {3,4}"),
  },
  "third-view": {
    question: "Bringt eine dritte Zielansicht mehr als zwei?",
    reported: inTableTwo("63,27 mit {3,6,7}, 62,66 mit {3,7}"),
  },
  "copy-targets": {
    question: "Sind beide Ziele der Kopie eines fertigen Teachers besser als seine beiden eigenen?",
    reported: inTableTwo("63,27 mit {3,6,7}, 62,06 mit {3,4,5}"),
  },
  "five-views": {
    question: "Bewirken fünf Zielansichten weniger als drei, wenn der Teacher fertig ist?",
    reported: inTableTwo("59,12 mit {3–7}, 63,27 mit {3,6,7}"),
  },
  "all-views-offline": {
    question: "Bewirken alle sieben Zielansichten mehr als zwei, wenn der Teacher fertig ist?",
    reported: inTableTwo("63,14 mit allen sieben, 62,66 mit {3,7}"),
  },
  "teacher-target-online": {
    question:
      "Bringt das Ziel eines mitlernenden Teachers aus der anderen Ansicht mehr als die eigene Kopie allein?",
    reported: inTableTwo("58,84 mit {3,7}, 55,96 mit {3}"),
  },
  "other-view-online": {
    question:
      "Ist bei einem mitlernenden Teacher das Ziel seiner Kopie aus der anderen Ansicht besser als das aus der gleichen?",
    reported: inTableTwo("58,84 mit {3,7}, 59,25 mit {3,6}"),
  },
  "other-view-of-teacher-online": {
    question:
      "Ist bei einem mitlernenden Teacher sein eigenes Ziel aus der anderen Ansicht besser als das aus der gleichen?",
    reported: inTableTwo("58,29 mit {3,5}, 58,20 mit {3,4}"),
  },
  "third-view-online": {
    question: "Bringt bei einem mitlernenden Teacher eine dritte Zielansicht mehr als zwei?",
    reported: inTableTwo("59,55 mit {3,6,7}, 58,84 mit {3,7}"),
  },
  "copy-targets-online": {
    question: "Sind beide Ziele der Kopie eines mitlernenden Teachers besser als seine beiden eigenen?",
    reported: inTableTwo("59,55 mit {3,6,7}, 58,74 mit {3,4,5}"),
  },
  "five-views-online": {
    question: "Bewirken bei einem mitlernenden Teacher fünf Zielansichten weniger als drei?",
    reported: inTableTwo("59,06 mit {3–7}, 59,55 mit {3,6,7}"),
  },
  "all-views-online": {
    question: "Bewirken bei einem mitlernenden Teacher alle sieben Zielansichten mehr als zwei?",
    reported: inTableTwo("63,52 mit allen sieben, 58,84 mit {3,7}"),
  },
  "byol-without-lars": {
    question: "Liegt BYOL bei Raten von 1 und 3 mit einfachem SGD vor LARS?",
    reported: withoutLars,
  },
  "online-without-lars": {
    question: "Liegt SimDis-On bei Raten von 1 und 3 mit einfachem SGD vor LARS?",
    reported: withoutLars,
  },
  "labels-lead": {
    question: "Liegt ein Student, der aus Labels lernt, vor einem, der ohne sie von einem Teacher lernt?",
    reported: inFigureThree,
  },
  "off-byol-linear": {
    question:
      "Liegt nach einem linearen Klassifikator ein Student mit fertigem Teacher vor einem, der allein lernt?",
    reported: inFigureThree,
  },
  "seed-moco": {
    question: "Hilft unter den kontrastiven Verfahren der Teacher von SEED (gegen MoCo-v2)?",
    reported: inFigureThree,
  },
  "compress-moco": {
    question: "Hilft unter den kontrastiven Verfahren der Teacher von CompRess (gegen MoCo-v2)?",
    reported:
      "61,7 mit CompRess und einem Teacher von MoCo-v2 (sein README: ImageNet-Top-1 von ResNet-18, lineare Auswertung)",
  },
  "both-contrast": {
    question: "Hilft einem binären Studenten das Embedding eines Teachers zusätzlich zum Kontrast (②)?",
    reported: onImageNet("56,0 mit ②, 52,5 mit ①"),
  },
  "distillation-both": {
    question: "Ist das Embedding des Teachers allein (③) besser als beides?",
    reported: onImageNet("61,5 mit ③, 56,0 mit ②"),
  },
  "distillation-contrast": {
    question: "Ist das Embedding des Teachers allein (③) besser als Kontrast allein (①)?",
    reported: onImageNet("61,5 mit ③, 52,5 mit ①"),
  },
  "teacher-alongside": {
    question: "Ist ein Teacher, der neben dem binären Studenten lernt, schlechter als ein fertiger?",
    reported: "Die Teacher des Papers sind fertig; keine Angabe für einen, der nebenher lernt.",
  },
  "adam-sgd": {
    question: "Ist Adam für einen binären Studenten besser als SGD?",
    reported: betterBaseline,
  },
  "mild-views": {
    question: "Sind mildere Ansichten für einen binären Studenten besser?",
    reported: betterBaseline,
  },
  "two-steps-adam": {
    question: "Hilft es bei Adam, die Gewichte erst in einem zweiten Schritt binär zu machen?",
    reported: inTwoSteps,
  },
  "two-steps-sgd": {
    question: "Hilft es bei SGD, die Gewichte erst in einem zweiten Schritt binär zu machen?",
    reported: inTwoSteps,
  },
  "best-rates": {
    question:
      "Ist Adam für einen binären Studenten besser als SGD, wenn der lineare Klassifikator jeweils seine beste Rate hat?",
    reported: swept,
  },
  "rate-on-sgd": {
    question:
      "Ist auf Merkmalen von SGD ein linearer Klassifikator bei einer Rate von 10 besser als bei 0,1?",
    reported: swept,
  },
  "rate-on-adam": {
    question:
      "Ist auf Merkmalen von Adam ein linearer Klassifikator bei einer Rate von 10 schlechter als bei 0,1?",
    reported: swept,
  },
  "rate-on-both": {
    question: "Bringt die größere Rate Merkmalen von SGD mehr als denen von Adam?",
    reported: swept,
  },
  "adam-sgd-two-steps": {
    question: "Ist auch in zwei Schritten Adam für einen binären Studenten besser als SGD?",
    reported: betterBaseline,
  },
};
