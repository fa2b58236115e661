import type { Texts } from "../english/english";

const resolution = {
  label: "Auflösung",
  unit: "px",
  help: "Kantenlänge in Pixeln, auf die jedes Bild gebracht wird, von 16 bis 64. Doppelte Auflösung kostet viermal so viel Rechenzeit.",
};

const withheld = {
  labelNoise: {
    label: "Falsche Labels",
    help: "Der Anteil der Trainingsbilder, die das Label einer anderen Klasse bekommen, ausgelost nach dem Seed. Zurückgehaltene Bilder behalten ihres. Verfahren ohne Labels merken davon nichts.",
  },
  unlabelled: {
    label: "Labels vorenthalten",
    help: "Der Anteil der Trainingsbilder jeder Klasse, deren Labels vorenthalten werden. Von ihnen lernen nur Verfahren, die Bilder ohne Label verwenden, wie SSLD oder, wenn unten gewählt, alle, die keine Labels brauchen.",
  },
  unlabelledFor: {
    label: "Bilder ohne Label sind für",
    help: "Auch Verfahren ohne Labels und die Teacher, die sie trainieren, können von diesen Bildern lernen; Auswertung und Proben bleiben bei Bildern mit Label. Kopien zurückgehaltener Bilder werden weggelassen.",
    optionLabels: { pools: "Nur für Pools", selfSupervised: "Alle ohne Labels" },
  },
  seed: {
    label: "Seed der Bilder",
    help: "Ein anderer Seed zeichnet andere Bilder und teilt Ordner ohne „train“ und „test“ anders auf.",
  },
};

/** Names of networks are the same in every language. */
const networks = {
  R8: "R8",
  R18: "R18",
  R26b: "R26b",
  R50: "R50",
  MBV3s: "MBV3s",
  MBV3l: "MBV3l",
  ReAct: "ReAct",
  ViT: "ViT",
};

const drawn = {
  train: {
    label: "Trainingsbilder",
    help: "Von wie vielen Bildern die Netze lernen. Etwa ein Zehntel wird beiseitegelegt, um Lernraten zu wählen.",
  },
  test: {
    label: "Zurückgehaltene Bilder",
    help: "Auf wie vielen Bildern die Genauigkeit gemessen wird. Mehr Bilder geben ruhigere Werte: Bei 1.000 liegt der Standardfehler bei etwa 1,6 Punkten.",
  },
  ...withheld,
};

export const knobs: Texts["knobs"] = {
  shapes: {
    resolution,
    difficulty: {
      label: "Schwierigkeit",
      help: "Wie stark Ort, Größe, Störformen und Textur schwanken. Nächste Nachbarn auf rohen Pixeln erreichen etwa 62 % auf leichten und 37 % auf schweren Bildern.",
      optionLabels: { easy: "leicht", normal: "mittel", hard: "schwer" },
    },
    ...drawn,
  },
  textures: {
    resolution,
    difficulty: {
      label: "Schwierigkeit",
      help: "Wie stark Periode, Winkel, Verzerrung und Rauschen schwanken. Nächste Nachbarn auf rohen Pixeln erreichen etwa 39 % auf leichten, 30 % auf mittleren und 25 % auf schweren Bildern.",
      optionLabels: { easy: "leicht", normal: "mittel", hard: "schwer" },
    },
    ...drawn,
  },
  files: {
    resolution,
    detail: {
      label: "Bilder behalten mit",
      unit: "px",
      help: "Kantenlänge in Pixeln, für Teacher, die mehr sehen als der Student: Beide sehen denselben Ausschnitt eines Bildes, jeder in seiner eigenen Größe. Mindestens die Auflösung. 2.000 Bilder mit 224 px nehmen 300 MB ein.",
    },
    validation: {
      label: "Anteil zur Validierung",
      help: "Der Anteil jeder Klasse, an dem Lernraten gewählt werden. Er wird aus den Trainingsbildern gezogen, sofern kein Ordner und keine Datei ihn enthält.",
    },
    test: {
      label: "Zurückgehaltener Anteil",
      help: "Der Anteil jeder Klasse, auf dem die Genauigkeit gemessen wird, wo kein Ordner und keine Datei zum Testen vorgesehen ist.",
    },
    perClass: {
      label: "Bilder pro Klasse",
      help: "Höchstens so viele Trainingsbilder jeder Klasse werden verwendet; der Seed entscheidet, welche. Eine kleinere Grenze behält eine Teilmenge einer größeren; so lassen sich Datenmengen vergleichen.",
    },
    ...withheld,
  },
  shared: {
    batchSize: {
      label: "Batchgröße",
      unit: "Bilder",
      help: "Bilder pro Schritt des Optimierers; jedes wird in zwei Ansichten gesehen. Die Lernraten wachsen mit. Unter 32 wird die Statistik der Batch-Normalisierung verrauscht.",
    },
    seeds: {
      label: "Seeds",
      help: "Jeder Arm wird einmal pro Seed trainiert. Die Arme teilen Datenreihenfolge und Startwerte eines Seeds, sodass sich Unterschiede paarweise bilden lassen. Ein Seed zeigt eine Kurve; ab drei bis fünf zeigt sich ein Unterschied.",
    },
  },
  evaluation: {
    part: {
      label: "Kurven gemessen auf",
      optionLabels: { test: "Testbildern", validation: "Validierungsbildern" },
      help: "Auf Validierungsbildern: Testbilder werden nur einmal verwendet, am Ende; so darf man Einstellungen nach den Kurven wählen. Experimente früherer Fassungen dieser Seite maßen ihre Kurven auf Testbildern.",
    },
    probe: {
      label: "Linearer Klassifikator",
      optionLabels: { sgd: "mit SGD, wie in Artikeln", ridge: "in geschlossener Form" },
      help: "Wie die lineare Genauigkeit gemessen wird. In geschlossener Form: Ridge-Regression, bei jeder Auswertung zu Ende gerechnet, in Millisekunden. Mit SGD: eine Sonde lernt neben dem Netz und bleibt in kurzen Läufen weit unter dessen endgültiger Genauigkeit; am Ende zählt die beste von sechs Lernraten.",
    },
    everySteps: {
      label: "Auswerten alle",
      unit: "Schritte",
      help: "Wie oft während des Trainings die Genauigkeit auf zurückgehaltenen Bildern gemessen wird. Seltener ist schneller.",
    },
    images: {
      label: "Bilder je Punkt der Kurven",
      unit: "Bilder",
      help: "So viele Bilder werden höchstens für jeden Punkt verwendet: zwei Drittel Trainingsbilder, in denen Nachbarn gesucht und an die der lineare Klassifikator angepasst wird; ein Drittel zurückgehaltene. Weniger brauchen weniger Zeit und machen die Kurven unruhiger. Endwerte verwenden alle Bilder.",
    },
    knnNeighbours: {
      label: "kNN-Nachbarn",
      help: "Wie viele der nächsten Trainingsbilder über die Klasse eines zurückgehaltenen Bildes abstimmen.",
    },
    knnTemperature: {
      label: "kNN-Temperatur",
      help: "Wie schnell eine Stimme mit dem Abstand verblasst: Gewicht = exp(Ähnlichkeit / Temperatur).",
    },
  },
  view: {
    scale: {
      label: "Ausschnitt",
      help: "Welchen Anteil der Bildfläche ein zufälliger Ausschnitt behält. Weniger ist schwerer.",
    },
    brightness: {
      label: "Helligkeit",
      unit: "±",
      help: "Die Helligkeit wird mit einem Faktor von 1 − s bis 1 + s multipliziert.",
    },
    contrast: {
      label: "Kontrast",
      unit: "±",
      help: "Der Abstand zum mittleren Grau wird mit einem Faktor von 1 − s bis 1 + s multipliziert.",
    },
    saturation: {
      label: "Sättigung",
      unit: "±",
      help: "Der Abstand zu Grau wird mit einem Faktor von 1 − s bis 1 + s multipliziert.",
    },
    hue: {
      label: "Farbton",
      unit: "±",
      help: "Farben drehen sich um bis zu diesen Anteil des Farbkreises. Auf Shapes ist das am wichtigsten: Sonst verrät schon die Farbe, welche Ansichten zusammengehören.",
    },
    hueSpace: {
      label: "Farbton dreht in",
      help: "YIQ erhält die Helligkeit jedes Pixels, Umrisse bleiben also sichtbar; HSV, wie in torchvision, erhält den hellsten Kanal und lässt die Helligkeit schwanken.",
      optionLabels: { yiq: "YIQ", hsv: "HSV" },
    },
    jitterProbability: {
      label: "Farbstreuung, Chance",
      help: "Wie oft sich Helligkeit, Kontrast, Sättigung und Farbton überhaupt ändern.",
    },
    grayscaleProbability: { label: "Graustufen, Chance", help: "Wie oft eine Ansicht ihre Farbe verliert." },
    blurProbability: {
      label: "Unschärfe, Chance",
      help: "Wie oft eine Ansicht weichgezeichnet wird. Das nimmt kleinen Bildern zu viele Details, deshalb ist es zunächst aus.",
    },
    blurSigma: {
      label: "Breite der Unschärfe",
      unit: "px",
      help: "Standardabweichung der Gaußschen Unschärfe, in Pixeln.",
    },
    solarizeProbability: { label: "Solarisieren, Chance", help: "Wie oft helle Pixel umgekehrt werden." },
    flipProbability: { label: "Spiegeln, Chance", help: "Wie oft eine Ansicht seitenverkehrt ist." },
    rotation: {
      label: "Drehung",
      unit: "° ±",
      help: "Der Ausschnitt wird um seine Mitte gedreht, in beide Richtungen höchstens um diesen Winkel.",
    },
    policy: {
      label: "Folge von Operationen",
      help: "RandAugment wendet zufällig gezogene Operationen an, alle gleich stark. AutoAugment wendet eines der 25 Paare von Operationen an, die eine Suche für CIFAR-10 gefunden hat. Beide kommen nach der Unschärfe und vor dem Spiegeln.",
      optionLabels: { none: "Keine", randAugment: "RandAugment", autoAugment: "AutoAugment" },
    },
    randAugmentOperations: {
      label: "Operationen",
      help: "Wie viele von RandAugments Operationen nacheinander angewandt werden.",
    },
    randAugmentMagnitude: {
      label: "Stärke",
      unit: "von 30",
      help: "Wie stark jede Operation ist: bei 30 drehen sich Bilder um 30°, neigen sich um 0,3 und wandern um 0,3 ihrer Seite.",
    },
  },
  arm: {
    name: { label: "Name", help: "Wie dieser Arm in Diagrammen und Tabellen heißt." },
    steps: {
      label: "Schritte des Students",
      unit: "Schritte",
      help: "Updates des Students; online macht der Teacher nebenher ebenso viele. Das Lernen setzt oft erst nach 200 bis 300 Schritten ein.",
    },
    teacherSteps: {
      label: "Schritte des Teachers",
      unit: "Schritte",
      help: "Updates des Offline-Teachers, bevor der Student beginnt. Er wird pro Seed einmal trainiert und von allen Armen benutzt, die denselben verlangen. 0 nur, wenn eine Datei den Teacher liefert. Teacher und Student sehen dieselben Bilder in derselben Reihenfolge und denselben Ansichten.",
    },
    fixSteps: {
      label: "Fix-Strategie",
      unit: "Schritte",
      help: "So viele Schritte am Ende trainieren nur den Klassifikator, auf unverzerrten, 1,15-mal so großen Bildern; auf diesen wird das Netz dann ausgewertet. 0 schaltet sie ab.",
    },
    answers: {
      label: "Antworten des Teachers",
      help: "Behalten in diesem Browser, höchstens 1 GB, für alle Arme und Trainings mit demselben Teacher, denselben Bildern und Ansichten: dieselben Ergebnisse. Reihum: Ansichten wiederholen sich nach einigen Epochen, sodass der Teacher nicht wieder gefragt wird; seine Antworten sind auf halbe Genauigkeit gerundet.",
      optionLabels: {
        computed: "In jedem Schritt berechnet",
        kept: "Behalten: alle Epochen",
        cycled: "Behalten: einige Epochen, reihum",
      },
    },
    answerEpochs: {
      label: "Ansichten wiederholen sich nach",
      unit: "Epochen",
      help: "1 sind die festen Ansichten von Function Matching: durchweg eine Ansicht jedes Bildes, laut dem Paper eine schlechte Idee.",
    },
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
    warmup: {
      label: "Aufwärmen",
      help: "Anteil der Schritte einer Stufe, in dem die Lernrate linear steigt. Mindestens 100 Schritte sind ratsam.",
    },
    tau0: {
      label: "EMA-Momentum τ₀",
      help: "Wie träge die Momentum-Netze anfangs folgen: Sie behalten in jedem Schritt τ von sich. Es steigt bis 1. (1 − τ₀) × Schritte sollte mindestens 20 sein.",
    },
  },
  student: {
    network: {
      label: "Netz des Students",
      help: "Das kleine Netz, das verbessert werden soll. R8 und R18 sind Residualnetze nach CIFAR-Art aus einfachen Blöcken; R26b und R50 haben Bottlenecks.",
      optionLabels: networks,
    },
    width: {
      label: "Breite des Students",
      help: "Vervielfacht die Kanäle jeder Schicht, in Stufen von 0,125. Der Rechenaufwand wächst etwa mit dem Quadrat.",
    },
  },
  teacher: {
    network: {
      label: "Netz des Teachers",
      help: "Das Netz, von dem der Student lernt. Es sollte breiter oder tiefer als der Student sein.",
      optionLabels: networks,
    },
    width: {
      label: "Breite des Teachers",
      help: "Vervielfacht die Kanäle jeder Schicht des Teachers, in Stufen von 0,125.",
    },
  },
  start: {
    from: {
      label: "Student beginnt mit",
      help: "Vortraining ist eine eigene Stufe, die Arme mit demselben Vortraining teilen. Der Encoder wird übernommen; Köpfe beginnen mit Zufallszahlen.",
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
      help: "Anteil der Lernrate, mit dem ein geladener Student weiterlernt. Die Dokumentation von PaddleClas zu SSLD nimmt ein Zehntel bis ein Hundertstel.",
    },
  },
  optimizer: {
    kind: {
      label: "Optimierer",
      help: "SGD mit Momentum verzeiht hier am meisten. LARS skaliert die Rate jeder Schicht nach ihren Normen. Adam und AdamW wollen Raten um ein Tausendstel; der Weight Decay von AdamW ist vom Schritt entkoppelt. Shampoo gleicht die Richtungen einer Schicht aus, mit der Schrittlänge von AdamW.",
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
      help: "Alles, wie die meisten Paper hier, oder alles außer Bias sowie Skalen und Verschiebungen der Batch Norm.",
      optionLabels: { all: "Alles", weights: "Nur Gewichte" },
    },
    clip: {
      label: "Gradienten kürzen",
      help: "Kürzt Gradienten, die länger sind als die Grenze: alle eines Netzes zusammen, wie Function Matching bei 1, oder die jedes Parameters für sich, wie DINO bei 3.",
      optionLabels: { none: "Gar nicht", global: "Alle zusammen", each: "Jeden Parameter für sich" },
    },
    clipNorm: { label: "Längster Gradient", help: "Die Grenze, auf die gekürzt wird." },
    learningRate: {
      label: "Lernrate",
      unit: "pro 256",
      help: "Pro 256 Bilder: Die Rate eines Schritts ist dieser Wert mal Batchgröße / 256, mal Lernratenplan (Aufwärmen, dann Kosinus bis null).",
    },
    teacherLearningRate: {
      label: "Rate des Teachers",
      unit: "pro 256",
      help: "Dasselbe für den Teacher. Breite Netze brauchen niedrigere Raten.",
    },
    momentum: { label: "Momentum", help: "Anteil des letzten Updates, den der Optimierer behält." },
    weightDecay: {
      label: "Weight Decay",
      help: "Zieht jedes Gewicht gegen null. Hilft gegen Kollaps.",
    },
    layerRates: {
      label: "Raten der Schichten des Students",
      help: "Faktoren auf die Rate, vom Eingang bis zur letzten Stufe; Köpfe lernen mit der vollen Rate. Für vortrainierte Encoder: Frühe Schichten müssen sich wenig ändern. Die Liste für MobileNet ist für fünf Gruppen von drei Blöcken veröffentlicht; hier beginnen Gruppen, wo das Bild kleiner wird.",
      optionLabels: {
        uniform: "Für alle dieselbe",
        resnet: "0,1, 0,1, 0,2, 0,2, 0,3",
        detection: "0,05, 0,05, 0,05, 0,1, 0,15",
        mobilenet: "0,25, 0,25, 0,5, 0,5, 0,75",
      },
    },
    teacherDecay: {
      label: "Weight Decay des Teachers",
      help: "Kleine Netze brauchen weniger Weight Decay als große: Die Dokumentation von PaddleClas zu SSLD hat 1e-5 bis 4e-5 für mobile Netze und 1e-4 für ein ResNet-50.",
      optionLabels: { same: "Der des Students", own: "Sein eigener" },
    },
    teacherWeightDecay: {
      label: "Eigener Weight Decay des Teachers",
      help: "In der Stufe des Teachers oder für einen Teacher, der neben dem Student lernt.",
    },
  },
};

export const choices: Texts["choices"] = {
  source: {
    label: "Bilder",
    help: "Die eingebauten Shapes werden im Browser gezeichnet. Auch eigene Bilder bleiben auf diesem Rechner: Nichts wird hochgeladen.",
  },
  method: {
    label: "Verfahren",
    help: "Wie der Student lernt: von Labels, von sich selbst (BYOL) oder von einem Teacher, der vorher (offline) oder nebenher (online) trainiert wird.",
  },
};
