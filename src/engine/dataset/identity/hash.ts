import type { Dataset, ImageSet } from "../dataset";
import { sha256 } from "./sha256";

type Hashable = Pick<Dataset, "classNames" | "train" | "validation" | "test">;

/**
 * The identity of a dataset's content, as 64 hex digits: SHA-256 over a line of JSON with the class names and,
 * for each part, its sizes and the SHA-256 of its pixels and of its labels (int32, little-endian). The name of the
 * dataset is not included.
 */
export async function hashDataset(content: Hashable): Promise<string> {
  const outline = {
    classNames: content.classNames,
    train: await outlineOf(content.train),
    validation: await outlineOf(content.validation),
    test: await outlineOf(content.test),
  };
  return sha256(new TextEncoder().encode(JSON.stringify(outline)));
}

async function outlineOf({ count, size, channels, pixels, labels }: ImageSet) {
  const labelBytes = new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength);
  return { count, size, channels, pixels: await sha256(pixels), labels: await sha256(labelBytes) };
}
