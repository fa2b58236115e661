import type { Jitter, JitterOperation, ViewParameters } from "./parameters";
import type { BytePicture, UnitPicture } from "./picture";
import {
  awayFrom,
  brighten,
  type Color,
  clampUnit,
  grayOf,
  solarize,
  turnHue,
  turnHueInYiq,
} from "./pointwise";
import { applyPolicyStep } from "./policy/policy-render";

/**
 * The portable renderer of one view, used by WebGL and CPU, for the page's previews, and as the reference for the
 * GPU's renderer. Order: crop, jitter, grayscale, blur, policy, flip, solarize. On images with one channel,
 * saturation, hue and grayscale do nothing.
 */

/** Renders a view: [side, side, channels] in [0, 1]. The caller owns the result. */
export function renderView(
  image: BytePicture,
  view: ViewParameters,
  side = image.size,
): Float32Array<ArrayBuffer> {
  const cropped = view.turn === 0 ? cropAndResize(image, view.crop, side) : cropAndTurn(image, view, side);
  if (view.jitter) jitter(cropped, view.jitter);
  if (view.grayscale) decolor(cropped);
  const blurred = view.blur ? blur(cropped, view.blur) : cropped;
  const changed = view.policy.reduce(applyPolicyStep, blurred);
  if (view.flip) flip(changed);
  if (view.solarize) everyNumber(changed, solarize);
  return changed.pixels;
}

/**
 * Resizes a crop to `side` × `side` by bilinear interpolation between pixel centers. A crop is rarely larger than its
 * target, so there is no antialiasing. Beyond the border the outermost pixels repeat.
 */
export function cropAndResize(
  image: BytePicture,
  { left, top, width, height }: ViewParameters["crop"],
  side = image.size,
): UnitPicture {
  const { size, channels } = image;
  const columns = neighbors(size, left, width, side);
  const rows = neighbors(size, top, height, side);
  const resized = new Float32Array(side * side * channels);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (let channel = 0; channel < channels; channel++) {
        resized[at++] = sampled(image, row, column, channel) / 255;
      }
    }
  }
  return { pixels: resized, size: side, channels };
}

/** The same for a crop that is rotated about its center. */
function cropAndTurn(
  image: BytePicture,
  { crop, turn }: Pick<ViewParameters, "crop" | "turn">,
  side: number,
): UnitPicture {
  const { size, channels } = image;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const middle = (start: number, extent: number) => (start + extent / 2) * size;
  const inside = (position: number) => between(Math.min(size - 1, Math.max(0, position)), size);
  const turned = new Float32Array(side * side * channels);
  let at = 0;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const across = ((x + 0.5) / side - 0.5) * crop.width * size;
      const down = ((y + 0.5) / side - 0.5) * crop.height * size;
      const column = inside(middle(crop.left, crop.width) + cosine * across - sine * down - 0.5);
      const row = inside(middle(crop.top, crop.height) + sine * across + cosine * down - 0.5);
      for (let channel = 0; channel < channels; channel++) {
        turned[at++] = sampled(image, row, column, channel) / 255;
      }
    }
  }
  return { pixels: turned, size: side, channels };
}

/** For each of `side` samples, the two of `size` pixels that it lies between, and the weight of the higher one. */
function neighbors(size: number, start: number, extent: number, side: number) {
  return Array.from({ length: side }, (_, i) => {
    const position = start * size + ((i + 0.5) * extent * size) / side - 0.5;
    return between(Math.min(size - 1, Math.max(0, position)), size);
  });
}

interface Neighbors {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

function sampled(
  { pixels, size, channels }: BytePicture,
  row: Neighbors,
  column: Neighbors,
  channel: number,
): number {
  const pixel = (y: number, x: number) => pixels[(y * size + x) * channels + channel] as number;
  const upper = mix(pixel(row.low, column.low), pixel(row.low, column.high), column.share);
  const lower = mix(pixel(row.high, column.low), pixel(row.high, column.high), column.share);
  return mix(upper, lower, row.share);
}

function between(position: number, size: number): Neighbors {
  const low = Math.floor(position);
  return { low, high: Math.min(low + 1, size - 1), share: position - low };
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

const jitterSteps: Readonly<Record<JitterOperation, (picture: UnitPicture, jitter: Jitter) => void>> = {
  brightness: (picture, { brightness }) => everyNumber(picture, (x) => brighten(x, brightness)),
  contrast: (picture, { contrast }) => {
    const mean = meanGray(picture);
    everyNumber(picture, (x) => awayFrom(mean, x, contrast));
  },
  saturation: (picture, { saturation }) =>
    everyColor(picture, (color) => {
      const gray = grayOf(color);
      const [red, green, blue] = color;
      return [
        awayFrom(gray, red, saturation),
        awayFrom(gray, green, saturation),
        awayFrom(gray, blue, saturation),
      ];
    }),
  hue: (picture, { hue, hueSpace }) =>
    everyColor(picture, (color) => (hueSpace === "hsv" ? turnHue : turnHueInYiq)(color, hue)),
};

function jitter(picture: UnitPicture, drawn: Jitter): void {
  for (const operation of drawn.order) jitterSteps[operation](picture, drawn);
}

function decolor(picture: UnitPicture): void {
  everyColor(picture, (color) => {
    const gray = clampUnit(grayOf(color));
    return [gray, gray, gray];
  });
}

function meanGray({ pixels, channels }: UnitPicture): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += channels) {
    sum += channels === 1 ? (pixels[at] as number) : grayOf(colorAt(pixels, at));
  }
  return (sum * channels) / pixels.length;
}

function everyNumber({ pixels }: UnitPicture, change: (x: number) => number): void {
  for (let at = 0; at < pixels.length; at++) pixels[at] = change(pixels[at] as number);
}

function everyColor({ pixels, channels }: UnitPicture, change: (color: Color) => Color): void {
  if (channels === 1) return;
  for (let at = 0; at < pixels.length; at += 3) pixels.set(change(colorAt(pixels, at)), at);
}

function colorAt(pixels: Float32Array, at: number): Color {
  return [pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number];
}

/**
 * Blurs with a Gaussian along rows, then along columns, cut off at `radius`. Beyond the border the outermost pixels
 * repeat.
 */
export function blur(
  picture: UnitPicture,
  { sigma, radius }: NonNullable<ViewParameters["blur"]>,
): UnitPicture {
  const kernel = blurWeights({ sigma, radius });
  return blurAlong(blurAlong(picture, kernel, "rows"), kernel, "columns");
}

/** Returns the weights of a blur, with zeros around them where `reach` is larger than its radius. */
export function blurWeights(
  { sigma, radius }: NonNullable<ViewParameters["blur"]>,
  reach = radius,
): readonly number[] {
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.abs(i - reach) > radius ? 0 : Math.exp(-0.5 * ((i - reach) / sigma) ** 2),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function blurAlong(
  { pixels, size, channels }: UnitPicture,
  kernel: readonly number[],
  along: "rows" | "columns",
): UnitPicture {
  const radius = (kernel.length - 1) / 2;
  const blurred = new Float32Array(pixels.length);
  const inside = (place: number) => Math.min(size - 1, Math.max(0, place));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0;
        kernel.forEach((weight, i) => {
          const offset = i - radius;
          const pixel = along === "rows" ? y * size + inside(x + offset) : inside(y + offset) * size + x;
          sum += weight * (pixels[pixel * channels + channel] as number);
        });
        blurred[(y * size + x) * channels + channel] = sum;
      }
    }
  }
  return { pixels: blurred, size, channels };
}

/** Mirrors the rows in place. */
export function flip({ pixels, size, channels }: UnitPicture): void {
  const row = new Float32Array(size * channels);
  for (let start = 0; start < pixels.length; start += row.length) {
    row.set(pixels.subarray(start, start + row.length));
    for (let x = 0; x < size; x++) {
      const mirrored = (size - 1 - x) * channels;
      pixels.set(row.subarray(mirrored, mirrored + channels), start + x * channels);
    }
  }
}
