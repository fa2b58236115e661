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
  noWeights: "Keine trainierten Netze: Sie bleiben nur, bis das nächste Training beginnt.",
  card: {
    license: "Eine Lizenz wählen: https://huggingface.co/docs/hub/repositories-licenses",
    lead: (images, device, link) =>
      `Bild-Encoder, mit Retort auf ${images} trainiert, auf ${device}. [Das Experiment öffnen](${link}): Es enthält alle Einstellungen.`,
    measured: (accuracy, seeds) => `${accuracy} (${counted(seeds, "Seed", "Seeds")})`,
    figures: (status) =>
      `Genauigkeit auf zurückgehaltenen Bildern: Mittel ± Standardabweichung der Stichprobe über Seeds; ${status}. Ein einzelner Seed hat keine Streuung.`,
    files: "Dateien",
    load: "Verwenden",
    input: {
      safetensors:
        "Die Metadaten der Datei beschreiben das Netz, die Größe seiner Bilder und die Normierung seiner Eingabe. Als ONNX- oder TensorFlow.js-Modell braucht dasselbe Netz keinen eigenen Code.",
      onnx: "Eingabe `pixels`: [Batch, Kanäle, Höhe, Breite], von 0 bis 1; die Normierung ist Teil des Modells. Ausgabe `features`, und `logits`, falls es einen Klassifikator gibt.",
      tfjs: "Eingabe `pixels`: [Batch, Höhe, Breite, Kanäle], von 0 bis 1; die Normierung ist Teil des Modells. Ausgabe `features`, und `logits`, falls es einen Klassifikator gibt. `example.html` zeigt es auf einer Seite.",
    },
  },
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
