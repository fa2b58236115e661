/** Images in the GPU's layout: one block of bytes, row-major [count, size, size, channels], RGB or gray. */
export interface ImageSet {
  readonly count: number;
  readonly size: number;
  readonly channels: 1 | 3;
  /** 0–255, [count, size, size, channels]. */
  readonly pixels: Uint8Array;
  /** Class index per image, [count]. */
  readonly labels: Int32Array;
  /** The same images at more pixels per side, for networks that see more. */
  readonly detail?: ImageSet;
}

/**
 * A dataset with its three parts. Training never sees `validation` or `test`; every choice (a learning rate, a
 * checkpoint) is made on `validation`; reported figures come from `test`.
 */
export interface Dataset {
  readonly name: string;
  readonly classNames: readonly string[];
  readonly train: ImageSet;
  readonly validation: ImageSet;
  readonly test: ImageSet;
  /** SHA-256 (hex) over sizes, class names, pixels and labels: the dataset's identity in links. */
  readonly hash: string;
}

/** Bytes of one image. */
export function imageBytes({ size, channels }: Pick<ImageSet, "size" | "channels">): number {
  return size * size * channels;
}
