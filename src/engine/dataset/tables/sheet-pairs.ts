import { Rejection } from "../rejection";
import type { LabeledBatch } from "./batch";
import { type Label, oneHotLabels } from "./label-list";
import type { Read } from "./pairing";
import { createSheetReader, sheetDimensions, sheetLayout } from "./sprite-sheet";

/** Reads labels of a file without a signature: one byte per image, or one-hot rows. */
export function unmarkedLabels(bytes: Uint8Array, count: number): readonly Label[] | undefined {
  return bytes.length === count ? Array.from(bytes) : oneHotLabels(bytes, count);
}

/** Reads the images of a sheet with their labels. Throws a `Rejection`. */
export function sheetBatch(
  { file, content }: Read<Uint8Array<ArrayBuffer>>,
  labels: Read<readonly Label[] | Uint8Array>,
): LabeledBatch {
  const size = sheetDimensions(content);
  if (!size) throw new Rejection("not-an-image", "Not an image, though labels for one lie beside it.");
  const listed = labels.content;
  const known = listed instanceof Uint8Array ? unmarkedLabels(listed, size.height) : listed;
  const counted = known ?? Array.from(listed as Uint8Array);
  const layout = sheetLayout(size, counted.length);
  if (!layout) {
    const what = `${size.width} × ${size.height} pixels cannot be a sheet of ${counted.length} squares`;
    throw new Rejection("label-mismatch", `${what}, as «${labels.file.path}» lists them.`);
  }
  return { path: file.path, labels: counted, image: createSheetReader(content, size, layout) };
}
