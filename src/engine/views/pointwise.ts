/**
 * Color operations on single pixels, all numbers in [0, 1]. Each clamps what it returns, as torchvision's do, so
 * that the order of a color jitter matters.
 */
export type Color = readonly [red: number, green: number, blue: number];

export function clampUnit(x: number): number {
  return Math.min(1, Math.max(0, x));
}

/** Luma of ITU-R BT.601. */
export function grayOf([red, green, blue]: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

export function brighten(x: number, factor: number): number {
  return clampUnit(factor * x);
}

/** `factor` times as far from `base` as before: contrast (from the image's mean gray), saturation (from its own gray). */
export function awayFrom(base: number, x: number, factor: number): number {
  return clampUnit(factor * x + (1 - factor) * base);
}

/** NTSC's luma and two differences of color, and the way back. */
export const toYiq = [
  [0.299, 0.587, 0.114],
  [0.596, -0.274, -0.322],
  [0.211, -0.523, 0.312],
] as const;
export const fromYiq = [
  [1, 0.9561706854, 0.6214325663],
  [1, -0.2726886023, -0.646813237],
  [1, -1.1037440822, 1.7006230947],
] as const;

const dot = ([a, b, c]: Color, [x, y, z]: Color) => a * x + b * y + c * z;

/** Turns the two differences of color about the luma, which stays as long as nothing leaves [0, 1]. */
export function turnHueInYiq(color: Color, turns: number): Color {
  const [y, i, q] = [dot(toYiq[0], color), dot(toYiq[1], color), dot(toYiq[2], color)];
  const [cosine, sine] = [Math.cos(2 * Math.PI * turns), Math.sin(2 * Math.PI * turns)];
  const turned: Color = [y, cosine * i - sine * q, sine * i + cosine * q];
  const [red, green, blue] = fromYiq;
  return [clampUnit(dot(red, turned)), clampUnit(dot(green, turned)), clampUnit(dot(blue, turned))];
}

/**
 * Turns the hue of the HSV hexcone, with value and chroma as they are. 1 is the full circle: red becomes green after
 * a third. Gray has no hue and stays.
 */
export function turnHue(color: Color, turns: number): Color {
  const [red, green, blue] = color;
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (chroma === 0) return color;
  const sextant =
    value === red
      ? (green - blue) / chroma
      : value === green
        ? 2 + (blue - red) / chroma
        : 4 + (red - green) / chroma;
  const hue = sextant + 6 * turns;
  const component = (n: number) => {
    const shifted = (n + hue) / 6;
    const k = 6 * (shifted - Math.floor(shifted));
    return clampUnit(value - chroma * Math.max(0, Math.min(k, 4 - k, 1)));
  };
  return [component(5), component(3), component(1)];
}

/**
 * Inverts what is bright. For bytes the threshold 0.5 is torchvision's 128/255: there is none in between; and at 0.5
 * itself the inversion changes nothing, so rounding on a GPU cannot show.
 */
export function solarize(x: number): number {
  return x < 0.5 ? x : 1 - x;
}
