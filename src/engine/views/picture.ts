import { type ImageSet, imageBytes } from "../dataset/dataset";

export interface Picture<Numbers> {
  /** [size, size, channels] */
  readonly pixels: Numbers;
  readonly size: number;
  readonly channels: 1 | 3;
}

export type BytePicture = Picture<Uint8Array>;
/** Numbers in [0, 1]. */
export type UnitPicture = Picture<Float32Array<ArrayBuffer>>;

/** Returns one image of a set; it shares the set's bytes. @throws RangeError if there is no image with this index */
export function pictureOf({ pixels, size, channels, count }: ImageSet, index: number): BytePicture {
  if (!(index >= 0 && index < count)) throw new RangeError(`There is no image ${index} among ${count}.`);
  const bytes = imageBytes({ size, channels });
  return { pixels: pixels.subarray(index * bytes, (index + 1) * bytes), size, channels };
}
