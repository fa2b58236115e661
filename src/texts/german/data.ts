import type { Texts } from "../english/english";
import { visible } from "../visible";
import { rejection } from "./rules/rejections";
import { counted, integer } from "./words";

const partOf = { train: "das Training", validation: "die Validierung", test: "den Test" } as const;

export const data: Texts["data"] = {
  source: "Bilder",
  sources: { shapes: "Shapes", textures: "Textures", files: "Eigene Bilder" },
  drawn: {
    shapes: {
      title: "Shapes",
      lead: "Zehn Klassen von Formen. Ort, Größe, Farbe und Textur verraten nichts über die Klasse. Im Browser gezeichnet, auf jedem Rechner gleich.",
    },
    textures: {
      title: "Textures",
      lead: "Zehn Klassen von Mustern. Periode, Phase, Farben und Verzerrung verraten nichts über die Klasse; eine kleine Drehung ändert sie nicht. Im Browser gezeichnet, auf jedem Rechner gleich.",
    },
  },
  files: "Eigene Bilder",
  filesLead:
    "Ein Ordner pro Klasse oder Dateien mit Bildern und Labels, gepackt oder nicht. Sie verlassen diesen Rechner nie; ein Link enthält nur ihren Hash.",
  other: {
    title: "Diese Bilder weichen von denen des Links ab",
    cause: "Ihr Inhalt oder ihre Aufteilung weicht von dem ab, worauf ursprünglich trainiert wurde.",
    action:
      "Darauf trainieren lässt sich, doch die Ergebnisse werden abweichen. Um jene zu reproduzieren, die ursprünglichen Dateien laden.",
  },
  prepared: "Bilder vorbereitet",
  untilThen: (name) => `Bis dahin bleibt „${name}“ geladen.`,
  shortage: (className, found, needed, part) =>
    `${visible(className)}: ${integer(found)} von mindestens ${integer(needed)} Bildern für ${partOf[part]}`,
  inEngine: "geladen",
  origins: {
    folder: "aus dem gleichnamigen Ordner",
    drawn: "zufällig aufgeteilt",
    "built-in": "erzeugt",
  },
  parts: { train: "Training", validation: "Validierung", test: "Zurückgehalten" },
  classes: "Klassen",
  className: "Klasse",
  perClass: "Bilder je Klasse",
  size: "Größe",
  pixels: (side) => `${side} px`,
  dropHere: "Ordner oder eine Zip-Datei hierher ziehen",
  dropZone: "Ablage für Ordner oder eine Zip-Datei",
  layouts:
    "katzen/01.png, katzen/02.png, hunde/01.jpg … oder mit train/, val/ und test/ darüber; Dateien in den Formaten IDX, NumPy, CIFAR und Parquet; ein Bildbogen oder Bilder mit einer Label-Datei",
  pickFolder: "Ordner wählen",
  pickFiles: "Dateien wählen",
  folderInput: "Ordner mit Bildern",
  archiveInput: "Zip-Datei mit Bildern",
  drop: {
    title: (items) =>
      items === 1
        ? "Loslassen, um auf eigenen Bildern zu trainieren"
        : `Diese ${integer(items)} loslassen, um auf eigenen Bildern zu trainieren`,
    reads: "Ordner werden Klassen. Auch Zip-Dateien, Tabellen mit Labels und andere Formate werden gelesen.",
    trains: (arms) =>
      `Der nächste Start trainiert ${arms === 1 ? "den Arm" : `die ${integer(arms)} Arme`} dieser Seite auf ihnen.`,
    afterwards: "Das laufende Training behält seine Bilder; der nächste Start nimmt diese.",
    stays: "Sie werden in diesem Browser gelesen und verlassen diesen Rechner nie.",
  },
  entry: {
    region: "Eigene Bilder",
    title: "Stattdessen eigene Bilder",
    lead: "Einen Ordner je Klasse oder eine Zip-Datei irgendwo auf diese Seite ziehen. Nichts wird hochgeladen.",
    folder: "Eigener Ordner",
    files: "Eigene Dateien",
    details: "Zeigen, was gelesen wurde",
    notYet:
      "Die Bilder dieses Experiments sind noch nicht geladen. Sie lassen sich hierher ziehen oder wählen.",
  },
  rejected: (count) => `${counted(count, "Datei", "Dateien")} abgelehnt`,
  rejectedList: "Abgelehnte Dateien",
  ignored: (count) =>
    `${counted(count, "versteckte oder Systemdatei", "versteckte oder Systemdateien")} übergangen.`,
  andMore: (count) => `und ${integer(count)} weitere`,
  rejection,
  downloads: {
    title: "Datensatz holen",
    lead: "Oder einen von huggingface.co holen (man sieht dort die Anfrage). Vollständig geholte bleiben in diesem Browser.",
    fetch: "Holen",
    fetchNamed: (name) => `${name} holen`,
    images: (count, size) => `${counted(count, "Bild", "Bilder")}, ${size}`,
    license: (source, license) => `${source}; Lizenz: ${license}`,
    classes: (count) => counted(count, "Klasse", "Klassen"),
    notStated: "nicht angegeben; für die Forschung",
    anyOther: "Ein anderer, mit seinem Namen auf dem Hub",
    nameLabel: "Name eines Datensatzes auf dem Hub",
    most: "Bilder, höchstens",
    mostLabel: "Bilder je Teil, höchstens; 0 holt alle",
    mostHint: "Je Teil; 0 holt alle",
  },
};
