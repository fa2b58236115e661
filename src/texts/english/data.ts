import type { DatasetPart, PartOrigin, RejectionReason } from "../../protocol/dataset";
import { visible } from "../visible";
import { counted, integer } from "./words";

/** Built-in, dropped and fetched images. */
export const data = {
  source: "Images",
  sources: { shapes: "Shapes", textures: "Textures", files: "Your images" },
  drawn: {
    shapes: {
      title: "Shapes",
      lead: "Ten classes of shapes. Position, size, color and texture say nothing about the class. Drawn in your browser, identical on every machine.",
    },
    textures: {
      title: "Textures",
      lead: "Ten classes of patterns. Period, phase, colors and warp say nothing about the class; a small turn does not change it. Drawn in your browser, identical on every machine.",
    },
  },
  files: "Your images",
  filesLead:
    "One folder per class, or files of images and labels, zipped or not. They never leave this machine; a link contains only their hash.",
  other: {
    title: "These images differ from the link's",
    cause: "Their content or their split differs from what the experiment's author trained on.",
    action:
      "You can train on them, but your results will differ. Load the author's files to reproduce theirs.",
  },
  prepared: "Images prepared",
  untilThen: (name: string) => `“${name}” stays loaded until then.`,
  shortage: (className: string, found: number, needed: number, part: DatasetPart) =>
    `${visible(className)}: ${integer(found)} of at least ${integer(needed)} images for ${part}`,
  inEngine: "loaded",
  origins: {
    folder: "from its folder",
    drawn: "random split",
    "built-in": "generated",
  } satisfies Record<PartOrigin, string>,
  parts: { train: "Training", validation: "Validation", test: "Held out" } satisfies Record<
    DatasetPart,
    string
  >,
  classes: "Classes",
  className: "Class",
  perClass: "Images per class",
  size: "Size",
  pixels: (side: number) => `${side} px`,
  dropHere: "Drop folders or a zip file here",
  dropZone: "Drop folders or a zip file",
  layouts:
    "cats/01.png, cats/02.png, dogs/01.jpg …, optionally inside train/, val/ and test/; IDX, NumPy, CIFAR and Parquet files; a sprite sheet or images with a label file",
  pickFolder: "Pick a folder",
  pickFiles: "Pick files",
  folderInput: "Folder of images",
  archiveInput: "Zip file of images",
  /** While files are dragged over the page. */
  drop: {
    title: (items: number) =>
      items === 1
        ? "Drop it to train on your own images"
        : `Drop these ${integer(items)} to train on your own images`,
    reads: "Folders become classes. Zip files, tables of labels and other formats are read as well.",
    trains: (arms: number) =>
      `The next Start trains ${arms === 1 ? "the arm" : `the ${integer(arms)} arms`} shown here on them.`,
    afterwards: "The training in progress keeps its images; the next Start takes these.",
    stays: "They are read in this browser and never leave this machine.",
  },
  /** On the first screen. */
  entry: {
    region: "Your own images",
    title: "Your images instead",
    lead: "Drop a folder for each class, or a zip file, anywhere on this page. Nothing is uploaded.",
    folder: "Own folder",
    files: "Own files",
    details: "Show what was read",
    notYet: "The images of this experiment are not loaded yet. Drop or pick them.",
  },
  rejected: (count: number) => `${counted(count, "file was", "files were")} rejected`,
  rejectedList: "Rejected files",
  ignored: (count: number) =>
    `${counted(count, "hidden or system file was", "hidden or system files were")} ignored.`,
  andMore: (count: number) => `and ${integer(count)} more`,
  /** Why a file was rejected. English shows the engine's own sentence. */
  rejection: (_reason: RejectionReason, detail: string): string => detail,
  downloads: {
    title: "Fetch a dataset",
    lead: "Or fetch one from huggingface.co (which will see the request). Complete downloads are kept in this browser.",
    fetch: "Fetch",
    fetchNamed: (name: string) => `Fetch ${name}`,
    images: (count: number, size: string) => `${counted(count, "image")}, ${size}`,
    license: (source: string, license: string) => `${source}; license: ${license}`,
    classes: (count: number) => counted(count, "class", "classes"),
    notStated: "not stated; for research",
    anyOther: "Any other dataset, by its name on the hub",
    nameLabel: "Name of a dataset on the hub",
    most: "Maximum images",
    mostLabel: "Maximum images per part; 0 fetches all",
    mostHint: "Per part; 0 fetches all",
  },
};
