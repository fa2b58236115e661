import type { Texts } from "../english/english";

const transfer = {
  asks: "Ein Klassifikator auf wenigen Bildern, sein Encoder mit Zufallszahlen, auf anderen Bildern vortrainiert oder dort destilliert, mit drei Listen von Raten der Schichten.",
  expects: "Destillierte Encoder führen; wo es wenig zu lernen gibt, helfen langsamere frühe Schichten.",
  refutedBy: "Der einfache Anfang, über mehrere Seeds gleichauf.",
};

export const studies: Texts["studies"] = {
  "simdis-table-1": {
    name: "SimDis: Schließt längeres Training die Lücke?",
    asks: "Offline und online über drei Trainingslängen, ein Zehntel und drei Zehntel der längsten; sieben Zielansichten bei den beiden kürzeren. Teacher trainieren so lang wie Studenten.",
    expects:
      "Offline führt in kurzen Läufen klar; online kommt in langen nahe heran, bei weniger Rechenaufwand.",
    refutedBy: "Eine Lücke, die bleibt, wie sie ist, oder ein Online-Student, der in kurzen Läufen führt.",
    setting: "ImageNet-Top-1 von ResNet-18, Teacher ResNet-50, lineare Auswertung",
    caveats: [
      "Das Paper zählt einzelne Vorwärtsdurchgänge: Off kostet 1,69-mal On. Wie im Training gezählt, mit gleich lang trainiertem Teacher und Student, ist es etwa 1,17-mal.",
    ],
  },
  "simdis-table-2-online": {
    name: "SimDis: Welche Ziele helfen online?",
    asks: "Teilmengen der sieben Zielansichten, der Teacher lernt nebenher.",
    expects: "Alle sieben liegen vor jeder Teilmenge.",
    refutedBy: "Eine Teilmenge aus zwei oder drei, die über mehrere Seeds mithält.",
    ...tableTwo(),
  },
  "simdis-table-2-offline": {
    name: "SimDis: Welche Ziele helfen offline?",
    asks: "Dieselben Teilmengen mit eingefrorenem Teacher.",
    expects:
      "Ziele der anderen Ansicht helfen, die der gleichen kaum: {3,5} und {3,7} liegen vor {3,4} und {3,6}.",
    refutedBy: "Ziele der gleichen Ansicht, die mithalten.",
    ...tableTwo(),
  },
  "simdis-figure-3": {
    name: "SimDis: Verfahren im Vergleich",
    asks: "Ein überwachter Student, solche ohne Teacher mit BYOL und MoCo-v2 und solche mit Teacher nach SEED und SimDis.",
    expects: "Destillierte Students liegen vor denen ohne Teacher; Labels vor allen.",
    refutedBy: "Ein Student ohne Teacher, der mit SimDis-Off mithält.",
  },
  "simdis-equal-compute": {
    name: "SimDis: Ist ein Teacher seinen Rechenaufwand wert?",
    asks: "SimDis-Off gegen BYOL bei gleich vielen Schritten und gegen BYOL, das so lange trainiert, bis es so viel gerechnet hat wie SimDis-Off mit seinem Teacher.",
    expects:
      "Bei gleich vielen Schritten führt SimDis-Off; wer bei gleichem Aufwand führt, sagt das Paper nicht.",
    refutedBy: "BYOL bei gleich vielen Schritten gleichauf mit SimDis-Off.",
  },
  "simdis-no-lars": {
    name: "SimDis ohne LARS",
    asks: "Einfaches SGD gegen LARS, je mit dem Zehnfachen der Grundraten 0,05 und 0,3 des Papers, weil die Läufe hier kurz sind.",
    expects: "Einfaches SGD kommt ans Ziel, die Streuung seiner Embeddings liegt über 0,3.",
    refutedBy: "Ein Kollaps: Streuung nahe 0, nächste Nachbarn auf dem Niveau des untrainierten Encoders.",
  },
  "dml-figure-4a": {
    name: "Mutual Learning mit Adam bei konstant 0,01",
    asks: "Eine Grundlinie, KD von zwei Teachern und eine Gruppe, über fünf Seeds.",
    expects: "Mitglieder der Gruppe stürzen bei manchen Seeds auf Zufallsniveau ab, Grundlinie und KD nicht.",
    refutedBy: "Kein Absturz bei fünf Seeds, oder Abstürze auch der Grundlinie.",
    setting: "Fashion-MNIST-Top-1, Batch 1024, 100 Epochen, Mittel aus fünf Läufen",
    caveats: [
      "Öffentlich bekannte Werte für den Datensatz liegen bei 91,5 bis 95, diese sind also alle niedrig.",
      "Der Webartikel nennt weder die Temperatur noch die Zahl der Mitglieder.",
    ],
  },
  "dml-figure-4b": {
    name: "Mutual Learning mit AdamW in einem Zyklus",
    asks: "Dieselben Arme mit AdamW, dessen Rate nach einem Zehntel der Schritte 0,005 erreicht.",
    expects: "Bei fünf Seeds stürzt kein Mitglied ab.",
    refutedBy: "Ein Absturz.",
    setting: "Fashion-MNIST-Top-1, Batch 1024, 100 Epochen, Mittel aus fünf Läufen",
    caveats: ["Der Webartikel nennt nur den Höhepunkt und seine Stelle; An- und Abstieg sind angenommen."],
  },
  "funmatch-inputs": {
    name: "Function Matching: Welche Eingaben?",
    asks: "Alle sieben Arten, Teacher und Student Bilder zu zeigen.",
    expects:
      "Übereinstimmende Eingaben liegen vor festen und unabhängigen; ein Teacher, der das ganze Bild sieht, kommt zuletzt.",
    refutedBy: "Ein fester oder unabhängiger Teacher, der über mehrere Seeds führt.",
  },
  "funmatch-cached": {
    name: "Function Matching: ein Teacher, der nur einmal gefragt wird",
    asks: "Ein Teacher mit fester Eingabe, bei jedem Schritt gefragt und einmal gefragt, neben einem, der sieht, was der Student sieht.",
    expects:
      "Einmal gefragt lehrt ein fester Teacher genau dasselbe in weniger Zeit; beide bleiben hinter dem übereinstimmenden.",
    refutedBy: "Kurven der beiden festen Teacher, die sich trennen oder vor dem übereinstimmenden liegen.",
  },
  "funmatch-out-of-domain": {
    name: "Function Matching: Bilder einer anderen Domäne",
    asks: "Ein Student, der an den Trainingsbildern lernt, an Shapes eines anderen Seeds, an Hintergründen allein und an Rauschen.",
    expects:
      "Besser als Zufall auf Bildern, die er nie sah, schlechter als mit eigenen; je näher die Bilder, desto besser.",
    refutedBy:
      "Fremde Bilder, die nicht besser sind als Zufall, oder eine Reihenfolge, die nicht der Nähe folgt.",
  },
  "funmatch-patience": {
    name: "Function Matching: Geduld",
    asks: "Nur Labels, übereinstimmende Eingaben und Function Matching, über zwei Trainingslängen.",
    expects: "Function Matching liegt in den kurzen Läufen zurück und in den langen vorn.",
    refutedBy: "Dieselbe Reihenfolge bei beiden Längen.",
    setting: "ImageNet-Top-1 von ResNet-50 bei 224 Pixeln",
    caveats: ["Zwischen den beiden liegt das Sechzigfache an Training; hier ist es das Vierfache."],
  },
  "funmatch-architecture": {
    name: "Unabhängige Ansichten: ein CNN und ein Transformer",
    asks: "Übereinstimmende und unabhängige Ausschnitte für ein CNN und für einen Transformer als Student.",
    expects: "Übereinstimmende führen bei beiden; unabhängige schaden einem Transformer womöglich weniger.",
    refutedBy: "Unabhängige Ausschnitte, die bei einem von beiden führen.",
  },
  "mobilenet-pair": {
    name: "Ein großes MobileNet lehrt ein kleines",
    asks: "Das kleine Netz mit Labels und mit dem großen seiner Familie nach SSLD, mit und ohne Feinabstimmung.",
    expects: "Ein Teacher aus derselben Familie hilft.",
    refutedBy: "Labels allein, die über mehrere Seeds führen.",
  },
  "ssld-divergences": {
    name: "SSLD: Welche Divergenz?",
    asks: "Halbe Jeffreys-Divergenz, Jensen-Shannon, KL und weiche Kreuzentropie, neben Labels.",
    expects: "KL und weiche Kreuzentropie gehen bis auf Rundung denselben Weg; die anderen weichen ab.",
    refutedBy: "Kurven von KL und weicher Kreuzentropie, die sich trennen.",
  },
  "ssld-ladder": {
    name: "SSLD: besserer Teacher, Divergenz, längeres Training",
    asks: "Die Verbesserungen der Dokumentation, die keine weiteren Bilder brauchen: Teacher, Divergenz, dreifaches Training.",
    expects: "Jede Verbesserung bringt ein wenig.",
    refutedBy: "Verbesserungen ohne Wirkung über mehrere Seeds.",
    setting: "ImageNet-Top-1 von MobileNetV3-large",
    caveats: [
      "Mit Labels allein nennt die Dokumentation 75,3. Bilder ohne Labels und Feinabstimmung haben eine Studie für sich.",
    ],
  },
  "ssld-teacher-norm": {
    name: "SSLD: Batch Norm des Teachers, Weight Decay jedes Netzes",
    asks: "Ein eingefrorener Teacher, nach dem Batch oder nach laufender Statistik normiert, und ein Student mit eigenem Weight Decay oder mit dem seines Teachers.",
    expects:
      "Die Statistik des Batches liegt knapp vorn, und einem kleinen Student genügt weniger Weight Decay als seinem Teacher.",
    refutedBy: "Laufende Statistik oder das Weight Decay des Teachers, die über mehrere Seeds führen.",
    setting: "ImageNet-Top-1, Dokumentation von PaddleClas",
    caveats: ["Die Zeilen der Tabelle haben keine Namen; welche Zahl wozu gehört, ist dem Text entnommen."],
  },
  "ssld-auto-augment": {
    name: "SSLD: AutoAugment mit halbem Weight Decay",
    asks: "SSLD, wie es ist, und mit stärker augmentierten Bildern des Students bei halb so starkem Weight Decay.",
    expects: "AutoAugment bringt ein wenig, mehr in den längeren Läufen.",
    refutedBy: "SSLD ohne AutoAugment, das bei beiden Längen über mehrere Seeds führt.",
    setting: "ImageNet-Top-1 von ResNet50_vd, Dokumentation von PaddleClas, §3.4",
    caveats: [
      "Beides wurde zugleich geändert; die Regeln sind dort die für ImageNet, hier die für CIFAR-10.",
    ],
  },
  "teacher-gap": {
    name: "Wie groß darf ein Teacher sein?",
    asks: "Teacher in drei Größen und zwei Breiten für ein MobileNet.",
    expects:
      "Ein größerer Teacher hilft bis zu einem Punkt: In der Dokumentation war einer mit 84,2 %, der dem Student wenig ähnelt, schlechter als einer mit 82,35 %.",
    refutedBy: "Gewinne, die mit dem Teacher immer weiter wachsen.",
  },
  "funmatch-teachers": {
    name: "Function Matching: größere Eingabe, mehr Teacher",
    asks: "Ein Teacher, der dieselben Ausschnitte sieht wie sein Student, der sie anderthalbmal so groß sieht und der einer von zweien oder dreien ist.",
    expects: "Größere Bilder für den Teacher und mehrere Teacher helfen ein wenig.",
    refutedBy: "Ein Teacher in der Größe des Students, der über mehrere Seeds führt.",
  },
  "funmatch-temperature": {
    name: "Function Matching: Welche Temperatur?",
    asks: "Die vier Temperaturen, die das Paper erprobt hat, gleich für Teacher und Student.",
    expects: "Temperaturen unterscheiden sich wenig.",
    refutedBy: "Eine Temperatur, die über mehrere Seeds weit zurückliegt.",
  },
  shampoo: {
    name: "Function Matching: Shampoo gegen Adam",
    asks: "Derselbe Student und Teacher mit drei Optimierern, über Schritte und über Zeit.",
    expects: "Shampoo braucht weniger Schritte, von denen jeder länger dauert.",
    refutedBy: "Kein Gewinn pro Schritt.",
  },
  "s2bnn-strategies": {
    name: "Ein binärer Student: Kontrast, Teacher oder beides?",
    asks: "Kontrast ①, Kontrast mit Destillation ② und Destillation allein ③, auf einem binären Netz.",
    expects: "③ liegt vor ②, ② vor ①; unter ② ziehen die beiden Gradienten auseinander.",
    refutedBy: "② vor ③, oder Gradienten, die durchweg übereinstimmen.",
    ...binaryFigures(),
  },
  "s2bnn-baseline": {
    name: "Ein binärer Student: SGD oder Adam, ein Schritt oder zwei?",
    asks: "Kontrast allein mit SGD und Adam, die Gewichte sofort binär oder erst in einem zweiten Schritt; dazu mildere Ansichten, die neben Adam zur besseren Grundlinie des Papers gehören.",
    expects:
      "Adam liegt vor SGD, und seine Merkmale wollen kleinere Raten der linearen Probe; mildere Ansichten helfen zusätzlich.",
    refutedBy: "SGD vor Adam über mehrere Seeds, oder mildere Ansichten ohne Wirkung.",
    ...binaryFigures(),
  },
  "pretrained-init": {
    name: "Function Matching: ein vortrainierter Student",
    asks: "Function Matching mit Zufallszahlen am Anfang und mit einem auf anderen Bildern vortrainierten Student, über zwei Trainingslängen.",
    expects:
      "Der vortrainierte Student kommt schneller voran; in den langen Läufen holt der andere auf oder überholt ihn.",
    refutedBy: "Kein Vorsprung, oder einer, der bleibt.",
  },
  "loaded-rates": {
    name: "SSLD: Raten und Weight Decay eines geladenen Students",
    asks: "SSLD von Anfang an und mit einem geladenen Student bei voller Rate, einem Zehntel und einem Hundertstel; jedem Netz sein Weight Decay.",
    expects: "Ein geladener Student ist bei einem Zehntel oder einem Hundertstel der Rate am besten.",
    refutedBy: "Die volle Rate, die beim geladenen Student über mehrere Seeds führt.",
  },
  "ssld-unlabelled": {
    name: "SSLD: Bilder ohne Label",
    asks: "Drei Viertel der Labels werden vorenthalten. Labels allein, SSLD auf den Bildern mit Label, mit den Bildern, bei denen der Teacher am sichersten ist, mit allen, und feinabgestimmt auf denen mit Label.",
    expects: "Bilder ohne Label helfen; die Feinabstimmung bringt noch ein wenig.",
    refutedBy: "Kein Gewinn gegenüber SSLD auf den Bildern mit Label allein.",
    setting: "ImageNet-Top-1 von MobileNetV3-large",
    caveats: [
      "Dort kamen die Bilder aus ImageNet-22k; hier sind es Bilder derselben Art, deren Labels vorenthalten werden.",
      "Kopien zurückgehaltener Bilder werden hier an Differenz-Hashes erkannt; PaddleClas verglich SIFT-Merkmale.",
    ],
  },
  "transfer-hard-shapes": { name: "Transfer: destillierte Encoder auf schweren Shapes", ...transfer },
  "transfer-digits": { name: "Transfer: destillierte Encoder auf Ziffern", ...transfer },
  "detection-transfer": {
    name: "Transfer: Detektion",
    asks: "Ein Detektor auf Encodern, die mit Zufallszahlen, mit Labels vortrainiert oder destilliert beginnen, mit gleichen Raten aller Schichten und mit langsameren frühen.",
    expects: "Der destillierte Encoder führt, und langsamere frühe Schichten helfen ihm.",
    refutedBy: "Ein einfacher Anfang, der führt, oder eine Liste, die einem geladenen Encoder schadet.",
    setting: "COCO-mAP von Faster R-CNN auf ResNet-50",
    caveats: [
      "Die langsame Liste lautet im Text der Dokumentation 0,05, 0,05, 0,05, 0,1, 0,15, in ihrer Tabelle 0,05, 0,05, 0,1, 0,1, 0,15.",
    ],
  },
  "fix-strategy": {
    name: "SSLD: Feinabstimmung und die Fix-Strategie",
    asks: "SSLD allein, mit den letzten Schritten bei einem Hundertstel der Rate und mit einem Klassifikator, der auf größeren Bildern neu trainiert wird.",
    expects:
      "Auf größeren Bildern beurteilt ist das Netz etwas besser, und mit einem Klassifikator, der sie kennt, noch einmal.",
    refutedBy: "Ein Klassifikator, der in der größeren Auflösung nicht besser ist.",
    setting: "ImageNet-Top-1 von ResNet-50, trainiert bei 224 Pixeln",
    caveats: [
      "Die Dokumentation von PaddleClas sagt 1,15-mal so groß, ihr eigener Lauf ging aber von 224 auf 320 Pixel, das 1,43-Fache.",
      "Hier sind die größeren Bilder hochskaliert und enthalten keine neuen Einzelheiten.",
    ],
  },
  "offline-online-between": {
    name: "Offline, online und dazwischen",
    asks: "Ein vorher trainierter Teacher, Netze, die einander lehren, und ein Schattenkopf dazwischen, mit Labels (SHAKE, DML) und ohne, bei gleichem Rechenaufwand über fünf Seeds.",
    expects:
      "Mit Labels liegen die Arme vor denen ohne; in beiden Gruppen liegt der Arm zwischen offline und online nicht hinter beiden.",
    refutedBy: "Ein Student ohne Labels, der führt, oder SHAKE über fünf Seeds hinter DML.",
  },
  "s2bnn-online": {
    name: "Ein binärer Student: Muss der Teacher vorher trainiert sein?",
    asks: "Destillation von einem vorher trainierten Teacher und von einem, der neben dem Student lernt.",
    expects: "In Läufen dieser Länge führt ein vorher trainierter Teacher.",
    refutedBy: "Ein Online-Teacher, der mithält.",
  },
};

function tableTwo() {
  return {
    setting:
      "ImageNet-Top-1 von ResNet-18 nach 100 Epochen, ohne LARS, ohne synchronisierte Batch Norm; Teacher 65,83",
    caveats: [
      "Welche Zielansichten zu einer Zeile gehören, ist nur für die erste und die letzte sicher; die anderen sind erschlossen.",
      "Der veröffentlichte Code überschreibt die Grundlernrate von 0,05, die das Paper nennt.",
    ],
  };
}

function binaryFigures() {
  return {
    setting: "ImageNet-Top-1 eines binären Netzes, lineare Auswertung",
    caveats: [],
  };
}
