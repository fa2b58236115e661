import type { Texts } from "../english/english";
import { counted, integer } from "./words";

export const gathering: Texts["gathering"] = {
  title: "Bilder einfügen oder mit der Kamera aufnehmen",
  lead: (least) =>
    `Ein Bild irgendwo auf der Seite einfügen: Es kommt in die gewählte Klasse. Jede Klasse braucht mindestens ${integer(least)} Bilder; einige Dutzend sind besser.`,
  classNumber: (number) => `Klasse ${integer(number)}`,
  classes: "Klassen gesammelter Bilder",
  className: "Name der Klasse",
  choose: (name) => `Eingefügte Bilder kommen zu ${name}`,
  addClass: "Klasse hinzufügen",
  removeClass: (name) => `Klasse ${name} entfernen`,
  paste: "Einfügen",
  pasteInto: (name) => `In ${name} einfügen`,
  pick: "Auswählen",
  pickInto: (name) => `Bilder für ${name} auswählen`,
  take: "Bild aufnehmen",
  takeFor: (name) => `Ein Bild von ${name} aufnehmen`,
  record: "Serie",
  recordFor: (name) => `Bilder von ${name} in Serie aufnehmen, fünf je Sekunde`,
  images: (count) => counted(count, "Bild", "Bilder"),
  imagesOf: (name) => `Bilder von ${name}`,
  removeImage: (number, name) => `Bild ${integer(number)} von ${name} entfernen`,
  moreImages: (count) => `und ${integer(count)} weitere`,
  use: (count) =>
    count === 0 ? "Diese Bilder verwenden" : `Diese ${counted(count, "Bild", "Bilder")} verwenden`,
  datasetName: "Gesammelte Bilder",
  refused: (count) =>
    `${counted(count, "Datei wurde", "Dateien wurden")} nicht übernommen: Möglich sind PNG, JPEG, WebP, GIF, BMP und AVIF, höchstens 10.000 Bilder.`,
  nothingToPaste: "In der Zwischenablage ist kein Bild.",
  clipboardClosed:
    "Der Browser hat den Zugriff auf die Zwischenablage nicht erlaubt. Stattdessen Strg+V oder ⌘V drücken.",
  problems: {
    fewClasses: "Mindestens zwei Klassen sind nötig.",
    name: (name) =>
      `„${name}“ ist kein gültiger Klassenname: Buchstaben und Ziffern, keine Schrägstriche, kein Punkt am Anfang.`,
    sameName: (name) => `Zwei Klassen heißen „${name}“.`,
    fewImages: (name, found, least) =>
      `„${name}“ hat ${integer(found)} von mindestens ${counted(least, "Bild", "Bildern")}.`,
  },
  camera: {
    start: "Kamera starten",
    stop: "Kamera ausschalten",
    picture: "Kamerabild",
    hint: "Die Bilder bleiben auf diesem Rechner. Aufgenommen wird das Quadrat in der Mitte.",
    refused:
      "Der Browser hat den Zugriff auf die Kamera nicht erlaubt. In der Adresszeile erlauben und die Kamera erneut starten.",
    missing: "Keine Kamera gefunden.",
    busy: "Die Kamera ließ sich nicht starten. Benutzt sie ein anderes Programm?",
  },
};
