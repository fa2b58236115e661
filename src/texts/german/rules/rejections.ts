import type { RejectionReason } from "../../../protocol/dataset";
import { type Rules, translated } from "./rules";

const reasons: Readonly<Record<RejectionReason, string>> = {
  empty: "Die Datei ist leer.",
  "not-an-image": "Kein Bild, was auch immer der Name sagt.",
  "unsupported-format": "Ein Bild in einem Format, das Browser nicht dekodieren.",
  damaged: "Die Datei ist beschädigt oder endet zu früh.",
  "too-large": "Größer, als hier gelesen wird.",
  unreadable: "Die Datei ließ sich nicht lesen.",
  "no-class-folder": "Sie liegt neben den Klassenordnern, nicht in einem.",
  "outside-parts": "Sie liegt neben train/, val/ und test/.",
  aside: "Für eine Maske oder Zeichnung zu dem gehalten, was daneben liegt.",
  copy: "Ein Ordner daneben enthält dieselbe Datei.",
  "unsafe-path": "Ihr Pfad führt aus der Auswahl hinaus.",
  "duplicate-path": "Eine zweite Datei mit demselben Pfad.",
  "unsupported-packing": "Verschlüsselt oder auf eine Art gepackt, die hier nicht gelesen wird.",
  "suspicious-packing": "Sie entpackt sich zu unglaubwürdig vielen Bytes.",
  "unsupported-table": "Eine Tabelle, deren Spalten, Form oder Zahlenart nicht bekannt ist.",
  unlabelled: "Nichts in der Auswahl sagt, zu welcher Klasse sie gehört.",
  "label-mismatch": "Labels und Bilder passen nicht zusammen.",
};

/** Translations of reasons with figures or names; other reasons are described by their kind. */
const details: Rules = [
  [
    /^Not an image: its content is text, beginning “(.*)”\.$/s,
    "Kein Bild: Der Inhalt ist Text und beginnt mit „$1“.",
  ],
  [/^Not an image: its content is a PDF document\.$/, "Kein Bild: Der Inhalt ist ein PDF-Dokument."],
  [
    /^Not an image: its content is a zip archive.*$/,
    "Kein Bild, sondern ein Zip-Archiv: Allein hierher gezogen, wird es geöffnet.",
  ],
  [/^Not an image: its content is a gzip archive\.$/, "Kein Bild: Der Inhalt ist ein Gzip-Archiv."],
  [/^Not an image, though labels for one lie beside it\.$/, "Kein Bild, obwohl Labels dafür daneben liegen."],
  [
    /^SVG is a drawing without pixels: export it as PNG\.$/,
    "SVG ist eine Zeichnung ohne Pixel: als PNG exportieren.",
  ],
  [
    /^(.+) is not decoded by browsers: convert it to PNG, JPEG or WebP\.$/,
    "$1 wird von Browsern nicht dekodiert: in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^This (.+) image could not be decoded: convert it to PNG, JPEG or WebP\.$/,
    "Dieses $1-Bild ließ sich nicht dekodieren: in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^This (.+) image is compressed as a fax: convert it to PNG, JPEG or WebP\.$/,
    "Dieses $1-Bild ist wie ein Fax komprimiert: in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^This (.+) image has colors of more than 8 bits that are not RGB: convert it to PNG, JPEG or WebP\.$/,
    "Dieses $1-Bild hat Farben von mehr als 8 Bit, die nicht RGB sind: in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^This (.+) image has signed values: convert it to PNG, JPEG or WebP\.$/,
    "Dieses $1-Bild hat Werte mit Vorzeichen: in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^This (.+) image has whole numbers of (\d+) bits: convert it to PNG, JPEG or WebP\.$/,
    "Dieses $1-Bild hat ganze Zahlen von $2 Bit: in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^This (.+) image has values outside 0 to 1: convert it to PNG, JPEG or WebP\.$/,
    "Dieses $1-Bild hat Werte außerhalb von 0 bis 1: in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^The library that reads (.+) could not be loaded: try again, or convert it to PNG, JPEG or WebP\.$/,
    "Die Bibliothek, die $1 liest, ließ sich nicht laden: erneut versuchen, oder in PNG, JPEG oder WebP umwandeln.",
  ],
  [
    /^It begins like an? (\w+) image, but cannot be decoded\.$/,
    "Es beginnt wie ein $1-Bild, lässt sich aber nicht dekodieren.",
  ],
  [/^Its header says (\d+) × (\d+) pixels\.$/, "Laut Dateikopf $1 × $2 Pixel."],
  [/^(\S+) × (\S+) pixels; at most (\S+) are read\.$/, "$1 × $2 Pixel; höchstens $3 werden gelesen."],
  [
    /^The sheet has (\S+) × (\S+) pixels; at most (\S+) are read\.$/,
    "Der Bildbogen hat $1 × $2 Pixel; höchstens $3 werden gelesen.",
  ],
  [
    /^The file has (\S+) MiB; at most (\S+) MiB are read\.$/,
    "Die Datei hat $1 MiB; höchstens $2 MiB werden gelesen.",
  ],
  [/^It has (\S+) rows; at most (\S+) are read\.$/, "Sie hat $1 Zeilen; höchstens $2 werden gelesen."],
  [
    /^It unpacks to (\S+) times its packed size, as no photograph does\.$/,
    "Sie entpackt sich zum $1-Fachen ihrer Größe, wie kein Foto es tut.",
  ],
  [
    /^It unpacks to (\S+) MiB of at most (\S+); the browser has no room for it\.$/,
    "Sie entpackt sich zu $1 MiB von höchstens $2; dem Browser fehlt der Platz dafür.",
  ],
  [/^The archive holds more than (\d+) files\.$/, "Das Archiv enthält mehr als $1 Dateien."],
  [
    /^The browser could not read it\. Was it moved or changed since it was dropped\?$/,
    "Der Browser konnte sie nicht lesen. Wurde sie inzwischen verschoben oder geändert?",
  ],
  [/^It is packed by (\S+), which is not read\.$/, "Sie ist mit $1 gepackt; das wird nicht gelesen."],
  [/^It is encrypted in the archive\.$/, "Im Archiv ist sie verschlüsselt."],
  [
    /^«(.+)» was taken for a mask or a drawing of what lies beside it\.$/,
    "«$1» wurde für eine Maske oder Zeichnung zu dem gehalten, was daneben liegt.",
  ],
  [
    /^«(.+)» repeats the folders beside it, and these hold the same file\.$/,
    "«$1» wiederholt die Ordner daneben, und diese enthalten dieselbe Datei.",
  ],
  [
    /^It lies in «(.+)» and in «(.+)», which are different parts\.$/,
    "Sie liegt in «$1» und in «$2»; das sind verschiedene Teile.",
  ],
  [
    /^«(.+)» is neither train, val nor test, which lie beside it\.$/,
    "«$1» ist weder train noch val noch test, die daneben liegen.",
  ],
  [
    /^It lies in no class folder, so its class is unknown\.$/,
    "Sie liegt in keinem Klassenordner; ihre Klasse ist unbekannt.",
  ],
  [
    /^Its name does not say its class, as those of others do\.$/,
    "Ihr Name sagt, anders als die anderer, keine Klasse.",
  ],
  [/^No row of the table of labels names it\.$/, "Keine Zeile der Tabelle mit Labels nennt sie."],
  [
    /^It names images, but no column says a class\.$/,
    "Sie nennt Bilder, aber keine Spalte sagt eine Klasse.",
  ],
  [
    /^It names images, but no column among (.+) says a class\.$/,
    "Sie nennt Bilder, aber keine der Spalten $1 sagt eine Klasse.",
  ],
  [
    /^Two of its columns name images, and different ones in the same row: «(.+)» and «(.+)»\.$/,
    "Zwei ihrer Spalten nennen Bilder, und in derselben Zeile verschiedene: «$1» und «$2».",
  ],
  [
    /^«(.+)» names «(.+)», which fits «(.+)» and «(.+)»\.$/,
    "«$1» nennt «$2»; das passt auf «$3» und auf «$4».",
  ],
  [/^It is labeled «(.+)», but lies in «(.+)»\.$/, "Ihr Label ist «$1», sie liegt aber in «$2»."],
  [
    /^«(.+)» says where things are in it, not what it shows\.$/,
    "«$1» sagt, wo etwas auf ihr ist, nicht, was sie zeigt.",
  ],
  [
    /^Only the numbers in its column «(.*)» could name images\.$/,
    "Nur die Zahlen ihrer Spalte «$1» könnten Bilder nennen.",
  ],
  [
    /^Its numbers are those of «(.+)», not those in the names of the images\.$/,
    "Ihre Zahlen sind die von «$1», nicht die in den Namen der Bilder.",
  ],
  [/^«(.+)» is too long for a label\.$/, "«$1» ist zu lang für ein Label."],
  [/^«(.+)» is not a class name\.$/, "«$1» ist kein Name einer Klasse."],
  [
    /^It names neither images nor the classes found here\.$/,
    "Sie nennt weder Bilder noch die gefundenen Klassen.",
  ],
  [/^No column is called «label»; there are (.+)\.$/, "Keine Spalte heißt «label»; es gibt $1."],
  [/^None of its columns holds images: (.+)\.$/, "Keine ihrer Spalten enthält Bilder: $1."],
  [
    /^Its shape, (.+), is neither that of images nor that of labels\.$/,
    "Ihre Form $1 ist weder die von Bildern noch die von Labels.",
  ],
  [
    /^Its pixels go from (.+) to (.+); 0 to 255, or 0 to 1, is read\.$/,
    "Ihre Pixel reichen von $1 bis $2; gelesen wird 0 bis 255 oder 0 bis 1.",
  ],
  [
    /^Its column «(.+)» holds (.+), which is not a label\.$/,
    "Ihre Spalte «$1» enthält $2; das ist kein Label.",
  ],
  [/^«(.+)» names it, but gives it no label\.$/, "«$1» nennt sie, gibt ihr aber kein Label."],
  [/^It is labell?ed both «(.+)» and «(.+)»\.$/, "Sie hat zwei Labels: «$1» und «$2»."],
  [
    /^It names (\d+) images that are not in the selection, such as «(.+)»\.$/,
    "Sie nennt $1 Bilder, die nicht in der Auswahl sind, etwa «$2».",
  ],
  [
    /^It holds (\d+) images, but «(.+)» has (\d+) labels\.$/,
    "Sie enthält $1 Bilder, aber «$2» hat $3 Labels.",
  ],
  [
    /^Its label is (.+), but only (\d+) classes have names\.$/,
    "Ihr Label ist $1, aber nur $2 Klassen haben Namen.",
  ],
];

export const rejection = (reason: RejectionReason, detail: string): string =>
  translated(detail, details) ?? reasons[reason] ?? detail;
