import type { Texts } from "../english/english";
import { counted } from "./words";

export const guides: Texts["guides"] = {
  title: "Geführte Experimente",
  lead: "Jeweils eine Einstellung ändert sich. Sagen Sie voraus, was sie bewirkt; dann sehen Sie, was aufgezeichnet wurde, oder trainieren es hier.",
  list: "Geführte Experimente",
  back: "Alle geführten Experimente",
  done: (answered, steps) => `${answered} von ${counted(steps, "Schritt", "Schritten")} beantwortet`,
  place: (step, steps) => `Schritt ${step} von ${steps}`,
  changes: "Was sich ändert",
  predict: "Ihre Vorhersage",
  predictions: {
    higher: "Sie steigt",
    same: "Sie bleibt gleich, auf zwei Punkte genau",
    lower: "Sie fällt",
    none: "In keinem",
    some: "In einigen",
    all: "In allen",
  },
  show: "Ergebnis zeigen",
  recorded: "Was aufgezeichnet wurde",
  own: "Ihr eigenes Training dieses Schritts",
  asPredicted: "Wie von Ihnen vorhergesagt.",
  otherwise: (prediction) => `Ihre Vorhersage war „${prediction}“; das Ergebnis ist ein anderes.`,
  cannotTell: (prediction) =>
    `Ihre Vorhersage war „${prediction}“. Aus diesen Seeds lässt es sich nicht sagen: Mehr davon oder ein längeres Training könnten es.`,
  atChance: (arm, fallen, seeds) =>
    `${arm}: am Ende auf dem Zufallsniveau in ${fallen} von ${counted(seeds, "Seed", "Seeds")}.`,
  notRecorded: "Zu diesem Schritt wurde noch nichts aufgezeichnet: Trainieren Sie ihn hier, um es zu sehen.",
  reading: "Die Aufzeichnung wird gelesen …",
  unreadable: (why) => `Die Aufzeichnung ist nicht lesbar. ${why}`.trimEnd(),
  origin: (when, device) => `Aufgezeichnet am ${when}, ${device}.`,
  train: "Mit dieser Einstellung starten",
  trainHint: "Trainiert hier beide Arme dieses Schritts, anstelle des Experiments der Seite",
  next: "Nächster Schritt",
  previous: "Voriger Schritt",
  forget: "Von vorn beginnen",
};

/** Each guide's own texts, by id. */
export const guideWords: Texts["guideWords"] = {
  "online-offline": {
    title: "Online gegen offline",
    about: "Lernt ein Student mehr von einem fertigen Teacher oder von einem, der mit ihm lernt?",
    arms: {
      Offline: "Offline",
      Online: "Online",
      "Offline, hasty teacher": "Offline, eiliger Teacher",
      "Online, own copy only": "Online, nur die eigene Kopie",
    },
    steps: {
      along: {
        asks: "Der Teacher lernt nicht mehr zuerst, sondern in denselben Schritten wie der Student. Wie ändert sich die Genauigkeit des Studenten?",
        because:
          "Online folgt der Student Zielen, die anfangs schlecht sind und besser werden, während er lernt; offline sind sie vom ersten Schritt an gut, aber die Schritte des Teachers kommen hinzu.",
      },
      hasty: {
        asks: "Der Teacher bekommt ein Fünftel seiner Schritte, bevor er eingefroren wird. Wie ändert sich die Genauigkeit des Studenten?",
        because:
          "Die Fehler eines eingefrorenen Teachers bleiben: Was er bis dahin nicht gelernt hat, können seine Embeddings dem Studenten nicht zeigen.",
      },
      alone: {
        asks: "Der Teacher lernt weiter nebenher, aber der Student sagt nur seine eigene Momentum-Kopie voraus. Wie ändert sich die Genauigkeit des Studenten?",
        because:
          "Das trennt den Anteil des Teachers von dem, was der Student von sich selbst lernt: Schritte, Bilder und Start sind dieselben.",
      },
    },
  },
  "target-views": {
    title: "Sieben Zielansichten",
    about:
      "Ein Student kann bis zu sieben Embeddings voraussagen: von zwei Ansichten und vier Netzen. Helfen mehr davon?",
    arms: {
      "Own copy": "Eigene Kopie",
      "Both copies": "Beide Kopien",
      "Teacher only": "Nur der Teacher",
      "All seven": "Alle sieben",
    },
    steps: {
      teacher: {
        asks: "Zur eigenen Momentum-Kopie der anderen Ansicht (3) kommt die des Teachers (7) hinzu. Wie ändert sich die Genauigkeit des Studenten?",
        because: "Mit Ziel 3 allein ist das BYOL ohne Teacher, mit 3 und 7 SimDis.",
      },
      only: {
        asks: "Die eigene Kopie fällt weg: Nur das Ziel des Teachers (7) bleibt. Wie ändert sich die Genauigkeit des Studenten?",
        because:
          "Die Kopie des Studenten ist kaum besser als er selbst; der eingefrorene Teacher ist vom ersten Schritt an ein festes Ziel.",
      },
      seven: {
        asks: "Der Student sagt nun alle sieben Ziele voraus. Wie ändert sich seine Genauigkeit?",
        because:
          "Mehr Ziele teilen sich einen Gradienten: Jedes hat weniger Gewicht, und jedes weitere kostet einen Prädiktor, manche auch einen weiteren Durchlauf durch ein Netz.",
      },
    },
  },
  "consistent-teaching": {
    title: "Konsistent unterrichten",
    about: "Ist es wichtig, dass Teacher und Student genau dieselben Pixel sehen?",
    arms: {
      "A crop each": "Je ein Ausschnitt",
      "One shared crop": "Ein gemeinsamer Ausschnitt",
      "Shared and mixed": "Gemeinsam und gemischt",
      "Shared, mixed, patient": "Gemeinsam, gemischt, geduldig",
    },
    steps: {
      shared: {
        asks: "Bisher sah jedes Netz einen eigenen Ausschnitt, nun sehen beide denselben. Wie ändert sich die Genauigkeit des Klassifikators?",
        because:
          "Mit je einem Ausschnitt antwortet der Teacher vielleicht für einen Teil des Bildes, den der Student nicht sieht.",
      },
      mixed: {
        asks: "Beide sehen nun Mischungen zweier Bilder, weiterhin dieselben. Wie ändert sich die Genauigkeit des Klassifikators?",
        because:
          "Mischungen zeigen dem Studenten die Antworten des Teachers zwischen den Bildern; sie zu treffen braucht Zeit.",
      },
      patient: {
        asks: "Der Student bekommt dreimal so viele Schritte. Wie ändert sich die Genauigkeit seines Klassifikators?",
        because:
          "Ein guter Teacher ist laut dem Artikel geduldig: Eine Funktion auf verzerrten Bildern zu treffen gelingt erst spät.",
      },
    },
  },
  "mutual-crash": {
    title: "Wann gegenseitiges Lernen abstürzt",
    about:
      "Von Netzen, die einander unterrichten, heißt es, dass sie auf das Zufallsniveau zurückfallen können. Was bringt sie dazu?",
    arms: {
      "Two peers": "Zwei Netze",
      "Five times the rate": "Fünffache Rate",
      "In one cycle": "In einem Zyklus",
      "Four peers": "Vier Netze",
    },
    steps: {
      rate: {
        asks: "Zwei Netze lernen mit Adam bei konstanter Rate; nun ist sie fünfmal so hoch. In wie vielen der Seeds endet der Student auf dem Zufallsniveau?",
        because:
          "Ein Absturz beginnt, wenn die Ausgaben eines Netzes springen: Die anderen werden zu ihnen gezogen, bevor die Labels sie zurückholen.",
      },
      cycle: {
        asks: "Dieselbe höchste Rate, aber nur für einen Moment: Sie steigt auf sie an und fällt wieder. Wie ändert sich die Genauigkeit des Klassifikators?",
        because:
          "Was eine hohe Rate durcheinandergebracht hat, lässt sich erst bei einer Rate wieder lernen, die für die Labels klein genug ist.",
      },
      four: {
        asks: "Vier Netze statt zwei, bei der konstant hohen Rate. Wie ändert sich die Genauigkeit des Klassifikators?",
        because:
          "Von mehr Netzen kommt leichter eines durcheinander, aber jedes lernt vom Mittel mehrerer anderer.",
      },
    },
  },
  "small-student": {
    title: "Wie klein darf ein Student sein?",
    about: "Das Wissen eines Teachers muss in immer weniger Gewichte passen. Wann sieht man es?",
    arms: {
      "As wide as its teacher": "So breit wie sein Teacher",
      "Two thirds as wide": "Zwei Drittel so breit",
      "A third as wide": "Ein Drittel so breit",
      "A third, labels only": "Ein Drittel, nur Labels",
    },
    steps: {
      half: {
        asks: "Jede Schicht des Studenten verliert ein Drittel ihrer Kanäle, sodass er weniger als die Hälfte der Gewichte hat. Wie ändert sich die Genauigkeit seines Klassifikators?",
        because: "Weniger Kanäle bedeuten weniger Muster, die das Netz zugleich unterscheiden kann.",
      },
      quarter: {
        asks: "Die Hälfte dieser Kanäle: etwa ein Neuntel der Gewichte des Teachers. Wie ändert sich die Genauigkeit seines Klassifikators?",
        because:
          "Kleine Netze lernen auch langsamer: Ein Teil eines Unterschieds kann an fehlenden Schritten liegen.",
      },
      untaught: {
        asks: "Dem kleinsten Studenten nehmen wir den Teacher: Er lernt nur von den Labels. Wie ändert sich die Genauigkeit seines Klassifikators?",
        because:
          "Zehn Klassen sagen wenig mehr als das Label, sodass der Gewinn durch einen Teacher klein ist, wenn es ihn gibt.",
      },
    },
  },
};
