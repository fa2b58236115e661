import type { Texts } from "../english/english";
import { counted } from "./words";

export const exports: Texts["exports"] = {
  title: "Exportieren",
  files: {
    "experiment.json": "Alle Einstellungen",
    "recorded.json": "Einstellungen und Kurven, zum Öffnen und Reproduzieren anderswo",
    "metrics.csv": "Jede gemessene Zeile",
    "metrics.json": "Ergebnisse, Zeilen, Vergleichswerte, Plan",
    "summary.md": "Ergebnisse als Markdown",
    "curves.svg": "Die gezeigten Diagramme",
    "curves.png": "Die gezeigten Diagramme, als Pixel",
    "tensorboard.zip":
      "Kurven, Einstellungen und Einbettungen für TensorBoard, Weights & Biases, Aim, trackio, SwanLab",
    "weights.zip": "Trainierte Netze (safetensors)",
    "weights-tfjs.zip": "Trainierte Netze als TensorFlow.js-Modelle, mit einer Beispielseite",
    "weights-onnx.zip": "Trainierte Netze als ONNX-Modelle",
    "weights-tfjs-int8.zip": "TensorFlow.js-Modelle mit Gewichten in 8 Bit",
    "weights-onnx-int8.zip": "ONNX-Modelle mit Gewichten in 8 Bit",
    "pytorch.zip": "Das Experiment als PyTorch-Projekt, für viele GPUs",
    "results.tex": "Ergebnisse als LaTeX-Tabelle (booktabs)",
    "report.html": "Alles auf einer eigenständigen Seite",
  },
  notSaved: (name, why) => `${name} wurde nicht gespeichert. ${why}`.trimEnd(),
  open: "Gespeichertes Experiment öffnen …",
  input: "Datei mit einem Experiment",
  copyEmbedding: "HTML zum Einbetten kopieren",
  copyNotebook: "Python für ein Notebook kopieren",
  embeddingCopied: { html: "HTML kopiert", notebook: "Python kopiert" },
  embeddingRefused: "Der Browser hat den Zugriff auf die Zwischenablage nicht erlaubt.",
  noCurve: "Noch ist keine Kurve gezeichnet.",
  noPytorch: (methods) =>
    `Kein Arm ist einer, den das PyTorch-Paket trainiert: ${methods}, von Zufallszahlen aus.`,
  noWeights: "Keine trainierten Netze: Sie bleiben nur, bis das nächste Training beginnt.",
  models: {
    title: "Netze: Größe und Geschwindigkeit",
    network: "Arm, Seed, Netz",
    measuring: "Wird auf zurückgehaltenen Bildern gemessen …",
    time: "ms pro Bild",
    size: "Größe",
    accuracy: "Genauigkeit",
    int8Size: "Größe, 8 Bit",
    int8Accuracy: "Genauigkeit, 8 Bit",
    about: (images) =>
      `Zeit in diesem Browser, 50 Bilder auf einmal; Größe als ONNX; Genauigkeit auf ${images} zurückgehaltenen Bildern. In 8 Bit sind die Gewichte jedes Ausgangskanals ganze Zahlen mal ein gemeinsamer Faktor; gerechnet wird weiter in float32.`,
    lost: (names) => `Nicht in 8 Bit exportiert, weil mehr als 1 Punkt Genauigkeit verloren ginge: ${names}.`,
    close: "Schließen",
  },
  noInt8: "Kein Netz behält in 8 Bit seine Genauigkeit auf zurückgehaltenen Bildern bis auf 1 Punkt.",
  card: {
    license: "Eine Lizenz wählen: https://huggingface.co/docs/hub/repositories-licenses",
    lead: (images, device, link) =>
      `Bild-Encoder, mit Retort auf ${images} trainiert, auf ${device}. [Das Experiment öffnen](${link}): Es enthält alle Einstellungen.`,
    measured: (accuracy, seeds) => `${accuracy} (${counted(seeds, "Seed", "Seeds")})`,
    int8: "Genauigkeit auf zurückgehaltenen Bildern, wie trainiert und mit Gewichten in 8 Bit:",
    figures: (status) =>
      `Genauigkeit auf zurückgehaltenen Bildern: Mittel ± Standardabweichung der Stichprobe über Seeds; ${status}. Ein einzelner Seed hat keine Streuung.`,
  },
};

export const weightsReadme: Texts["weightsReadme"] = {
  title: "Trainierte Netze",
  input: "Bilder wie beim Training vorbereiten",
  crop: "EXIF-Ausrichtung anwenden, Farbprofile nicht anwenden, Transparenz auf Weiß legen und das mittlere Quadrat ausschneiden.",
  scale: (size) =>
    `Auf ${size === undefined ? "die Größe des Modells" : `${size} × ${size} Pixel`} skalieren: durch das Mittel über Flächen (Pillow: \`BOX\`), oder bilinear, wenn es kleiner ist.`,
  values: "Die RGB-Werte durch 255 teilen, sodass sie in [0, 1] liegen.",
  normalizedInside:
    "Nicht normalisieren: Das tut das Modell selbst, mit Mittel und Abweichung der Trainingsbilder.",
  normalize: (mean, deviation) =>
    `Jeden Kanal normalisieren: ${mean} abziehen, dann durch ${deviation} teilen. Schichten und Anordnung sind in der Datei benannt.`,
  outputs:
    "`features` sind die des Encoders. `logits`, deren Softmax den Anteil jeder Klasse ergibt, stammen vom eigenen Klassifikator des Netzes oder von einer nebenher trainierten linearen Probe; ein Netz ohne beides hat `shares`, geschätzt vom linearen Klassifikator, der seine Genauigkeit gemessen hat.",
  classes: (names) => `Klassen in der Reihenfolge dieser Ausgaben: ${names}.`,
  page: "`example.html` tut all das für Bilder, die Sie auswählen. Browser laden Modelle nur von Servern: In diesem Ordner `npx serve` starten und sie dort öffnen.",
  code: "Beispiel",
  choose:
    "Bilder auswählen. Den Ordner über einen Server öffnen (zum Beispiel: npx serve): Von der Platte geöffnete Dateien können keine anderen laden.",
};

export const report: Texts["report"] = {
  unknownDevice: "einem unbekannten Gerät",
  openExperiment: "Experiment öffnen",
  drawn: (band, smoothing) =>
    `Linien sind Mittel über die Seeds. Band: ${band}. ${smoothing > 0 ? `Geglättet mit einem bias-korrigierten gleitenden Mittel vom Gewicht ${smoothing.toLocaleString("de")}.` : "Nicht geglättet."}`,
  cost: "Rechenaufwand",
  facts: {
    images: "Bilder",
    hash: "SHA-256 der Bilder",
    seeds: "Seeds",
    device: "Gerät",
    trained: "Trainiert",
    written: "Bericht",
  },
  byVersion: (date, version) => `${date}, Retort ${version}`,
  compared: "Arme",
  differing: "Einstellungen, in denen sich die Arme unterscheiden; alle anderen teilen sie.",
  notes: "Notizen",
  curves: "Kurven",
  noCurve: "Es wurde keine Kurve gezeichnet.",
  results: "Ergebnisse",
  accuracies:
    "Genauigkeit auf zurückgehaltenen Bildern, Mittel ± Stichproben-Standardabweichung über die Seeds.",
  allSettings: "Alle Einstellungen",
  statusOf: (device, status) => `Trainiert auf ${device}; ${status}.`,
  statuses: {
    idle: "das Training hat nicht begonnen",
    starting: "das Training beginnt",
    training: "das Training läuft",
    paused: "das Training ist angehalten",
    finished: "das Training ist fertig",
    stopped: "das Training wurde beendet",
    failed: "das Training ist fehlgeschlagen",
  },
  differences: "Unterschiede der kNN-Genauigkeit am Ende, Seed für Seed",
  oneArm: "Es gibt nur einen Arm.",
  untrained: "Jeder Student im Vergleich zu sich selbst, untrainiert",
  floors: {
    run: "Lauf",
    knnUntrained: "kNN untrainiert",
    knnCalibrated: "kNN untrainiert, kalibriert",
    pixels: "kNN auf Pixeln",
    majority: "Immer die größte Klasse",
    linear: "Linear",
    linearCalibrated: "Linear untrainiert, kalibriert",
  },
  failed: "Fehlgeschlagene Läufe",
};
