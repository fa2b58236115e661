import type { ImageSet } from "../dataset";
import { inChannels } from "./channels";
import { createDecoder } from "./decode";

/**
 * Decodes one file exactly as the files of a dataset are, into a set of one image without a class.
 * @throws Rejection if it is no image that can be read
 */
export async function decodeOne(
  file: Blob,
  { size, channels }: Pick<ImageSet, "size" | "channels">,
): Promise<ImageSet> {
  const pixels = new Uint8Array(size * size * 3);
  await createDecoder(size)(new Uint8Array(await file.arrayBuffer()), pixels);
  return inChannels({ count: 1, size, channels: 3, pixels, labels: new Int32Array(1) }, channels);
}
