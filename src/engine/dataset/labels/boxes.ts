/** Labels for detection: boxes within images, from which no class of the whole image can be taken. */

const yoloLine = /^\d+(\s+-?\d*\.?\d+(e-?\d+)?){4,}$/i;

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
  return (
    /\.txt$/i.test(path) &&
    trimmed !== "" &&
    lines.every((line) => {
      const share = (field: string) => Number(field) >= -1 && Number(field) <= 2;
      return yoloLine.test(line.trim()) && line.trim().split(/\s+/).slice(1).every(share);
    })
  );
}
