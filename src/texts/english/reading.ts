import type { DatasetNotice, DatasetNoticeKind, Reading } from "../../protocol/dataset";
import { visible } from "../visible";
import { counted, integer } from "./words";

const SHOWN = 4;

function quoted(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map((name) => `“${visible(name)}”`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(", ")} and ${integer(more)} more` : shown.join(", ");
}

const images = (count: number) => counted(count, "image");

const sentences: Readonly<Record<DatasetNoticeKind, (notice: DatasetNotice) => string>> = {
  "parts-guessed": ({ names }) =>
    `Taken as parts (training, validation, testing), not as classes: ${quoted(names)}.`,
  "asides-left-out": ({ names, count }) =>
    `${images(count)} left out as masks or drawings of other images: ${quoted(names)}.`,
  "copies-left-out": ({ names, count }) =>
    `${counted(count, "copy", "copies")} left out: ${quoted(names)} repeats the folders beside it.`,
  "inner-folders": ({ names }) =>
    `Each outermost folder was taken as a class; the folders within may be the classes instead: ${quoted(names)}.`,
  "outer-folders": ({ names }) => `Folders within others were taken as the classes: ${quoted(names)}.`,
  "folders-read": () => "Each outermost folder was taken as a class.",
  "names-read": ({ names }) => `Classes were read from the file names: ${quoted(names)}.`,
  "unlabelled-left-out": ({ names, count }) =>
    `${images(count)} left out because their class is unknown: ${quoted(names)}.`,
  "no-truth": ({ names }) => `${quoted(names)} was not used: its labels look like placeholders.`,
  "table-refused": ({ names: [path = "", detail = ""] }) => `${quoted([path])} was not used. ${detail}`,
  "columns-chosen": ({ names: [path = "", file = "", label = "", ...others] }) =>
    `${quoted([path])}: files by column “${file}”, classes by “${label}”; ${quoted(others)} would differ.`,
  "matched-by-end": ({ names: [path = "", example = ""], count }) =>
    `${quoted([path])}: ${counted(count, "path from another machine was", "paths from another machine were")} matched by suffix, such as “${example}”.`,
  "matched-by-case": ({ names: [path = "", example = ""], count }) =>
    `${quoted([path])}: ${counted(count, "name matches", "names match")} a file only if case is ignored, such as “${example}”.`,
  "matched-by-stem": ({ names: [path = "", example = ""], count }) =>
    `${quoted([path])}: ${counted(count, "name matches", "names match")} a file only if its ending is ignored, such as “${example}”.`,
  "names-shown": ({ names: [path = ""] }) =>
    path === ""
      ? "Numbered classes are shown by the names of their files."
      : `Classes are shown by their names in ${quoted([path])}.`,
  "class-lost": ({ names: [name = "", detail = ""], count }) =>
    `The class “${visible(name)}” lost all its ${images(count)}. ${detail}`,
  "classes-alike": ({ names }) => `These classes differ only in case, blanks or hyphens: ${quoted(names)}.`,
  "copies-across-parts": ({ names, count }) =>
    `${counted(count, "image is", "images are")} in more than one part (training, validation, held out), such as ${quoted(names)}: results would be too good.`,
  "copies-across-classes": ({ names, count }) =>
    `${counted(count, "image lies", "images lie")} in more than one class, such as ${quoted(names)}.`,
  "near-copies": ({ names, count, atLeast }) =>
    `${atLeast ? "At least " : ""}${images(count)} for training ${count === 1 ? "looks" : "look"} almost like a validation or held-out image, such as ${quoted(names)}.`,
  "copies-removed": ({ count }) => `${counted(count, "copy was", "copies were")} left out of training.`,
  "encoding-guessed": ({ names: [path = "", encoding = ""] }) =>
    `The encoding of names in ${quoted([path])} had to be guessed: ${encoding}.`,
  "colors-guessed": ({ names, count }) =>
    `${counted(count, "CMYK image does", "CMYK images do")} not say how colors are stored, such as ${quoted(names)}: the colors are a guess.`,
  "narrow-range": ({ names: [share = "", ...names], count }) =>
    `${images(count)} of 16 bits ${count === 1 ? "uses" : "use"} 1/${share} of the range and ${count === 1 ? "is" : "are"} nearly black, such as ${quoted(names)}.`,
  "range-stretched": ({ count }) => `${images(count)} of 16 bits stretched to their common range.`,
  "unequal-classes": ({ names: [most = "", fewest = "", share = ""], count }) =>
    `“${visible(most)}” has ${integer(count)} times the images of “${visible(fewest)}”: always answering “${visible(most)}” would be right for ${share} of all.`,
};

const offers: Readonly<Record<Reading, string>> = {
  folders: "Take each outermost folder as a class",
  inner: "Take these folders as the classes",
  names: "Take the classes from the file names",
  once: "Leave copies out of training",
  stretched: "Stretch to the range in use",
};

const undoings: Readonly<Record<Reading, string>> = {
  folders: "Read the folders as before",
  inner: "Take the outer folders as the classes",
  names: "Read the folders instead",
  once: "Train on copies as well",
  stretched: "Show them as they are stored",
};

/** Texts on how dropped files were read, which were left out, and other ways to read them. */
export const reading = {
  title: "What was found",
  notice: (notice: DatasetNotice): string => sentences[notice.kind](notice),
  offer: (chosen: Reading): string => offers[chosen],
  undo: (chosen: Reading): string => undoings[chosen],
  classes: (count: number) => counted(count, "class", "classes"),
  parts: (training: string, validation: string, heldOut: string) =>
    `${training} images for training, ${validation} for validation, ${heldOut} held out.`,
  ofClass: (name: string, count: string) => `${visible(name)} ${count}`,
  leftOut: (count: number) => `${counted(count, "file was", "files were")} left out:`,
  group: (count: string, reason: string, example: string) => `${count}: ${reason} Such as ${example}`,
  system: (count: number) =>
    `${counted(count, "hidden or system file was", "hidden or system files were")} left out.`,
  otherReasons: (count: number) => `and for ${counted(count, "other reason")}`,
  namesOffer: (classes: string) => `The file names contain classes: ${classes}.`,
  foldersOffer: (folders: string) => `As classes, there would be ${folders}.`,
  namesPreview: (name: string, count: string, example: string) => `“${name}” (${count}, such as ${example})`,
  addTo: (name: string) => `Add it to “${name}”`,
};
