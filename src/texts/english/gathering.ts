import { counted, integer } from "./words";

/** Images pasted or taken with the camera, one by one. */
export const gathering = {
  title: "Paste images, or take them with the camera",
  lead: (least: number) =>
    `Paste an image anywhere on the page: it goes to the selected class. Every class needs at least ${integer(least)} images; a few dozen are better.`,
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
  take: "Take a picture",
  takeFor: (name: string) => `Take a picture of ${name}`,
  record: "Record",
  recordFor: (name: string) => `Record pictures of ${name}, five per second`,
  images: (count: number) => counted(count, "image"),
  imagesOf: (name: string) => `Images of ${name}`,
  removeImage: (number: number, name: string) => `Remove image ${integer(number)} of ${name}`,
  moreImages: (count: number) => `and ${integer(count)} more`,
  use: (count: number) => (count === 0 ? "Use these images" : `Use these ${counted(count, "image")}`),
  datasetName: "Gathered images",
  refused: (count: number) =>
    `${counted(count, "file was", "files were")} not accepted: only PNG, JPEG, WebP, GIF, BMP and AVIF images, at most 10,000.`,
  nothingToPaste: "There is no image on the clipboard.",
  clipboardClosed: "The browser blocked access to the clipboard. Press Ctrl+V or ⌘V instead.",
  problems: {
    fewClasses: "At least two classes are needed.",
    name: (name: string) =>
      `“${name}” is not a valid class name: use letters and digits, no slashes, no leading dot.`,
    sameName: (name: string) => `Two classes are called “${name}”.`,
    fewImages: (name: string, found: number, least: number) =>
      `“${name}” has ${integer(found)} of the ${counted(least, "image")} it needs.`,
  },
  camera: {
    start: "Start the camera",
    stop: "Stop the camera",
    picture: "Camera preview",
    hint: "Pictures stay on this machine. Only the center square is recorded.",
    refused:
      "The browser blocked access to the camera. Allow it in the address bar, then start the camera again.",
    missing: "No camera was found.",
    busy: "The camera could not be started. Is another program using it?",
  },
};
