import type { FindingWords } from "../../../protocol/findings/words";

/** Figures of the sources, as in English; each names its setting. */
const underAdam = (figures: string) =>
  `${figures} (Fashion-MNIST-Top-1, Batch 1.024, 100 Epochen, Mittel aus fünf Läufen, Adam bei konstant 0,01)`;
const inOneCycle =
  "Alle Verfahren zwischen 87 und 89 (Fashion-MNIST-Top-1, AdamW in einem Zyklus mit einem Höchstwert von 0,005)";
const noNoise = "Keine Angabe für falsche Labels.";
const withKd = underAdam("Mit richtigen: 89,5 mit KD, über 89 ohne");
const morePeers =
  "Zhang et al. 2018 berichten, dass Mitglieder von einer größeren Gruppe gewinnen; der Artikel nennt die Größe der seinen nicht.";
const noFigure = "ohne eine vergleichbare Zahl";
const consistency = `Gemeinsame Eingaben liegen in allen Läufen des Papers vorn, ${noFigure}.`;
const patient = "80,5 nach 160 Epochen, 82,8 nach 9.600 (ImageNet-Top-1 von ResNet-50)";
const overtakes = `Function Matching überholt bloß gemeinsame Eingaben in langen Läufen, ${noFigure}.`;
const fourTemperatures = "Das Paper versucht 1, 2, 5 und 10; keine wird hier als die beste genannt.";
const closer = `Je näher die Bilder, desto besser, ${noFigure}.`;
const notTried = "Vom Paper nicht versucht, dessen Students Faltungsnetze sind.";
const large = (figures: string) => `${figures} (ImageNet-Top-1 von MobileNetV3-large)`;
const fifty = (figures: string) => `${figures} (ImageNet-Top-1 von ResNet-50)`;
const lowRates = "Empfohlen wird ein Zehntel bis ein Hundertstel, ohne Zahl.";
const detector = (figures: string) =>
  `${figures} (COCO-mAP von Faster R-CNN); für Klassifikation wird eine Liste empfohlen, ohne Zahl`;
const found = (figures: string) => `${figures} (COCO-mAP von Faster R-CNN auf ResNet-50)`;
const labeledLadder = large("75,6 mit einem Teacher von 79,12, 75,3 mit Labels");
const fineTuned = large("78,9 mit Feinabstimmung, 78,5 davor");

/** Of KD, mutual learning, function matching and SSLD. */
export const labeled: FindingWords["findings"] = {
  "kd-wrong-labels-longer": {
    question: "Hilft bei größeren Batches und mehr Bildern ein Teacher, wo die Hälfte der Labels falsch ist?",
    reported: `${noNoise} ${withKd}`,
  },
  "kd-wrong-labels": {
    question: "Hilft ein Teacher, der aus denselben falschen Labels gelernt hat, seinem Studenten?",
    reported: `${noNoise} ${withKd}`,
  },
  "kd-no-factor": {
    question: "Hilft ein solcher Teacher ohne den Faktor τ², wie im Artikel?",
    reported: `${noNoise} ${withKd}`,
  },
  "kd-factor": {
    question: "Lohnt sich der Faktor τ²?",
    reported: "Hinton et al. 2015 nennen ihn wichtig, wo auch Labels gebraucht werden, ohne Zahl.",
  },
  "peer-wrong-labels": {
    question: "Hilft ein Peer, der aus denselben falschen Labels lernt?",
    reported: noNoise,
  },
  "teacher-or-peer": {
    question: "Ist ein fertiger Teacher besser als ein Peer?",
    reported: `${noNoise} ${underAdam("Mit richtigen: 89,5 mit KD, 82,6 für den besten Studenten von DML")}`,
  },
  "peer-adam": {
    question: "Fällt Mutual Learning unter Adam bei konstant 0,01 hinter Labels allein zurück?",
    reported: underAdam("82,6 für den besten Studenten von DML, über 89 für die Grundlinie, nach Abstürzen"),
  },
  "peer-adam-tenfold": {
    question: "Fällt Mutual Learning unter Adam bei konstant 0,1 hinter Labels allein zurück?",
    reported: underAdam(
      "82,6 für den besten Studenten von DML, über 89 für die Grundlinie, nach Abstürzen; keine Angabe beim Zehnfachen der Rate",
    ),
  },
  "one-cycle-mends": {
    question: "Heilt ein Zyklus der Rate, was eine konstante beim Mutual Learning anrichtet?",
    reported: `82,6 unter Adam bei konstant 0,01. ${inOneCycle}; keine Angabe beim Zehnfachen dieser Raten.`,
  },
  "one-cycle-level": {
    question: "Liegt Mutual Learning in einem Zyklus gleichauf mit Labels allein?",
    reported: `${inOneCycle}; keine Angabe beim Zehnfachen dieser Rate.`,
  },
  "kd-few-labels": {
    question: "Hilft bei 400 Bildern ein Teacher?",
    reported: `Keine Angabe für wenige Bilder. ${underAdam("89,5 mit KD, über 89 ohne")}`,
  },
  "larger-teacher": {
    question: "Macht es etwas aus, ob der Teacher um die Hälfte breiter ist?",
    reported: underAdam("89,5 mit KD von jedem von zwei Teachern"),
  },
  "peer-few-labels": {
    question: "Liegt bei 400 Bildern Mutual Learning in einem Zyklus gleichauf mit Labels allein?",
    reported: inOneCycle,
  },
  "more-peers-few-labels": {
    question: "Sind bei 400 Bildern drei Peers besser als einer?",
    reported: morePeers,
  },
  "consistent-independent": {
    question: "Ist ein gemeinsamer Ausschnitt besser als einer für jedes Netz?",
    reported: consistency,
  },
  "consistent-whole": {
    question: "Ist ein gemeinsamer Ausschnitt besser als ein Teacher, der stets das ganze Bild sieht?",
    reported: consistency,
  },
  "asked-once": {
    question: "Lehrt ein fester Teacher dasselbe, wenn er nur einmal gefragt wird?",
    reported:
      "Folgt aus der Definition; das Paper rät davon ab, weil dann die Eingabe des Teachers fest ist.",
  },
  "mixup-short": {
    question: "Kostet Mixup auf gemeinsamen Ausschnitten in einem kurzen Lauf Genauigkeit?",
    reported: `${patient}: Gemischte Eingaben sind für lange Läufe.`,
  },
  "mixed-separately": {
    question: "Schadet es, Bilder für jedes Netz für sich zu mischen?",
    reported:
      "Den Text kann man so lesen, dass getrennt gemischt wird; der veröffentlichte Code mischt einmal, für beide.",
  },
  "consistent-center": {
    question: "Ist ein gemeinsamer Ausschnitt besser als ein Teacher, der stets die Mitte sieht?",
    reported: consistency,
  },
  "consistent-windows": {
    question:
      "Ist ein gemeinsamer Ausschnitt besser als ein Teacher, der mit dem Mittel über feste Fenster antwortet?",
    reported: consistency,
  },
  "whole-center": {
    question: "Ist ein Teacher, der das ganze Bild sieht, schlechter als einer, der dessen Mitte sieht?",
    reported: `Das ganze Bild ist die schlechteste der festen Eingaben, ${noFigure}.`,
  },
  "square-crops": {
    question:
      "Sind quadratische Ausschnitte so gut wie solche von wechselnder Form, wenn beide Netze sie sehen?",
    reported: `Beide gelten als gemeinsame Eingaben, ${noFigure}.`,
  },
  "temperature-2": {
    question: "Macht es etwas aus, ob die Temperatur 2 oder 1 ist?",
    reported: fourTemperatures,
  },
  "temperature-5": {
    question: "Macht es etwas aus, ob die Temperatur 5 oder 2 ist?",
    reported: fourTemperatures,
  },
  "temperature-10": {
    question: "Macht es etwas aus, ob die Temperatur 10 oder 5 ist?",
    reported: fourTemperatures,
  },
  "longer-matching": {
    question:
      "Gewinnt Function Matching noch durch die letzten zwei Drittel eines Trainings von 675 Schritten?",
    reported: patient,
  },
  "mixup-pays-later": {
    question: "Schrumpft in längeren Läufen, was Mixup kostet?",
    reported: overtakes,
  },
  "mixup-overtakes": {
    question: "Liegt Mixup nach neunmal so langem Training vorn?",
    reported: overtakes,
  },
  "longer-consistent": {
    question:
      "Gewinnen bloß gemeinsame Eingaben durch die letzten zwei Drittel eines Trainings von 675 Schritten?",
    reported: "Langes Training hilft bis zu 9.600 Epochen; für gemeinsame Eingaben allein keine Angabe.",
  },
  "head-start": {
    question: "Liegt ein vortrainierter Student in einem kurzen Lauf vorn?",
    reported: `Ein vortrainierter Student lernt zuerst schneller, ${noFigure}.`,
  },
  "head-start-lasts": {
    question: "Ist der Vorsprung eines vortrainierten Studenten nach sechsmal so langem Training kleiner?",
    reported: `In langen Läufen holt der andere Student auf, ${noFigure}.`,
  },
  "late-loss": {
    question: "Liegt der vortrainierte Student im langen Lauf zurück?",
    reported: `In langen Läufen endet der Student vorn, der mit Zufallszahlen begann, ${noFigure}.`,
  },
  "out-of-domain": {
    question: "Bleibt ein Student zurück, der nur Bilder eines anderen Gebiets sieht?",
    reported: `Bilder anderer Gebiete taugen, aber weniger als die Trainingsbilder, ${noFigure}.`,
  },
  "domain-noise": {
    question: "Sind Bilder eines anderen Gebiets besser als Rauschen?",
    reported: closer,
  },
  "domain-backgrounds": {
    question: "Sind Bilder eines anderen Gebiets besser als Hintergründe, auf denen nichts ist?",
    reported: closer,
  },
  "high-temperature": {
    question: "Macht es etwas aus, ob die Temperatur 10 oder 1 ist?",
    reported: fourTemperatures,
  },
  "two-teachers": {
    question: "Lehren zwei Teacher mehr als einer?",
    reported: `Mehrere Teacher zusammen verbessern den Studenten, ${noFigure}.`,
  },
  "larger-input": {
    question: "Lehrt ein Teacher mehr, der denselben Ausschnitt in mehr Pixeln sieht?",
    reported: `Ein Teacher mit größeren Bildern verbessert den Studenten, ${noFigure}.`,
  },
  "shampoo-steps": {
    question: "Liegt bei gleich vielen Schritten Shampoo vor AdamW?",
    reported: `Shampoo erreicht in weniger Epochen, was Adam erreicht, ${noFigure}.`,
  },
  "transformer-independent": {
    question: "Schadet ein Ausschnitt für jedes Netz auch einem Transformer?",
    reported: notTried,
  },
  "transformer-less-hurt": {
    question: "Schadet ein Ausschnitt für jedes Netz einem Transformer weniger als einem Faltungsnetz?",
    reported: notTried,
  },
  "ssld-labels": {
    question:
      "Schlägt ein Student, der nur die Antworten seines Teachers sieht, einen, der die Labels sieht?",
    reported: labeledLadder,
  },
  "kl-ce": {
    question: "Trainieren KL und weiche Kreuzentropie gleich?",
    reported: "Ihre Gradienten sind bei eingefrorenem Teacher gleich; die Dokumentation sieht keinen Gewinn.",
  },
  "js-kl": {
    question: "Ist das „JS“ des Codes, die halbe Jeffreys-Divergenz, besser als KL?",
    reported: large("76,2 mit JS, 76,0 mit weicher Kreuzentropie"),
  },
  "better-teacher": {
    question: "Macht ein besserer Teacher einen besseren Studenten?",
    reported: large("76,0 mit einem Teacher von 82,35, 75,6 mit einem von 79,12"),
  },
  "three-times": {
    question: "Gewinnt der Student durch dreimal so langes Training?",
    reported: large("77,1 nach 360 Epochen, 76,2 nach 120"),
  },
  "teacher-batch-norm": {
    question: "Lehrt ein eingefrorener Teacher mehr, wenn der Batch ihn normalisiert?",
    reported:
      "76,00 mit dem Batch, 75,84 mit laufenden Statistiken (ImageNet-Top-1; welche Zahl wozu gehört, ist dem Text der Dokumentation entnommen)",
  },
  "less-decay": {
    question: "Ist ein kleiner Student mit weniger Weight Decay als sein Teacher besser dran?",
    reported: "Für kleine Netze wird weniger Weight Decay empfohlen, ohne Zahl.",
  },
  "deeper-teacher": {
    question:
      "Macht ein tieferer Teacher, R18 statt R8, einen besseren Studenten, wenn er dreimal so lange trainiert hat?",
    reported: large("76,0 mit einem Teacher von 82,35, 75,6 mit einem von 79,12"),
  },
  "deeper-teacher-unready": {
    question:
      "Macht ein tieferer Teacher einen schlechteren Studenten, wenn er nicht länger trainiert hat als der kleinere?",
    reported: "Keine Angabe: Dort sind die Teacher fertig.",
  },
  "ssld-few-labels": {
    question: "Schlägt SSLD mit einem Zehntel der Labels die Labels auf denselben Bildern?",
    reported: labeledLadder,
  },
  "unlabeled-images": {
    question: "Helfen Bilder ohne Labels?",
    reported: large("78,5 mit 4 Millionen davon, 77,1 ohne"),
  },
  "surest-images": {
    question: "Genügen die Bilder, bei denen der Teacher am sichersten ist?",
    reported: large("78,5 mit den sichersten 4 Millionen, 77,1 ohne; mehr wurden nicht versucht"),
  },
  "fine-tuned-pool": {
    question: "Hilft nach einem Training mit Bildern ohne Labels eine Feinabstimmung auf denen mit Labels?",
    reported: fineTuned,
  },
  "fine-tuned": {
    question: "Helfen SSLD letzte Schritte mit einem Hundertstel der Rate?",
    reported: fineTuned,
  },
  fix: {
    question: "Helfen größere Bilder, mit einem zuletzt auf ihnen trainierten Klassifikator?",
    reported: fifty("84,0 bei 320 Pixeln mit Fix, 82,99 bei 224 ohne"),
  },
  "auto-augment": {
    question: "Helfen AutoAugment und der halbe Weight Decay?",
    reported: fifty("82,99 mit beiden Änderungen, 82,39 ohne"),
  },
  "tenth-of-the-rate": {
    question: "Ist ein geladener Student mit einem Zehntel der Rate besser als mit der vollen?",
    reported: lowRates,
  },
  "hundredth-of-the-rate": {
    question: "Ist ein geladener Student mit einem Hundertstel der Rate besser als mit der vollen?",
    reported: lowRates,
  },
  "distilled-plain": {
    question:
      "Liegt bei wenigen Bildern ein Encoder, der auf anderen destilliert wurde, vor einem, der mit Zufallszahlen beginnt?",
    reported:
      "Destillierte Encoder liegen auf zehn Datensätzen vorn; die Zahlen werden hier nicht wiederholt.",
  },
  "distilled-pretrained": {
    question:
      "Liegt bei wenigen Bildern ein destillierter Encoder vor einem, der auf denselben anderen Bildern mit Labels vortrainiert wurde?",
    reported:
      "36,3 mit einem destillierten Encoder von 82,18 %, 34,3 mit einem von 79,12 %, beide mit der langsamen Liste (COCO-mAP von Faster R-CNN)",
  },
  "slow-layers": {
    question: "Helfen langsame frühe Schichten einem geladenen Encoder (0,1 bis 0,3)?",
    reported: detector("34,3 mit einer langsamen Liste, 34,8 mit gleichen Raten"),
  },
  "slower-layers": {
    question: "Helfen noch langsamere frühe Schichten einem geladenen Encoder (0,05 bis 0,15)?",
    reported: detector("34,3 mit dieser Liste, 34,8 mit gleichen Raten"),
  },
  "detection-slower-layers": {
    question:
      "Schaden langsamere frühe Schichten (0,05 bis 0,15) einem Detektor, dessen Encoder mit Labels vortrainiert wurde?",
    reported: found("34,3 mit dieser Liste, 34,8 mit gleichen Raten"),
  },
  "detection-distilled": {
    question:
      "Findet ein Detektor bei langsameren frühen Schichten mit einem destillierten Encoder mehr als mit einem, der mit Labels vortrainiert wurde?",
    reported: found("36,3 mit einem Encoder von 82,18 %, 34,3 mit einem von 79,12 %"),
  },
  "detection-pretrained": {
    question:
      "Findet ein Detektor mit einem auf anderen Bildern trainierten Encoder mehr als mit einem, der von Zufallszahlen ausgeht?",
    reported: "Wird vorausgesetzt; kein Detektor geht dort von Zufallszahlen aus.",
  },
  "labels-lead-between": {
    question:
      "Liegen bei gleichem Aufwand Peers, die aus Labels lernen, vor einem Studenten, der ohne sie von einem Teacher lernt?",
    reported: "Dort nicht verglichen; dass Labels vorn liegen, setzt jede Quelle voraus.",
  },
  "shake-peers": {
    question:
      "Liegt bei gleichem Aufwand ein Schattenkopf zwischen offline und online (SHAKE) vor Peers (DML)?",
    reported:
      "Li und Jin 2022 berichten SHAKE vor Online-Destillation, mit einem Teacher, dessen Training nicht zählt.",
  },
  "on-off-between": {
    question:
      "Liegt bei gleichem Aufwand und ohne Labels ein nebenher lernender Teacher gleichauf mit einem fertigen?",
    reported: "Gu et al. 2021 berichten 66,78 und 67,18 nach 1.000 Epochen (ImageNet-Top-1 von ResNet-18)",
  },
};
