import type { ClassShortage, DatasetProblem } from "../../protocol/dataset";

/** A selection that is not a dataset. Thrown inside this folder and returned by `importImages`. */
export class DatasetProblemError extends Error {
  constructor(readonly problem: DatasetProblem) {
    super(`${problem.title}: ${problem.cause}`);
    this.name = "DatasetProblemError";
  }
}

const layoutHint =
  "Put the images of each class into a folder named after the class, e.g. cats/ and dogs/, and drop the folder that holds them.";

/** @param isForeign true if most of them are pictures that browsers do not decode */
export function noImages(rejected: number, isForeign = false): DatasetProblem {
  return {
    kind: "no-images",
    isForeign,
    title: "No images found",
    cause:
      rejected === 0
        ? "The selection holds no files."
        : `None of its ${rejected} files could be used as an image.`,
    action: isForeign
      ? "Convert them to PNG, JPEG or WebP; most phones and cameras can also be set to take JPEG."
      : layoutHint,
  };
}

export function noClasses(): DatasetProblem {
  return {
    kind: "no-classes",
    title: "No class folders found",
    cause: "The images lie in no class folders, so their classes are unknown.",
    action: layoutHint,
  };
}

export function singleClass(className: string): DatasetProblem {
  return {
    kind: "single-class",
    className,
    title: "Only one class found",
    cause: `At least two classes are needed; only «${className}» was found.`,
    action: "Drop the folder that holds the class folders, or several class folders at once.",
  };
}

export function tooManyClasses(found: number, limit: number): DatasetProblem {
  return {
    kind: "too-many-classes",
    found,
    limit,
    title: "Too many classes",
    cause: `${found} class folders were found; at most ${limit} are supported.`,
    action: "Drop fewer folders. If these are single images in folders of their own, group them by class.",
  };
}

export function tooManyFiles(found: number, limit: number): DatasetProblem {
  return {
    kind: "too-many-files",
    found,
    limit,
    title: "Too many files",
    cause: `The selection holds ${found} files; at most ${limit} are read.`,
    action: "Drop a part of the dataset.",
  };
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MiB`;

export function tooManyBytes(found: number, limit: number, size: number): DatasetProblem {
  return {
    kind: "too-many-bytes",
    found,
    limit,
    title: "Too much data for this page",
    cause: `At ${size} × ${size} pixels the images take ${megabytes(found)}; the limit, or what this browser had left, is ${megabytes(limit)}.`,
    action: "Choose a smaller image size, or drop a part of the dataset.",
  };
}

/** Makes leading and trailing blanks of a name visible. */
const visible = (name: string) => name.replace(/^\s+|\s+$/g, (blanks) => "␣".repeat(blanks.length));

export function tooFewImages(shortages: readonly ClassShortage[]): DatasetProblem {
  const shown = shortages
    .slice(0, 5)
    .map(
      ({ className, part, found, needed }) => `«${visible(className)}» has ${found} of ${needed} for ${part}`,
    );
  const more = shortages.length > shown.length ? `, and ${shortages.length - shown.length} more` : "";
  return {
    kind: "too-few-images",
    shortages,
    title: "Some classes have too few images",
    cause: `Every class needs images in each part: ${shown.join(", ")}${more}.`,
    action: "Add images to these classes, or leave them out.",
  };
}

export function noTrainingImages(): DatasetProblem {
  return {
    kind: "no-training-images",
    title: "No training images found",
    cause: "There are folders for validation or testing, but no train/ folder with images in class folders.",
    action: "Drop the folder that holds train/ as well.",
  };
}

export function archiveUnreadable(cause: string): DatasetProblem {
  return {
    kind: "archive-unreadable",
    title: "The zip archive cannot be read",
    cause: `It seems that ${cause}.`,
    action: "Download or pack it again, or unpack it and drop the folder.",
  };
}

export function archiveTooLarge(found: number, limit: number): DatasetProblem {
  return {
    kind: "archive-too-large",
    found,
    limit,
    title: "The zip archive is too large",
    cause: `It unpacks to ${megabytes(found)}; at most ${megabytes(limit)} are read.`,
    action: "Pack a part of the dataset.",
  };
}

export function detectionLabels(example: string): DatasetProblem {
  return {
    kind: "detection-labels",
    example,
    title: "Labels for detection, not for classes",
    cause: `Files such as «${example}» give the positions of objects within an image, not the class of the whole image.`,
    action: "Crop the objects into a folder for each class, or export the dataset for classification.",
  };
}
