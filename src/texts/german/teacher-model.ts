import type { teacherModel as english } from "../english/teacher-model";
import { integer } from "./words";

export const teacherModel: typeof english = {
  title: "Ein Modell als Teacher",
  footnote: (name) => `T ist ${name}, anderswo trainiert und eingefroren`,
  lead: "Jedes trainierte Bildmodell kann unterrichten: ONNX, oder TensorFlow.js mit allen Dateien oder als Zip-Datei. Es bleibt in diesem Browser; Links enthalten seinen Hash.",
  choose: "Modell wählen …",
  input: "Dateien eines Modells, das unterrichtet",
  drop: "oder seine Dateien hier ablegen",
  reading: "Das Modell wird gelesen …",
  listing: "huggingface.co wird gefragt …",
  fetching: "Das Modell wird geholt …",
  checking: "Das Modell wird zu einigen Bildern gefragt …",
  remove: "Modell entfernen",
  hub: {
    label: "Oder vom Hugging-Face-Hub",
    help: "owner/name, owner/name:datei oder eine Adresse von huggingface.co. Der Hub sieht die Anfrage; vorher wird nichts bei ihm angefragt.",
    list: "Seine Modelle auflisten",
    fetch: "Holen",
    invalid: (text) =>
      `„${text}“ ist kein Modell des Hubs: owner/name, owner/name:datei oder eine Adresse von huggingface.co angeben.`,
    models: (repository) => `Modelle in ${repository}`,
    size: (size, files) => (files > 1 ? `${size} in ${integer(files)} Dateien` : size),
    tooLarge: (limit) => `zu groß: Die Grenze ist ${limit}`,
    none: (repository) => `${repository} hat keine ONNX-Datei und kein TensorFlow.js-Modell.`,
    others: (list, more) =>
      `Hier nicht zu verwenden: ${list}${more > 0 ? ` und ${integer(more)} weitere` : ""}`,
    fetchNamed: (name) => `${name} holen`,
    fromLink: (name) => `${name} von huggingface.co holen`,
    progress: (done, total) => `${done} von ${total} MB`,
    cancel: "Abbrechen",
    stated: (list) => `Aus dem Repository: ${list}`,
    statedSide: (side) => `${side} × ${side} Pixel`,
    statedPixels: (scale) => `Pixel: ${scale}`,
    statedNumbers: (mean, deviation) => `Mittel ${mean}, Abweichung ${deviation}`,
    statedLabels: (count, some) => `${integer(count)} Klassen (${some} …)`,
  },
  missing: (name) => `Falls ${name} in diesem Browser fehlt, vor dem Start seine Datei wählen.`,
  kind: (format, size, parameters, memory) =>
    `${format}, ${size}, ${integer(parameters)} Parameter, die mindestens ${memory} Speicher brauchen`,
  images: (side, channels) =>
    `Bilder: ${side ? `${side} × ${side}` : "beliebig groß"}, ${channels === 1 ? "grau" : "farbig"}`,
  operators: (list, kinds) =>
    `Operationen: ${list}${kinds > 0 ? ` und ${kinds} andere ${kinds === 1 ? "Art" : "Arten"}` : ""}`,
  labels: (list, others) => `Seine Klassen: ${list}${others > 0 ? ` und ${integer(others)} andere` : ""}`,
  output: "Ausgabe, die unterrichtet",
  outputHelp:
    "Merkmale sagen mehr als Klassen. Was die letzte Schicht liest, wird auch angeboten, wo ein Modell nur Klassen nennt.",
  use: "Verstanden als",
  uses: {
    embedding: "Embedding",
    classToken: "Tokens: das erste",
    meanToken: "Tokens: ihr Mittel",
    map: "Merkmalskarte: ihr Mittel über alle Orte",
    logits: "Logits von Klassen",
  },
  useHelp:
    "Logits unterrichten unmittelbar, wenn sie zu den Klassen dieser Bilder gehören: nach den Namen, die eine Datei neben dem Modell nennt, oder in derselben Reihenfolge. Sonst gibt ein linearer Klassifikator darauf, an die Trainingsbilder angepasst, die Logits des Teachers, wo ein Verfahren welche braucht.",
  pixels: "Pixel",
  pixelsOptions: {
    unit: "Von 0 bis 1",
    symmetric: "Von −1 bis 1",
    bytes: "Von 0 bis 255",
    imageNet: "Mittel und Abweichung von ImageNet",
    clip: "Mittel und Abweichung von CLIP",
    own: "Wie im Link oder im Repository",
  },
  pixelsHelp:
    "Wie das Modell seine Pixel erwartet. Liegt die Genauigkeit auf den eigenen Bildern kaum über der von Pixeln, eine andere versuchen.",
  side: "Pixel je Seite",
  sideHelp: "Dieses Modell nimmt Bilder jeder Größe; größere dauern länger.",
  cost: (macs, ms, dimension) =>
    `${integer(dimension)} Zahlen je Bild, ${integer(Math.round(macs / 1e6))} Millionen Multiplikationen${ms === undefined ? "" : `, ${integer(Math.max(1, Math.round(ms)))} ms`}`,
  knn: (ofModel, ofPixels, images) =>
    `Nächste Nachbarn bei ${integer(images)} zurückgehaltenen Bildern: ${ofModel} % nach seinen Antworten, ${ofPixels} % nach Pixeln.`,
  seen: (side) =>
    `Einige der Bilder, wie das Modell sie bekommt, mit ${side} × ${side} Pixeln, bevor ihre Werte skaliert werden.`,
  enlarged: (kept, wanted) =>
    `Bilder werden mit ${kept} Pixeln behalten und für dieses Modell vergrößert. Mit „Bilder behalten mit“ ${wanted}, bei den Einstellungen der Bilder, sieht es mehr von ihnen.`,
  noImages: "Bilder laden, um zu sehen, was seine Antworten über sie wissen.",
  head: "Kopf des Teachers: Er hat keine Logits dieser Klassen, darum wird ein linearer Klassifikator an seine Antworten zu den Trainingsbildern angepasst.",
};
