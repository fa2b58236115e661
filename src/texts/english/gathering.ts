import { counted, integer } from "./words";

/** Images that are pasted or taken with the camera, one by one. */
export const gathering = {
  title: "Paste images, or take them with the camera",
  lead: (least: number) =>
    `Paste an image anywhere on the page: it goes to the class that is marked. Every class needs at least ${integer(least)}; some dozens are better.`,
  classNumber: (number: number) => `Class ${integer(number)}`,
  classes: "Classes of gathered images",
  className: "Name of the class",
  choose: (name: string) => `Pasted images go to ${name}`,
  addClass: "Add a class",
  removeClass: (name: string) => `Remove the class ${name}`,
  paste: "Paste",
  pasteInto: (name: string) => `Paste into ${name}`,
  pick: "Pick",
  pickInto: (name: string) => `Pick images for ${name}`,
  take: "Take one",
  takeFor: (name: string) => `Take a picture of ${name}`,
  record: "Record",
  recordFor: (name: string) => `Record pictures of ${name}, five a second`,
  images: (count: number) => counted(count, "image"),
  imagesOf: (name: string) => `Images of ${name}`,
  removeImage: (number: number, name: string) => `Remove image ${integer(number)} of ${name}`,
  moreImages: (count: number) => `and ${integer(count)} more`,
  use: (count: number) => (count === 0 ? "Use these images" : `Use these ${counted(count, "image")}`),
  datasetName: "Gathered images",
  refused: (count: number) =>
    `${counted(count, "file was", "files were")} not taken: only PNG, JPEG, WebP, GIF, BMP and AVIF images are, 10,000 at most.`,
  nothingToPaste: "There is no image in the clipboard.",
  clipboardClosed: "The browser does not let the page read the clipboard. Press Ctrl+V or ⌘V instead.",
  problems: {
    fewClasses: "At least two classes are needed.",
    name: (name: string) =>
      `“${name}” cannot name a class: use letters and digits, no slashes, and no dot at the beginning.`,
    sameName: (name: string) => `Two classes are called “${name}”.`,
    fewImages: (name: string, found: number, least: number) =>
      `“${name}” has ${integer(found)} of at least ${counted(least, "image")}.`,
  },
  camera: {
    start: "Start the camera",
    stop: "Stop the camera",
    picture: "What the camera sees",
    hint: "Pictures stay on this machine. The square in the middle is what is taken.",
    refused:
      "The browser does not let the page use the camera. Allow it in the address bar, and start it again.",
    missing: "No camera was found.",
    busy: "The camera could not be started. Does another program use it?",
  },
};
