/**
 * Color operations on single pixels, all numbers in [0, 1]. Each clamps its result, like torchvision's, so the order
 * of a color jitter matters.
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

/**
 * Scales the distance from `base` by `factor`: contrast (base: the image's mean gray) and saturation (base: the
 * pixel's gray).
 */
export function awayFrom(base: number, x: number, factor: number): number {
  return clampUnit(factor * x + (1 - factor) * base);
}

/** RGB to NTSC's YIQ (luma and two color differences), and back. */
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

/** Rotates the hue in YIQ. The luma does not change unless a channel is clamped to [0, 1]. */
export function turnHueInYiq(color: Color, turns: number): Color {
  const [y, i, q] = [dot(toYiq[0], color), dot(toYiq[1], color), dot(toYiq[2], color)];
  const [cosine, sine] = [Math.cos(2 * Math.PI * turns), Math.sin(2 * Math.PI * turns)];
  const turned: Color = [y, cosine * i - sine * q, sine * i + cosine * q];
  const [red, green, blue] = fromYiq;
  return [clampUnit(dot(red, turned)), clampUnit(dot(green, turned)), clampUnit(dot(blue, turned))];
}

/**
 * Rotates the hue in HSV; value and chroma do not change. 1 is a full turn: a third turns red into green. Gray has no
 * hue and does not change.
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
 * Inverts numbers from 0.5 up. For bytes this threshold is equivalent to torchvision's 128/255, since no byte lies in
 * between; and inverting 0.5 itself changes nothing, so rounding on a GPU does not matter.
 */
export function solarize(x: number): number {
  return x < 0.5 ? x : 1 - x;
}
