/** Labels for detection: boxes within images, which give no class for the whole image. */

/** A class number and at least four shares of the image's sides. */
function isYoloLine(line: string): boolean {
  if (line.length > LONGEST_LINE) return false;
  const [label = "", ...shares] = line.trim().split(/\s+/);
  const isShare = (field: string) => /^[-+.\de]+$/i.test(field) && Math.abs(Number(field) - 0.5) <= 1.5;
  return /^\d{1,6}$/.test(label) && shares.length >= 4 && shares.every(isShare);
}

const LONGEST_LINE = 20_000;

/** Recognizes YOLO's lines of a class and four shares, Pascal VOC's XML, and the JSON of COCO and LabelMe. */
export function holdsBoxes(path: string, text: string): boolean {
  const trimmed = text.trim();
  if (trimmed.startsWith("<")) return /<annotation[\s>]/.test(trimmed) && /<bndbox[\s>]/.test(trimmed);
  if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
    return (
      /"(bbox|bounding_?box(es)?|segmentation|rectanglelabels)"\s*:/i.test(trimmed) ||
      (/"shapes"\s*:/.test(trimmed) && /"imagePath"\s*:/.test(trimmed))
    );
  }
  const lines = trimmed.split(/\r?\n/);
  return /\.txt$/i.test(path) && trimmed !== "" && lines.every(isYoloLine);
}
