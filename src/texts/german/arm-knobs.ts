import type { Texts } from "../english/english";

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
