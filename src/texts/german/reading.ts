import type { DatasetNotice, DatasetNoticeKind, Reading } from "../../protocol/dataset";
import type { Texts } from "../english/english";
import { visible } from "../visible";
import { rejection } from "./rules/rejections";
import { counted, integer } from "./words";

const SHOWN = 4;

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `„${visible(name)}“`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} und ${integer(more)} weitere` : shown.join(", ");
}

const images = (count: number) => counted(count, "Bild", "Bilder");

const sentences: Readonly<Record<DatasetNoticeKind, (notice: DatasetNotice) => string>> = {
  "parts-guessed": ({ names }) =>
    `Für Teile (Training, Validierung, Test) gehalten, nicht für Klassen: ${quoted(names)}.`,
  "asides-left-out": ({ names, count }) =>
    `${images(count)} übergangen, als Masken oder Zeichnungen zu dem, was daneben liegt: ${quoted(names)}.`,
  "copies-left-out": ({ names, count }) =>
    `${counted(count, "Kopie", "Kopien")} übergangen: ${quoted(names)} wiederholt die Ordner daneben.`,
  "inner-folders": ({ names }) =>
    `Jeder äußerste Ordner wurde als Klasse genommen; vielleicht sind die Ordner darin die Klassen: ${quoted(names)}.`,
  "outer-folders": ({ names }) =>
    `Ordner, die in anderen liegen, wurden als Klassen genommen: ${quoted(names)}.`,
  "folders-read": () => "Jeder äußerste Ordner wurde als Klasse genommen.",
  "names-read": ({ names }) => `Die Klassen stammen aus den Namen der Dateien: ${quoted(names)}.`,
  "unlabelled-left-out": ({ names, count }) =>
    `${images(count)} übergangen, weil nichts ihre Klasse sagt: ${quoted(names)}.`,
  "no-truth": ({ names }) =>
    `${quoted(names)} wurde nicht verwendet: Die Labels sehen nach Platzhaltern aus.`,
  "table-refused": ({ names: [path = "", detail = ""] }) =>
    `${quoted([path])} wurde nicht verwendet. ${rejection("label-mismatch", detail)}`,
  "columns-chosen": ({ names: [path = "", file = "", label = "", ...others] }) =>
    `${quoted([path])}: Dateien nach der Spalte „${file}“, Klassen nach „${label}“; anders wären sie nach ${quoted(others)}.`,
  "matched-by-end": ({ names: [path = "", example = ""], count }) =>
    `${quoted([path])}: ${counted(count, "Pfad stammt", "Pfade stammen")} von einem anderen Rechner und wurden nach ihrem Ende zugeordnet, etwa „${example}“.`,
  "matched-by-case": ({ names: [path = "", example = ""], count }) =>
    `${quoted([path])}: ${counted(count, "Name passt", "Namen passen")} nur ohne Rücksicht auf Groß- und Kleinschreibung, etwa „${example}“.`,
  "matched-by-stem": ({ names: [path = "", example = ""], count }) =>
    `${quoted([path])}: ${counted(count, "Name passt", "Namen passen")} nur ohne die Dateiendung auf eine Datei, etwa „${example}“.`,
  "names-shown": ({ names: [path = ""] }) =>
    path === ""
      ? "Die Klassen waren Nummern; gezeigt werden die Namen ihrer Dateien."
      : `Die Klassen heißen, wie ${quoted([path])} sie nennt.`,
  "class-lost": ({ names: [name = "", detail = ""], count }) =>
    `Die Klasse „${visible(name)}“ hat ${count === 1 ? "ihr einziges Bild" : `alle ${images(count)}`} verloren. ${rejection("unsupported-format", detail)}`,
  "classes-alike": ({ names }) =>
    `Diese Klassen unterscheiden sich nur in Großschreibung, Leerzeichen oder Strichen: ${quoted(names)}.`,
  "copies-across-parts": ({ names, count }) =>
    `${counted(count, "Bild liegt", "Bilder liegen")} in mehr als einem Teil (Training, Validierung, zurückgehalten), etwa ${quoted(names)}: Die Ergebnisse wären zu gut.`,
  "copies-across-classes": ({ names, count }) =>
    `${counted(count, "Bild liegt", "Bilder liegen")} in mehr als einer Klasse, etwa ${quoted(names)}.`,
  "near-copies": ({ names, count, atLeast }) =>
    `${atLeast ? "Mindestens " : ""}${images(count)} zum Training ${count === 1 ? "gleicht" : "gleichen"} fast einem der Validierung oder einem zurückgehaltenen, etwa ${quoted(names)}.`,
  "copies-removed": ({ count }) => `${counted(count, "Kopie", "Kopien")} vom Training ausgenommen.`,
  "encoding-guessed": ({ names: [path = "", encoding = ""] }) =>
    `Die Kodierung der Namen in ${quoted([path])} musste geraten werden: ${encoding}.`,
  "colors-guessed": ({ names, count }) =>
    `${counted(count, "CMYK-Bild sagt", "CMYK-Bilder sagen")} nicht, wie Farben gespeichert sind, etwa ${quoted(names)}: Die Farben sind geraten.`,
  "narrow-range": ({ names: [share = "", ...names], count }) =>
    `${images(count)} mit 16 Bit ${count === 1 ? "nutzt" : "nutzen"} 1/${share} des Bereichs und ${count === 1 ? "ist" : "sind"} fast schwarz, etwa ${quoted(names)}.`,
  "range-stretched": ({ count }) =>
    `${images(count)} mit 16 Bit auf den Bereich gestreckt, den sie zusammen nutzen.`,
  "unequal-classes": ({ names: [most = "", fewest = "", share = ""], count }) =>
    `„${visible(most)}“ hat ${integer(count)}-mal so viele Bilder wie „${visible(fewest)}“: Immer „${visible(most)}“ zu antworten, träfe bei ${share} zu.`,
};

const offers: Readonly<Record<Reading, string>> = {
  folders: "Jeden äußersten Ordner als Klasse nehmen",
  inner: "Diese Ordner als Klassen nehmen",
  names: "Die Klassen aus den Dateinamen nehmen",
  once: "Kopien vom Training ausnehmen",
  stretched: "Auf den genutzten Bereich strecken",
};

const undoings: Readonly<Record<Reading, string>> = {
  folders: "Die Ordner wie zuvor lesen",
  inner: "Die äußeren Ordner als Klassen nehmen",
  names: "Stattdessen die Ordner lesen",
  once: "Auch auf Kopien trainieren",
  stretched: "Zeigen, wie sie gespeichert sind",
};

export const reading: Texts["reading"] = {
  title: "Was gefunden wurde",
  notice: (notice) => sentences[notice.kind](notice),
  offer: (chosen) => offers[chosen],
  undo: (chosen) => undoings[chosen],
  classes: (count) => counted(count, "Klasse", "Klassen"),
  parts: (training, validation, heldOut) =>
    `${training} Bilder zum Training, ${validation} zur Validierung, ${heldOut} zurückgehalten.`,
  ofClass: (name, count) => `${visible(name)} ${count}`,
  leftOut: (count) => `${counted(count, "Datei", "Dateien")} übergangen:`,
  group: (count, reason, example) => `${count}: ${reason} Etwa ${example}`,
  system: (count) =>
    `${counted(count, "versteckte oder Systemdatei", "versteckte oder Systemdateien")} übergangen.`,
  otherReasons: (count) => `und aus ${counted(count, "weiteren Grund", "weiteren Gründen")}`,
  namesOffer: (classes) => `Die Namen der Dateien nennen Klassen: ${classes}.`,
  foldersOffer: (folders) => `Als Klassen wären es ${folders}.`,
  namesPreview: (name, count, example) => `„${name}“ (${count}, etwa ${example})`,
  addTo: (name) => `Zu „${name}“ hinzufügen`,
};
