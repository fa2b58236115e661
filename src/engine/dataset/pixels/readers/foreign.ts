/** Images that browsers do not decode, by readers that are recognized by content and load their library on demand. */
import { Rejection } from "../../rejection";
import type { RawImage } from "../raw-image";
import { type DeepImage, isDeepPng, MOST_DEEP_PIXELS, readDeepPng, stretched } from "./deep-png";
import { isHeic, openHeic } from "./heic";
import { isJpegXl, openJpegXl } from "./jpeg-xl";
import type { Opened } from "./opened";
import { isTiff, openTiff } from "./tiff";

type Bytes = Uint8Array<ArrayBuffer>;

const readers: readonly (readonly [
  recognizes: (bytes: Uint8Array) => boolean,
  open: (bytes: Bytes) => Promise<Opened>,
])[] = [
  [isTiff, openTiff],
  [isHeic, openHeic],
  [isJpegXl, openJpegXl],
];

/** Returns undefined for content that is none of them. */
export const foreignReader = (bytes: Uint8Array): ((bytes: Bytes) => Promise<Opened>) | undefined =>
  readers.find(([recognizes]) => recognizes(bytes))?.[1];

/** Converts 16 bits to 8, black and white staying where they are. */
export const asRaw = (image: RawImage | DeepImage): RawImage =>
  "pixels" in image ? image : stretched(image, { low: 0, high: 65_535 });

/** Reads the values of an image of 16 bits; undefined for all others, and for those that cannot be read. */
export async function readDeep(bytes: Bytes): Promise<DeepImage | undefined> {
  if (isDeepPng(bytes)) return readDeepPng(bytes);
  if (!isTiff(bytes)) return undefined;
  try {
    const opened = await openTiff(bytes);
    if (opened.width * opened.height > MOST_DEEP_PIXELS) return undefined;
    const image = await opened.read();
    return "values" in image ? image : undefined;
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
}
