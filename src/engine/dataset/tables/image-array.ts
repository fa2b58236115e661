import type { RawImage } from "../pixels/raw-image";
import { Rejection } from "../rejection";
import type { NumberArray } from "./number-array";

/** Images of one size with access to each. */
export interface ImageStack {
  readonly count: number;
  readonly image: (index: number) => RawImage;
}

/** Minimum side in pixels; without it, [n, h, 3] would be read as gray images. */
const LEAST_SIDE = 4;

interface StackLayout {
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  /** True for [n, channels, h, w], PyTorch's layout. */
  readonly planar: boolean;
}

const isChannels = (side: number | undefined): side is 1 | 3 | 4 => side === 1 || side === 3 || side === 4;

/**
 * Reads the images of an array [n, h, w], [n, h, w, channels], [n, channels, h, w], or [n, h · h] of flattened squares;
 * undefined for any other shape. Values are 0–255, or 0–1 if fractional. Throws a `Rejection`.
 */
export function imageStack(array: NumberArray): ImageStack | undefined {
  const layout = layoutOf(array.shape);
  if (!layout) return undefined;
  const { count, width, height, channels, planar } = layout;
  const bytes = bytesOf(array.values);
  const size = width * height * channels;
  const image = (index: number): RawImage => {
    const own = bytes.subarray(index * size, (index + 1) * size);
    return { width, height, channels, pixels: planar ? interleave(own, width * height, channels) : own };
  };
  return { count, image };
}

function layoutOf(shape: readonly number[]): StackLayout | undefined {
  const [count = 0, a = 0, b = 0, c = 0] = shape;
  const fits = (height: number, width: number) => height >= LEAST_SIDE && width >= LEAST_SIDE;
  if (shape.length === 4 && isChannels(c) && fits(a, b)) {
    return { count, height: a, width: b, channels: c, planar: false };
  }
  if (shape.length === 4 && isChannels(a) && fits(b, c)) {
    return { count, height: b, width: c, channels: a, planar: true };
  }
  if (shape.length === 3 && fits(a, b)) return { count, height: a, width: b, channels: 1, planar: false };
  const side = Math.sqrt(a);
  const isFlat = shape.length === 2 && Number.isInteger(side) && fits(side, side);
  return isFlat ? { count, height: side, width: side, channels: 1, planar: false } : undefined;
}

/** Converts consecutive color planes to pixels. */
export function interleave(planes: Uint8Array, pixels: number, channels: number): Uint8Array {
  const mixed = new Uint8Array(pixels * channels);
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      mixed[pixel * channels + channel] = planes[channel * pixels + pixel] as number;
    }
  }
  return mixed;
}

function bytesOf(values: ArrayLike<number>): Uint8Array {
  if (values instanceof Uint8Array) return values;
  let [least, most, whole] = [0, 0, true];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isFinite(value))
      throw new Rejection("unsupported-table", "Some of its pixels are not numbers.");
    least = Math.min(least, value);
    most = Math.max(most, value);
    whole &&= Number.isInteger(value);
  }
  if (least < 0 || most > 255) {
    const range = `${least.toPrecision(3)} to ${most.toPrecision(3)}`;
    throw new Rejection("unsupported-table", `Its pixels go from ${range}; 0 to 255, or 0 to 1, is read.`);
  }
  const scale = most <= 1 && !whole ? 255 : 1;
  return Uint8Array.from({ length: values.length }, (_, i) => Math.round((values[i] as number) * scale));
}
