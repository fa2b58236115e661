import type { DatasetPart, PartOrigin, RejectionReason } from "../../protocol/dataset";
import { counted, integer } from "./words";

/** Images: built-in, dropped, fetched. */
export const data = {
  source: "Images",
  sources: { shapes: "Built-in Shapes", files: "Your images" },
  shapes: "Shapes",
  shapesLead:
    "Ten classes of shapes whose place, size, colour and texture say nothing about the class. Drawn here, the same on every machine.",
  files: "Your images",
  filesLead:
    "Folders of classes, or files of images and labels, packed or not. They never leave this machine; a link carries only their fingerprint.",
  other: {
    title: "These are other images than the link's",
    cause:
      "Their content differs from what the experiment's author trained on, or they were divided in another way.",
    action:
      "You can train on them, but the results will be others. Drop the author's files to reproduce theirs.",
  },
  prepared: "Images prepared",
  untilThen: (name: string) => `Until then “${name}” stays loaded.`,
  shortage: (className: string, found: number, needed: number, part: DatasetPart) =>
    `${className}: ${integer(found)} of at least ${integer(needed)} images for ${part}`,
  inEngine: "in the engine",
  origins: {
    folder: "from its folder",
    drawn: "drawn by the seed",
    "built-in": "drawn here",
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
    "cats/01.png, cats/02.png, dogs/01.jpg … or with train/, val/ and test/ above; IDX, NumPy, CIFAR and Parquet files; a sprite sheet or images with a file of labels",
  pickFolder: "Pick a folder",
  pickFiles: "Pick files",
  folderInput: "Folder of images",
  archiveInput: "Zip file of images",
  dropAnywhere: "Drop images to train on them",
  rejected: (count: number) => `${counted(count, "file was", "files were")} rejected`,
  rejectedList: "Rejected files",
  ignored: (count: number) =>
    `${counted(count, "hidden or system file was", "hidden or system files were")} left out.`,
  andMore: (count: number) => `and ${integer(count)} more`,
  /** Why one file is no image; the engine's own sentence says it best. */
  rejection: (_reason: RejectionReason, detail: string): string => detail,
  downloads: {
    title: "Fetch a dataset",
    lead: "Or fetch one from huggingface.co, which then sees that you do. What was fetched whole stays in this browser.",
    fetch: "Fetch",
    fetchNamed: (name: string) => `Fetch ${name}`,
    images: (count: number, size: string) => `${counted(count, "image")}, ${size}`,
    licence: (source: string, licence: string) => `${source}; licence: ${licence}`,
    classes: (count: number) => counted(count, "class", "classes"),
    notStated: "not stated; for research",
    anyOther: "Any other, by its name on the hub",
    nameLabel: "Name of a dataset on the hub",
    most: "Images, at most",
    mostLabel: "Images of each part at most; 0 fetches all",
    mostHint: "Of each part; 0 fetches all",
  },
};
