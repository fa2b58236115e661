import type { TargetViewNumber } from "../../protocol/experiment";
import type { Texts } from "../english/english";

const viewLoss = (view: TargetViewNumber, name: string) => ({
  label: `Loss, Zielansicht ${view} (${name})`,
  meaning: "Der Term dieser Zielansicht im Loss des Students, vor dem Mittel über die gewählten Ansichten.",
});
const memberLoss = (member: number) => ({
  label: `Loss von Mitglied ${member}`,
  meaning: "Der Loss, den dieses Mitglied der Gruppe minimiert.",
});
const memberTop1 = (member: number) => ({
  label: `Top-1 von Mitglied ${member}`,
  meaning: "Genauigkeit des eigenen Klassifikators dieses Mitglieds auf Validierungsbildern.",
});
const memberCrash = (member: number) => ({
  label: `Absturz von Mitglied ${member}`,
  meaning:
    "Der Schritt, nach dem dieses Mitglied, das zuvor über Zufallsniveau lag, in drei Auswertungen in Folge auf Zufallsniveau war.",
});

const layerRate = (layers: string) => ({
  label: `Lernrate ${layers}`,
  meaning: "Die Rate dieser Schichten des Students; seine Köpfe lernen mit der vollen Rate.",
});

export const metrics: Texts["metrics"] = {
  studentLoss: {
    label: "Loss des Students",
    meaning: "Der Loss, den der Optimierer des Students minimiert.",
  },
  teacherLoss: {
    label: "Loss des Teachers",
    meaning: "Der Loss, den der Optimierer des Teachers minimiert.",
  },
  viewLoss1: viewLoss(1, "S-v′"),
  viewLoss2: viewLoss(2, "Ŝ-v"),
  viewLoss3: viewLoss(3, "Ŝ-v′"),
  viewLoss4: viewLoss(4, "T-v"),
  viewLoss5: viewLoss(5, "T-v′"),
  viewLoss6: viewLoss(6, "T̂-v"),
  viewLoss7: viewLoss(7, "T̂-v′"),
  contrastLoss: {
    label: "Kontrastiver Loss",
    meaning: "Der Term, der Bilder voneinander unterscheidet, vor seiner Gewichtung.",
  },
  gradientCosine: {
    label: "Kosinus der beiden Gradienten",
    meaning:
      "Zwischen Kontrast und Destillation, am Embedding: Unter 0 arbeiten die beiden Terme gegeneinander.",
  },
  wholeLoss: {
    label: "Loss auf ganzen Ausschnitten",
    meaning:
      "Der Loss des Students auf Ausschnitten der üblichen Größe, vor dem Mittel mit dem auf kleinen Patches.",
  },
  patchLoss: { label: "Loss auf Patches", meaning: "Der Loss des Students auf kleinen Patches." },
  labelLoss: {
    label: "Loss auf Labels",
    meaning: "Kreuzentropie mit den wahren Klassen, vor ihrer Gewichtung.",
  },
  distillationLoss: {
    label: "Destillations-Loss",
    meaning: "Abstand des Students von seinem Teacher, vor der Gewichtung.",
  },
  mutualEnsemble: {
    label: "Gegenseitiger Term: Mittel der Peers",
    meaning: "Kreuzentropie des Students mit dem Mittel der Wahrscheinlichkeiten seiner Peers.",
  },
  mutualPeerEntropy: {
    label: "Gegenseitiger Term: Entropie der Peers",
    meaning: "Mittlere Entropie der Peers. Sie wird abgezogen und hängt nicht vom Student ab.",
  },
  member2Loss: memberLoss(2),
  member2Top1: memberTop1(2),
  member3Loss: memberLoss(3),
  member3Top1: memberTop1(3),
  member4Loss: memberLoss(4),
  member4Top1: memberTop1(4),
  cohortTop1: {
    label: "Top-1 der Kohorte, Mittel",
    meaning: "Mittlere Genauigkeit der eigenen Klassifikatoren aller Mitglieder auf Validierungsbildern.",
  },
  ensembleTop1: {
    label: "Top-1 der Kohorte, gemeinsam",
    meaning:
      "Genauigkeit des Mittels der Klassenwahrscheinlichkeiten aller Mitglieder auf Validierungsbildern.",
  },
  member1CrashStep: memberCrash(1),
  member2CrashStep: memberCrash(2),
  member3CrashStep: memberCrash(3),
  member4CrashStep: memberCrash(4),
  top1: {
    label: "Klassifikator-Top-1",
    meaning:
      "Genauigkeit des eigenen Klassifikators des Netzes auf zurückgehaltenen Bildern; es ist der, den sein Loss trainiert.",
  },
  knnTop1: {
    label: "kNN-Top-1",
    meaning:
      "Anteil der zurückgehaltenen Bilder, bei denen die gewichtete Abstimmung der nächsten Trainingsmerkmale richtig ist.",
  },
  knnBalanced: {
    label: "kNN, balanciert",
    meaning:
      "Mittel der kNN-Genauigkeiten der einzelnen Klassen, sodass kleine Klassen so viel zählen wie große; gemessen bei ungleich großen Klassen.",
  },
  probeTop1: {
    label: "Top-1 der linearen Probe",
    meaning:
      "Genauigkeit eines linearen Klassifikators auf den Merkmalen des Encoders, auf zurückgehaltenen Bildern; sein Gradient endet dort.",
  },
  probeBalanced: {
    label: "Lineare Probe, balanciert",
    meaning:
      "Mittel der Genauigkeiten der linearen Probe auf den einzelnen Klassen; gemessen bei ungleich großen Klassen.",
  },
  probeTop5: {
    label: "Top-5 der linearen Probe",
    meaning: "Dasselbe, wobei eine Vorhersage als richtig zählt, wenn die Klasse unter den ersten fünf ist.",
  },
  teacherKnnTop1: {
    label: "kNN-Top-1 des Teachers",
    meaning: "kNN-Genauigkeit auf den Merkmalen des Teachers.",
  },
  teacherProbeTop1: {
    label: "Top-1 der linearen Probe des Teachers",
    meaning:
      "Genauigkeit eines linearen Klassifikators auf den Merkmalen des Teachers, auf zurückgehaltenen Bildern; sein Gradient endet dort.",
  },
  teacherTop1: {
    label: "Klassifikator-Top-1 des Teachers",
    meaning: "Genauigkeit des eigenen Klassifikators des Teachers auf zurückgehaltenen Bildern.",
  },
  teacherEntropy: {
    label: "Entropie der Ausgaben des Teachers",
    meaning:
      "Nahe 0 wird jedes Bild auf denselben Prototyp abgebildet; nahe dem Logarithmus ihrer Anzahl sind die Ausgaben gleichverteilt. Beides ist ein Kollaps.",
  },
  agreement: {
    label: "Übereinstimmung von Teacher und Student",
    meaning: "Anteil der zurückgehaltenen Bilder, für die Teacher und Student dieselbe Klasse vorhersagen.",
  },
  spread: {
    label: "Streuung der Embeddings",
    meaning:
      "√d mal die mittlere Standardabweichung normierter Embeddings: etwa 1 ist gesund, 0 ist Kollaps.",
  },
  teacherSpread: {
    label: "Streuung der Embeddings des Teachers",
    meaning: "Dieselbe Streuung für die Projektionen des Teachers.",
  },
  heatmapLoss: {
    label: "Loss der Heatmap",
    meaning: "Fehler der Karte der Objektmitten des Detektors, pro Objekt.",
  },
  boxLoss: {
    label: "Loss der Rahmen",
    meaning: "Fehler der Seiten und Versätze der Rahmen an den Objektmitten, pro Objekt.",
  },
  detectionAp: {
    label: "Detektion, AP@.5",
    meaning:
      "Mittlere Average Precision auf zurückgehaltenen Leinwänden; ein Rahmen zählt, wenn seine IoU mit dem Objekt mindestens 0,5 beträgt.",
  },
  poolImages: {
    label: "Bilder ohne Label",
    meaning: "Zahl der Bilder ohne Label, von denen der Student zusätzlich zu denen mit Label lernt.",
  },
  poolDuplicates: {
    label: "Entfernte Duplikate",
    meaning:
      "Bilder ohne Label, die zurückgehaltene Bilder duplizieren; sie sind vom Training ausgeschlossen.",
  },
  stemRate: layerRate("des Stamms"),
  stage1Rate: layerRate("der 1. Stufe"),
  stage2Rate: layerRate("der 2. Stufe"),
  stage3Rate: layerRate("der 3. Stufe"),
  stage4Rate: layerRate("der 4. Stufe"),
  learningRate: {
    label: "Lernrate",
    meaning:
      "Die Rate des Optimierers bei diesem Schritt: in der Stufe des Teachers dessen, sonst die des Students.",
  },
  tau: {
    label: "EMA-Momentum τ",
    meaning: "Anteil ihrer bisherigen Gewichte, den die EMA-Netze in jedem Schritt behalten.",
  },
  targetClassLoss: {
    label: "Destillations-Loss: wahre Klasse",
    meaning:
      "Divergenz von Student und Teacher zwischen der wahren Klasse und allen anderen, vor der Gewichtung.",
  },
  otherClassesLoss: {
    label: "Destillations-Loss: andere Klassen",
    meaning: "Divergenz von Student und Teacher unter den Klassen außer der wahren, vor der Gewichtung.",
  },
  shadowLoss: {
    label: "Loss des Schattenkopfs",
    meaning: "Der Loss des Kopfs auf den Merkmalen des eingefrorenen Teachers, der neben dem Student lernt.",
  },
  searchLoss: {
    label: "Loss der Suche",
    meaning: "Kreuzentropie der Patches des Students mit dem, was sie im Bild des anderen Netzes finden.",
  },
  imagesPerSecond: { label: "Durchsatz", meaning: "Trainingsbilder pro Sekunde." },
  gpuBytes: { label: "GPU-Speicher", meaning: "Größe der belegten GPU-Puffer." },
};
