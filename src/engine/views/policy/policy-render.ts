import type { UnitPicture } from "../picture";
import { awayFrom, brighten, type Color, grayOf } from "../pointwise";
import type { PolicyStep } from "./policy";

/**
 * Portable rendering of the operations of a policy, after PIL and AutoAugment's code, but on numbers in [0, 1]
 * instead of bytes. Rotation, shear and translation interpolate, where PIL takes the nearest pixel. Only `posterize`,
 * `solarize` and `equalize` round to bytes.
 */

/** The color of pixels that come from outside the image. */
const fill = 0.5;

/** The byte nearest to a number in [0, 1]. */
const byteOf = (x: number) => Math.floor(255 * x + 0.5);

/** Applies one step. Returns a new picture, or the same one if nothing changes. */
export function applyPolicyStep(picture: UnitPicture, { operation, strength }: PolicyStep): UnitPicture {
  const center = picture.size / 2;
  switch (operation) {
    case "identity":
      return picture;
    case "invert":
      return everyNumber(picture, (x) => 1 - x);
    case "posterize":
      return everyNumber(picture, (x) => (Math.floor(byteOf(x) / strength) * strength) / 255);
    case "solarize":
      return everyNumber(picture, (x) => (255 * x >= strength - 0.5 ? 1 - x : x));
    case "brightness":
      return everyNumber(picture, (x) => brighten(x, 1 + strength));
    case "contrast": {
      const mean = meanGray(picture);
      return everyNumber(picture, (x) => awayFrom(mean, x, 1 + strength));
    }
    case "color":
      return fromGray(picture, 1 + strength);
    case "sharpness":
      return fromSmooth(picture, 1 + strength);
    case "autoContrast":
      return everyChannel(picture, stretched);
    case "equalize":
      return everyChannel(picture, equalized);
    case "rotate": {
      const [cosine, sine] = [Math.cos(strength), Math.sin(strength)];
      return moved(picture, (x, y) => [
        center + cosine * (x - center) - sine * (y - center),
        center + sine * (x - center) + cosine * (y - center),
      ]);
    }
    case "shearX":
      return moved(picture, (x, y) => [x + strength * y, y]);
    case "shearY":
      return moved(picture, (x, y) => [x, y + strength * x]);
    case "translateX":
      return moved(picture, (x, y) => [x + strength * picture.size, y]);
    case "translateY":
      return moved(picture, (x, y) => [x, y + strength * picture.size]);
    default:
      return operation satisfies never;
  }
}

function everyNumber({ pixels, size, channels }: UnitPicture, change: (x: number) => number): UnitPicture {
  return { pixels: pixels.map(change), size, channels };
}

/** @param mapOf returns the map for a channel, given all its numbers */
function everyChannel(
  { pixels, size, channels }: UnitPicture,
  mapOf: (numbers: Float32Array) => (x: number) => number,
): UnitPicture {
  const changed = new Float32Array(pixels.length);
  for (let channel = 0; channel < channels; channel++) {
    const numbers = pixels.filter((_, at) => at % channels === channel);
    const map = mapOf(numbers);
    numbers.forEach((x, i) => {
      changed[i * channels + channel] = map(x);
    });
  }
  return { pixels: changed, size, channels };
}

/** Maps the darkest number to 0 and the lightest to 1, linearly. */
function stretched(numbers: Float32Array): (x: number) => number {
  const least = numbers.reduce((a, b) => Math.min(a, b), 1);
  const most = numbers.reduce((a, b) => Math.max(a, b), 0);
  return (x) => (most > least ? (x - least) / (most - least) : x);
}

/**
 * Maps a byte to the share of darker pixels among those that are not the lightest. PIL uses integer division, which
 * leaves images of 16 pixels per side unchanged.
 */
function equalized(numbers: Float32Array): (x: number) => number {
  const counts = new Array<number>(256).fill(0);
  for (const x of numbers) counts[byteOf(x)] = (counts[byteOf(x)] ?? 0) + 1;
  const lightest = counts.findLast((count) => count > 0) ?? 0;
  const others = numbers.length - lightest;
  let below = 0;
  const map = counts.map((count, byte) => {
    const share = others > 0 ? below / others : byte / 255;
    below += count;
    return share;
  });
  return (x) => map[byteOf(x)] ?? x;
}

const colorAt = (pixels: Float32Array, at: number) =>
  [pixels[at], pixels[at + 1], pixels[at + 2]] as unknown as Color;

const grayAt = ({ pixels, channels }: UnitPicture, at: number) =>
  channels === 1 ? (pixels[at] as number) : grayOf(colorAt(pixels, at));

function meanGray(picture: UnitPicture): number {
  const { pixels, size, channels } = picture;
  let sum = 0;
  for (let at = 0; at < pixels.length; at += channels) sum += grayAt(picture, at);
  return sum / (size * size);
}

function fromGray(picture: UnitPicture, factor: number): UnitPicture {
  const { pixels, size, channels } = picture;
  if (channels === 1) return picture;
  const changed = pixels.map((x, at) => awayFrom(grayAt(picture, at - (at % channels)), x, factor));
  return { pixels: changed, size, channels };
}

/** PIL's smoothing: the pixel has weight 5, each of its eight neighbors 1; the border is unchanged. */
function fromSmooth({ pixels, size, channels }: UnitPicture, factor: number): UnitPicture {
  const changed = pixels.map((x, at) => {
    const column = Math.floor(at / channels) % size;
    const row = Math.floor(at / (channels * size));
    if (column === 0 || row === 0 || column === size - 1 || row === size - 1) return x;
    let sum = 4 * x;
    for (const down of [-1, 0, 1]) {
      for (const across of [-1, 0, 1]) sum += pixels[at + (down * size + across) * channels] as number;
    }
    return awayFrom(sum / 13, x, factor);
  });
  return { pixels: changed, size, channels };
}

/** @param sourceOf maps a point of the new picture to its source; pixel centers are at half-integers */
function moved(
  { pixels, size, channels }: UnitPicture,
  sourceOf: (x: number, y: number) => readonly [x: number, y: number],
): UnitPicture {
  const isInside = (place: number) => place >= 0 && place < size;
  const changed = pixels.map((_, at) => {
    const [x, y] = [Math.floor(at / channels) % size, Math.floor(at / (channels * size))];
    const [across, down] = sourceOf(x + 0.5, y + 0.5);
    const [left, top] = [Math.floor(across - 0.5), Math.floor(down - 0.5)];
    const pixel = (row: number, column: number) =>
      isInside(row) && isInside(column)
        ? (pixels[(row * size + column) * channels + (at % channels)] as number)
        : fill;
    const [share, shareDown] = [across - 0.5 - left, down - 0.5 - top];
    const upper = pixel(top, left) * (1 - share) + pixel(top, left + 1) * share;
    const lower = pixel(top + 1, left) * (1 - share) + pixel(top + 1, left + 1) * share;
    return upper * (1 - shareDown) + lower * shareDown;
  });
  return { pixels: changed, size, channels };
}
