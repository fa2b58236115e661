import type { Texts } from "../english/english";

export const fields: Texts["fields"] = {
  // Bilder
  source: {
    label: "Bilder",
    help: "Die eingebauten Shapes werden im Browser gezeichnet. Auch eigene Bilder bleiben auf diesem Rechner: Nichts wird hochgeladen.",
  },
  resolution: {
    label: "Auflösung",
    unit: "px",
    help: "Kantenlänge in Pixeln, auf die jedes Bild gebracht wird, von 16 bis 64. Doppelte Auflösung kostet viermal so viel Rechenzeit.",
  },
  difficulty: {
    label: "Schwierigkeit",
    help: "Wie stark Ort, Größe, Störformen und Textur schwanken. Nächste Nachbarn auf rohen Pixeln erreichen etwa 62 % auf leichten und 37 % auf schweren Bildern.",
  },
  train: {
    label: "Trainingsbilder",
    help: "Von wie vielen Bildern die Netze lernen. Etwa ein Zehntel wird beiseitegelegt, um Lernraten zu wählen.",
  },
  test: {
    label: "Zurückgehaltene Bilder",
    help: "Auf wie vielen Bildern die Genauigkeit gemessen wird. Mehr Bilder geben ruhigere Werte: Bei 1.000 liegt der Standardfehler bei etwa 1,6 Punkten.",
  },
  validationShare: {
    label: "Anteil zur Validierung",
    help: "Der Anteil jeder Klasse, an dem Lernraten gewählt werden. Er wird aus den Trainingsbildern gezogen, sofern kein Ordner und keine Datei ihn enthält.",
  },
  testShare: {
    label: "Zurückgehaltener Anteil",
    help: "Der Anteil jeder Klasse, auf dem die Genauigkeit gemessen wird, wo kein Ordner und keine Datei zum Testen vorgesehen ist.",
  },
  perClass: {
    label: "Bilder pro Klasse",
    help: "Höchstens so viele Trainingsbilder jeder Klasse werden verwendet. Eine kleinere Grenze behält einen Teil dessen, was eine größere behält; so lassen sich Datenmengen vergleichen.",
  },
  unlabelled: {
    label: "Labels vorenthalten",
    help: "Der Anteil jeder Klasse, dessen Labels niemand sieht. Diese Bilder bleiben beim Training außen vor, außer bei Verfahren, die Bilder ohne Label verwenden, wie SSLD.",
  },
  unlabelledFor: {
    label: "Bilder ohne Label sind für",
    help: "Auch Verfahren ohne Labels und die Teacher, die sie trainieren, können aus diesen Bildern lernen; Urteile und Proben bleiben bei Bildern mit Label. Was auch zurückgehalten ist, bleibt außen vor.",
  },
  labelNoise: {
    label: "Falsche Labels",
    help: "Der Anteil der Trainingsbilder, die das Label einer anderen Klasse bekommen, ausgelost nach dem Seed. Zurückgehaltene Bilder behalten ihres. Verfahren ohne Labels merken davon nichts.",
  },
  datasetSeed: {
    label: "Seed der Bilder",
    help: "Ein anderer Seed zeichnet andere Bilder und teilt Ordner ohne „train“ und „test“ anders auf.",
  },
  // Gemeinsame Einstellungen des Trainings
  batchSize: {
    label: "Batchgröße",
    unit: "Bilder",
    help: "Bilder pro Schritt des Optimierers; jedes wird in zwei Ansichten gesehen. Die Lernraten wachsen mit. Unter 32 wird die Statistik der Batch-Normalisierung verrauscht.",
  },
  seeds: {
    label: "Seeds",
    help: "Jeder Arm wird einmal pro Seed trainiert. Die Arme teilen Datenreihenfolge und Startwerte eines Seeds, sodass sich Unterschiede paarweise bilden lassen. Ein Seed zeigt eine Kurve; ab drei bis fünf zeigt sich ein Unterschied.",
  },
  everySteps: {
    label: "Auswerten alle",
    unit: "Schritte",
    help: "Wie oft während des Trainings die Genauigkeit auf zurückgehaltenen Bildern gemessen wird. Seltener ist schneller.",
  },
  knnNeighbours: {
    label: "kNN-Nachbarn",
    help: "Wie viele der nächsten Trainingsbilder über die Klasse eines zurückgehaltenen Bildes abstimmen.",
  },
  knnTemperature: {
    label: "kNN-Temperatur",
    help: "Wie schnell eine Stimme mit dem Abstand verblasst: Gewicht = exp(Ähnlichkeit / Temperatur).",
  },
  // Arm
  armName: { label: "Name", help: "Wie dieser Arm in Diagrammen und Tabellen heißt." },
  method: {
    label: "Verfahren",
    help: "Wie der Student lernt: von Labels, von sich selbst (BYOL) oder von einem Teacher, der vorher (offline) oder nebenher (online) trainiert wird.",
  },
  studentNetwork: {
    label: "Netz des Students",
    help: "Das kleine Netz, das gut werden soll. R8 und R18 sind Residualnetze nach CIFAR-Art aus einfachen Blöcken; R26b und R50 haben Bottlenecks.",
  },
  studentWidth: {
    label: "Breite des Students",
    help: "Vervielfacht die Kanäle jeder Schicht, in Stufen von 0,125. Der Rechenaufwand wächst etwa mit dem Quadrat.",
  },
  teacherNetwork: {
    label: "Netz des Teachers",
    help: "Das Netz, von dem der Student lernt. Breiter oder tiefer als der Student, sonst gibt es wenig zu lehren.",
  },
  teacherWidth: {
    label: "Breite des Teachers",
    help: "Vervielfacht die Kanäle jeder Schicht des Teachers, in Stufen von 0,125.",
  },
  steps: {
    label: "Schritte des Students",
    unit: "Schritte",
    help: "Updates des Students; online macht der Teacher nebenher ebenso viele. Das Lernen setzt oft erst nach 200 bis 300 Schritten ein.",
  },
  teacherSteps: {
    label: "Schritte des Teachers",
    unit: "Schritte",
    help: "Updates des Offline-Teachers, bevor der Student beginnt. Er wird pro Seed einmal trainiert und von allen Armen benutzt, die denselben verlangen.",
  },
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
  warmup: {
    label: "Aufwärmen",
    help: "Anteil der Schritte einer Stufe, in dem die Lernrate linear steigt. Mindestens 100 Schritte sind ratsam.",
  },
  tau0: {
    label: "EMA-Momentum τ₀",
    help: "Wie träge die Momentum-Netze anfangs folgen: Sie behalten in jedem Schritt τ von sich. Es steigt bis 1. (1 − τ₀) × Schritte sollte mindestens 20 sein.",
  },
  // Ansichten
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
  },
  jitterProbability: {
    label: "Farbstreuung, Chance",
    help: "Wie oft sich Helligkeit, Kontrast, Sättigung und Farbton überhaupt ändern.",
  },
  grayscaleProbability: { label: "Graustufen, Chance", help: "Wie oft eine Ansicht ihre Farbe verliert." },
  blurProbability: {
    label: "Unschärfe, Chance",
    help: "Wie oft eine Ansicht weichgezeichnet wird. Kleine Bilder verlieren dadurch viel, deshalb ist sie zunächst aus.",
  },
  blurSigma: {
    label: "Breite der Unschärfe",
    unit: "px",
    help: "Standardabweichung der Gaußschen Unschärfe, in Pixeln.",
  },
  solarizeProbability: { label: "Solarisieren, Chance", help: "Wie oft helle Pixel umgekehrt werden." },
  rotation: {
    label: "Drehung",
    unit: "° ±",
    help: "Der Ausschnitt wird um seine Mitte gedreht, in beide Richtungen höchstens um diesen Winkel.",
  },
  policy: {
    label: "Folge von Operationen",
    help: "RandAugment wendet zufällig gezogene Operationen an, alle gleich stark. AutoAugment wendet eines der 25 Paare von Operationen an, die eine Suche für CIFAR-10 gefunden hat. Beide kommen nach der Unschärfe und vor dem Spiegeln.",
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
  flipProbability: { label: "Spiegeln, Chance", help: "Wie oft eine Ansicht seitenverkehrt ist." },
};
