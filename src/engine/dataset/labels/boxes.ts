/** Labels for detection: boxes within images, from which no class of the whole image can be taken. */

/** A class's number, and shares of the image's sides, four of them or more. */
function isYoloLine(line: string): boolean {
  if (line.length > LONGEST_LINE) return false;
  const [label = "", ...shares] = line.trim().split(/\s+/);
  const isShare = (field: string) => /^[-+.\de]+$/i.test(field) && Math.abs(Number(field) - 0.5) <= 1.5;
  return /^\d{1,6}$/.test(label) && shares.length >= 4 && shares.every(isShare);
}

const LONGEST_LINE = 20_000;

/** YOLO's lines of a class and four shares, Pascal VOC's XML, COCO's and LabelMe's JSON. */
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
