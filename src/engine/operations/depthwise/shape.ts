/** All sizes of a depthwise convolution, in which each channel has its own filter. */
export interface DepthwiseShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly stride: number;
  /** Zeros above and to the left of the first pixel. */
  readonly top: number;
  readonly left: number;
}

/**
 * Pads like TensorFlow's "same": the output has ⌈size / stride⌉ pixels, and an odd zero is added at the end.
 * @throws RangeError when ranks, channels or the stride do not fit
 */
export function sameShape(x: readonly number[], filter: readonly number[], stride: number): DepthwiseShape {
  if (x.length !== 4 || filter.length !== 4) {
    throw new RangeError(
      `depthwiseConv2d takes images of rank 4 and filters of rank 4, not [${x}] and [${filter}].`,
    );
  }
  const [batch = 0, height = 0, width = 0, channels = 0] = x;
  const [kernelHeight = 0, kernelWidth = 0, of = 0, multiplier = 0] = filter;
  if (of !== channels || multiplier !== 1) {
    throw new RangeError(
      `depthwiseConv2d: images have ${channels} channels; the filter [${filter}] is for ${of}, with ${multiplier} outputs each. It must be [height, width, ${channels}, 1].`,
    );
  }
  if (!Number.isInteger(stride) || stride < 1) {
    throw new RangeError(`depthwiseConv2d: the stride ${stride} must be an integer of at least 1.`);
  }
  const [outHeight, outWidth] = [Math.ceil(height / stride), Math.ceil(width / stride)];
  const before = (size: number, out: number, kernel: number) =>
    Math.floor(Math.max(0, (out - 1) * stride + kernel - size) / 2);
  return {
    batch,
    height,
    width,
    channels,
    kernelHeight,
    kernelWidth,
    outHeight,
    outWidth,
    stride,
    top: before(height, outHeight, kernelHeight),
    left: before(width, outWidth, kernelWidth),
  };
}
