/** Channels that lie side by side for each pixel: two vectors of four. */
export const lanes = 8;
/** Bytes of the channels that lie side by side. */
export const pixelBytes = 4 * lanes;

/** At least so many bytes, an odd number of cache lines: what lies so far apart does not compete for the same lines of a cache. */
export const apart = (bytes: number): number => 64 * (Math.ceil(bytes / 64) | 1);

export interface Extent {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Bytes from one image, block of channels, row and pixel to the next, and to the first pixel of a block. */
export interface Strides {
  readonly image: number;
  readonly block: number;
  readonly row: number;
  readonly pixel: number;
  readonly start: number;
}

/**
 * Images as compiled kernels keep them: [batch, ⌈channels / 8⌉, height + 2 border, width + 2 border, 8]. The border holds
 * zeros, so that a convolution need not ask where an image ends; so do the lanes beyond the last channel.
 */
export class ImageLayout implements Extent {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;

  constructor(
    extent: Extent,
    readonly border: number,
  ) {
    this.batch = extent.batch;
    this.height = extent.height;
    this.width = extent.width;
    this.channels = extent.channels;
  }

  get blocks(): number {
    return Math.ceil(this.channels / lanes);
  }

  /** Channels with those that fill the last block. */
  get paddedChannels(): number {
    return this.blocks * lanes;
  }

  get rowBytes(): number {
    return (this.width + 2 * this.border) * pixelBytes;
  }

  get blockBytes(): number {
    return (this.height + 2 * this.border) * this.rowBytes;
  }

  get imageBytes(): number {
    return this.blocks * this.blockBytes;
  }

  get bytes(): number {
    return this.batch * this.imageBytes;
  }

  /** Bytes from the beginning of a block to its first pixel. */
  get start(): number {
    return this.border * (this.rowBytes + pixelBytes);
  }

  get strides(): Strides {
    const { imageBytes, blockBytes, rowBytes, start } = this;
    return { image: imageBytes, block: blockBytes, row: rowBytes, pixel: pixelBytes, start };
  }

  /** Whether the numbers lie as those of a tensor [batch, height, width, channels] do. */
  get isFlat(): boolean {
    return (
      this.border === 0 &&
      this.channels % lanes === 0 &&
      (this.height * this.width === 1 || this.channels === lanes)
    );
  }
}

/** A tensor of rank 4, or rows of numbers, as images. */
export function extentOf(shape: readonly number[]): Extent {
  const [batch = 1, second = 1, width = 1, channels = 1] = shape;
  if (shape.length === 4) return { batch, height: second, width, channels };
  if (shape.length === 2) return { batch, height: 1, width: 1, channels: second };
  throw new RangeError(`[${shape}] are no images.`);
}
