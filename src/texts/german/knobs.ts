import type { Texts } from "../english/english";

const teacherBatchNorm = (help: string) => ({
  label: "Batch Norm des Teachers",
  help,
  optionLabels: { train: "Statistik des Batches", eval: "Laufende Statistik" },
});
const temperature = (help: string) => ({ label: "Temperatur", help });
const targets = {
  label: "Zielansichten",
  help: "Welche der 7 Embeddings der Student voraussagt: sein eigenes, das seiner Momentum-Kopie, das des Teachers oder das von dessen Momentum-Kopie, in der gleichen Ansicht oder der anderen.",
};
const heads = {
  label: "Prädiktionsköpfe",
  help: "Der Text des Artikels hat zwei Köpfe, einen für die Ziele des Students und einen für die des Teachers; sein Code und seine Aufwandstabelle haben einen pro Zielansicht.",
  optionLabels: { perTarget: "Einer pro Zielansicht", two: "Zwei" },
};
const patches = {
  label: "Kleine Patches",
  help: "So viele kleine Ausschnitte jedes Bildes neben den ganzen: 5 bis 40 % seiner Fläche, mit etwa halber Kantenlänge.",
};
const queue = {
  label: "Queue",
  unit: "Embeddings",
  help: "Wie viele Embeddings früherer Batches als Kandidaten dienen. Ein Vielfaches der Batchgröße und höchstens die Hälfte der Trainingsbilder, sonst begegnet man demselben Bild zweimal.",
};
const momentum = {
  label: "Momentum",
  help: "Anteil, den das Momentum-Netz in jedem Schritt von sich behält: 0,999 auf ImageNet, 0,99 auf kleinen Bildern. Bei 0 veralten die Embeddings der Queue sofort.",
};
const normGroups = {
  label: "Batch-Norm-Gruppen",
  help: "In so vielen Teilen wird der Batch normalisiert, und die Teile der Schlüssel werden gemischt, damit die Statistik nicht verrät, welcher Schlüssel zu einer Anfrage gehört. 1 schaltet das ab.",
};
const teacherMethod = {
  label: "Teacher trainiert mit",
  help: "Wie der eingefrorene Teacher gelernt hat, in einer eigenen Stufe. Die Artikel nehmen MoCo-v2-Teacher.",
  optionLabels: { moco: "MoCo-v2", byol: "BYOL" },
};

export const knobs: Texts["knobs"] = {
  supervised: {},
  kd: {
    alpha: {
      label: "Gewicht α des Teachers",
      help: "Der Loss der Labels hat den Rest, 1 − α. Bei 0 lernt der Student allein von Labels, genau wie ein überwachter.",
    },
    temperature: temperature(
      "Durch sie werden die Logits beider Netze vor der Softmax geteilt: Über 1 kommen die unwahrscheinlichen Klassen zu Wort. Der Artikel nennt keine; üblich ist 4.",
    ),
    scaling: {
      label: "Skalierung des Teacher-Loss",
      help: "Weiche Ziele verkleinern den Gradienten etwa um τ². Hinton multipliziert ihn zurück; der Artikel nicht, was bei τ = 4 fast nur die Labels übrig lässt.",
      optionLabels: { article: "Wie im Artikel: keine", hinton: "Nach Hinton: mal τ²" },
    },
    teacherBatchNorm: teacherBatchNorm("Mit laufender Statistik hat ein Bild in jedem Batch dasselbe Ziel."),
  },
  dml: {
    members: {
      label: "Mitglieder",
      help: "Netze, die zusammen lernen, jedes von den Labels und von den anderen. Das erste ist der Student, den die Kurven zeigen.",
    },
    peers: {
      label: "Netz der anderen Mitglieder",
      help: "Alle Mitglieder gleich, oder die anderen so groß wie der Teacher. Keines wird vorher trainiert.",
      optionLabels: { student: "Das des Students", teacher: "Das des Teachers" },
    },
    order: {
      label: "Updates",
      help: "Nacheinander ist der Algorithmus des Artikels: Ein Mitglied lernt von Peers, die dieser Schritt schon aktualisiert hat; das kostet deren Vorwärtsdurchgänge noch einmal.",
      optionLabels: { simultaneous: "Alle zugleich", sequential: "Nacheinander" },
    },
    excludeCrashed: {
      label: "Nicht von Abgestürzten lernen",
      help: "Ein Mitglied, dessen Validierungsgenauigkeit auf Zufallsniveau fiel, zieht die anderen mit. Es lernt weiter, aber niemand lernt von ihm.",
    },
  },
  funmatch: {
    input: {
      label: "Was die beiden Netze sehen",
      help: "Der Kern des Artikels: Beide sollen genau dasselbe Bild sehen, wie verzerrt es auch sei. Bei festem Teacher weicht der Ausschnitt des Students von dem ab, was der Teacher sah.",
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
      "Durch sie werden die Logits beider Netze vor der Softmax geteilt. Der Artikel versucht 1, 2, 5 und 10.",
    ),
    mixup: {
      label: "Mixup",
      help: "Nur mit Function Matching. Der Text des Artikels liest sich, als mische jedes Netz für sich, was seinem eigenen Argument und seinem Code widerspricht: Dort sehen beide dieselben gemischten Bilder.",
      optionLabels: { shared: "Dasselbe für beide", separate: "Jedem sein eigenes Gewicht" },
    },
    teachers: {
      label: "Teacher",
      help: "Mehrere Teacher beginnen mit anderen Zahlen; der Student lernt vom Mittel ihrer Divergenzen, das den Gradienten ihrer mittleren Wahrscheinlichkeiten hat.",
    },
    teacherSize: {
      label: "Bildgröße des Teachers",
      unit: "×",
      help: "Der Teacher wird mit denselben Ausschnitten trainiert und befragt, auf dieses Vielfache der Kantenlänge des Students gebracht.",
    },
    teacherBatchNorm: teacherBatchNorm(
      "Die Teacher des Artikels haben keine Batch Norm. Laufende Statistik macht den Teacher zu einer festen Funktion.",
    ),
    images: {
      label: "Der Student lernt an",
      help: "Function Matching braucht keine Labels, also taugt jedes Bild: Es werden ebenso viele andere gezeichnet, die der Teacher nie gesehen hat. Teacher, Auswertung und Probe bleiben bei den Trainings- und den zurückgehaltenen Bildern. Der Artikel findet: je näher die Domäne, desto besser.",
      optionLabels: {
        own: "den Trainingsbildern",
        shapes: "fremder Domäne: schwere Shapes eines anderen Seeds",
        backgrounds: "fremder Domäne: Hintergründe ohne Form",
        noise: "fremder Domäne: Rauschen",
      },
    },
    cachedTeacher: {
      label: "Den Teacher einmal fragen",
      help: "Die Antworten des Teachers werden für jedes Bild einmal berechnet und behalten: billigere Schritte bei gleichem Loss, doch nur ein fester Teacher antwortet in jeder Epoche gleich. Der Artikel nennt es eine schlechte Idee, weil beide Netze dasselbe verzerrte Bild sehen sollten.",
    },
  },
  ssld: {
    divergence: {
      label: "Divergenz",
      help: "Was der Student gegenüber den Wahrscheinlichkeiten des Teachers minimiert. KL und weiche Kreuzentropie haben denselben Gradienten.",
      optionLabels: {
        paddleJS: "Halbe Jeffreys („JS“ im Code)",
        trueJS: "Jensen–Shannon",
        KL: "Kullback–Leibler",
        CEsoft: "Weiche Kreuzentropie",
      },
    },
    teacherBatchNorm: teacherBatchNorm(
      "Das Dokument fand die Statistik des Batches besser: 76,00 gegen 75,84.",
    ),
    pool: {
      label: "Bilder ohne Label",
      help: "Mit dem Anteil der Bilder, deren Labels vorenthalten werden (siehe Bilder): Der Teacher beurteilt sie, Bilder, die auch zurückgehalten werden, fallen weg, und der Student lernt von den übrigen neben denen mit Label. Die Feinabstimmung ist ohne sie.",
      optionLabels: {
        none: "Nicht verwendet",
        selected: "Die, bei denen der Teacher am sichersten ist",
        whole: "Alle",
      },
    },
    perClass: {
      label: "Von jeder Klasse gewählt",
      help: "Höchstens so viele Bilder, die der Teacher dieser Klasse zuordnet, die sichersten zuerst.",
    },
    fineTune: {
      label: "Feinabstimmung",
      help: "Anteil der Schritte am Ende, in dem derselbe Loss mit einem Hundertstel der Rate minimiert wird. Das Dokument tut es in 30 von 360 Epochen.",
    },
    autoAugment: {
      label: "AutoAugment, halber Weight Decay",
      help: "Die Bilder des Students durchlaufen zusätzlich die Operationspaare von AutoAugment, und sein Weight Decay wird halbiert: die beiden Änderungen, die das Dokument zusammen vornahm, von 4e-5 auf 2e-5.",
    },
  },
  detection: {},
  byol: {},
  "simdis-off": {
    targets,
    heads,
    teacherBatchNorm: teacherBatchNorm(
      "Der veröffentlichte Code lässt den eingefrorenen Teacher im Trainingsmodus, sodass seine Batch Norm die Statistik jedes Batches benutzt. Der Auswertungsmodus benutzt die laufende.",
    ),
  },
  "simdis-on": { targets, heads },
  moco: {
    temperature: temperature(
      "Durch sie werden Ähnlichkeiten vor der Softmax geteilt: 0,2 auf ImageNet, 0,1 auf kleinen Bildern.",
    ),
    queue,
    momentum,
    normGroups,
    symmetric: {
      label: "Beide Richtungen",
      help: "Jede Ansicht ist einmal Anfrage und einmal Schlüssel, und die beiden Losses werden addiert. Kostet pro Schritt etwa doppelt so viel.",
    },
  },
  seed: {
    teacherMethod,
    temperature: temperature("Für die Ähnlichkeiten des Students."),
    teacherTemperature: {
      label: "Temperatur des Teachers",
      help: "Für die Ähnlichkeiten des Teachers. Der veröffentlichte Code hat 0,0001, fast One-Hot auf dem Bild selbst; aus dem Artikel ist 0,01 in Erinnerung.",
    },
    queue,
    patches,
  },
  compress: {
    teacherMethod,
    temperature: temperature("Für die Ähnlichkeiten beider Netze."),
    queue,
    queues: {
      label: "Queues",
      help: "Mit einer Queue werden die Merkmale des Students linear auf die Dimension des Teachers abgebildet und mit denen des Teachers verglichen.",
      optionLabels: { two: "Zwei: jedem Netz seine", one: "Eine: die des Teachers" },
    },
    studentQueue: {
      label: "Wer die Queue des Students füllt",
      help: "Nur mit zwei Queues.",
      optionLabels: { momentum: "Seine Momentum-Kopie", plain: "Der Student selbst" },
    },
    momentum,
  },
  s2bnn: {
    strategy: {
      label: "Strategie",
      help: "Die drei des Artikels: nur Kontrast, beide Terme addiert oder nur das Embedding des Teachers, was am besten war.",
      optionLabels: {
        contrast: "① Kontrast",
        both: "② Kontrast und Destillation",
        distillation: "③ Destillation",
      },
    },
    teacherTiming: {
      label: "Teacher",
      help: "Für Strategien, die destillieren. Online wird er in denselben Schritten mit MoCo trainiert; nichts vom Loss des Students erreicht ihn.",
      optionLabels: { offline: "Vorher trainiert, eingefroren", online: "Lernt neben dem Student" },
    },
    teacherMethod,
    training: {
      label: "Binäres Training",
      help: "Für ein binäres Netz (ReAct). In zwei Stufen bleiben die Gewichte in der ersten Hälfte der Schritte reell.",
      optionLabels: {
        one: "Eine Stufe: Gewichte von Anfang an binär",
        two: "Zwei Stufen: erst Aktivierungen, dann Gewichte",
      },
    },
    temperature: temperature("Für beide Terme: Ähnlichkeiten und Embedding-Kanäle werden durch sie geteilt."),
    queue,
    momentum,
    normGroups,
  },
  dino: {
    prototypes: {
      label: "Prototypen",
      help: "Länge der Ausgaben, deren Verteilungen angeglichen werden. Ein Loss, der beim Logarithmus dieser Zahl bleibt, ist kollabiert.",
    },
    temperature: temperature("Für die Ausgaben des Students."),
    teacherTemperature: {
      label: "Temperatur des Teachers",
      help: "Für die Ausgaben des Teachers am Anfang. Eine niedrigere heilt einen Kollaps.",
    },
    lastTeacherTemperature: {
      label: "Temperatur des Teachers, aufgewärmt",
      help: "Geradlinig erreicht nach 30 % der Schritte; der Artikel wärmt bis 0,07 auf.",
    },
    patches,
    frozenEpochs: {
      label: "Prototypen stehen still",
      unit: "Epochen",
      help: "In den ersten Epochen behält die letzte Schicht ihre Zahlen, was den Anfang beruhigt.",
    },
    clip: {
      label: "Jeden Gradienten kürzen",
      help: "Längster Gradient jedes Parameters; 0 kürzt nichts. Kürzt der Optimierer selbst, gilt dessen Einstellung.",
    },
  },
};

export const armKnobs: Texts["armKnobs"] = {
  kind: {
    label: "Optimierer",
    help: "SGD mit Momentum verzeiht hier am meisten. LARS skaliert die Rate jeder Schicht nach ihren Normen. Adam und AdamW wollen Raten um ein Tausendstel; der Weight Decay von AdamW steht neben dem Schritt. Shampoo gleicht die Richtungen einer Schicht aus, mit der Schrittlänge von AdamW.",
    optionLabels: { sgd: "SGD", lars: "LARS", adam: "Adam", adamw: "AdamW", shampoo: "Shampoo" },
  },
  larsRule: {
    label: "LARS-Regel",
    help: "SimDis: keine Skalierung für Bias und Batch Norm, Weight Decay bleibt. Solo: weder Skalierung noch Decay, und die lokale Rate ist begrenzt.",
    optionLabels: { simdis: "SimDis", solo: "Solo" },
  },
  nesterov: {
    label: "Nesterov-Momentum",
    help: "Mit SGD: Der Schritt blickt entlang des Momentums voraus.",
  },
  decayed: {
    label: "Weight Decay auf",
    help: "Alles, wie die meisten Artikel hier, oder alles außer Bias sowie Skalen und Verschiebungen der Batch Norm.",
    optionLabels: { all: "Alles", weights: "Nur Gewichte" },
  },
  clip: {
    label: "Gradienten kürzen",
    help: "Kürzt Gradienten, die länger sind als die Grenze: alle eines Netzes zusammen, wie Function Matching bei 1, oder die jedes Parameters für sich, wie DINO bei 3.",
    optionLabels: { none: "Gar nicht", global: "Alle zusammen", each: "Jeden Parameter für sich" },
  },
  clipNorm: { label: "Längster Gradient", help: "Die Grenze, auf die gekürzt wird." },
  schedule: {
    label: "Lernratenplan",
    help: "Ein Zyklus steigt bis zum Ende des Aufwärmens zum Höhepunkt und fällt weit unter seinen Anfang. Linear ist, was der Code von S2-BNN unter dem Namen Kosinus tut. Konstant ist die Einstellung, unter der Mutual Learning abstürzte.",
    optionLabels: {
      cosine: "Aufwärmen, dann Kosinus bis null",
      oneCycle: "Ein Zyklus",
      linear: "Linear bis null, Epoche für Epoche",
      step: "Ein Zehntel nach 60 % und 80 %",
      constant: "Konstant",
    },
  },
  layerRates: {
    label: "Raten der Schichten des Students",
    help: "Faktoren auf die Rate, vom Eingang bis zur letzten Stufe; Köpfe lernen mit der vollen Rate. Für vortrainierte Encoder: Frühe Schichten müssen sich wenig ändern.",
    optionLabels: {
      uniform: "Für alle dieselbe",
      resnet: "0,1, 0,1, 0,2, 0,2, 0,3",
      detection: "0,05, 0,05, 0,05, 0,1, 0,15",
      mobilenet: "0,25, 0,25, 0,5, 0,5, 0,75",
    },
  },
  fixSteps: {
    label: "Fix-Strategie",
    unit: "Schritte",
    help: "So viele Schritte am Ende trainieren nur den Klassifikator, auf unverzerrten, 1,15-mal so großen Bildern; auf diesen wird das Netz dann beurteilt. 0 lässt sie weg.",
  },
  teacherDecay: {
    label: "Weight Decay des Teachers",
    help: "Kleine Netze wollen weniger Weight Decay als große: Das Dokument zu SSLD hat 1e-5 bis 4e-5 für mobile Netze und 1e-4 für ein ResNet-50.",
    optionLabels: { same: "Der des Students", own: "Sein eigener" },
  },
  teacherWeightDecay: {
    label: "Eigener Weight Decay des Teachers",
    help: "In der Stufe des Teachers oder für einen Teacher, der neben dem Student lernt.",
  },
};

export const startKnobs: Texts["startKnobs"] = {
  from: {
    label: "Student beginnt mit",
    help: "Vortraining ist eine eigene Stufe, die Arme mit demselben Wunsch teilen. Der Encoder wird übernommen; Köpfe beginnen neu.",
    optionLabels: {
      scratch: "Zufallszahlen",
      supervised: "Vortraining mit Labels",
      byol: "Vortraining mit BYOL",
      distilled: "Vortraining mit SSLD von einem Teacher",
      file: "Gewichten aus einer Datei",
    },
  },
  images: {
    label: "Bilder des Vortrainings",
    help: "Andere Shapes entstehen aus einem anderen Seed als dem des Experiments: Was dort gelernt wird, wird auf die Bilder des Experiments übertragen.",
    optionLabels: {
      own: "Die des Experiments",
      easy: "Andere Shapes, leicht",
      normal: "Andere Shapes, mittel",
      hard: "Andere Shapes, schwer",
    },
  },
  steps: {
    label: "Schritte des Vortrainings",
    unit: "Schritte",
    help: "Updates des Students, bevor seine eigene Stufe beginnt.",
  },
  rateShare: {
    label: "Rate nach dem Laden",
    help: "Anteil der Lernrate, mit dem ein geladener Student weiterlernt. Das Dokument zu SSLD nimmt ein Zehntel bis ein Hundertstel.",
  },
};
