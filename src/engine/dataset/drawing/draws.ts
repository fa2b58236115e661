import { type Random, uniform } from "../../math/random";
import { cosineOfTurns, sineOfTurns } from "./portable-math";

export type Point = readonly [number, number];
export type Color = readonly [number, number, number];

/** Address of an image: the dataset part (as a number) and the index in it. */
export interface Address {
  readonly part: number;
  readonly index: number;
}

const COLOR_RANGE = [0.05, 0.95] as const;

/** Random values in [0, 1), returned in order. */
export class Draws {
  private readonly values: readonly number[];
  private next = 0;

  constructor(random: Random, { part, index }: Address, stream: number, count: number) {
    this.values = Array.from(random.words(count, index, part, stream), uniform);
  }

  between(low: number, high: number): number {
    const value = this.values[this.next++];
    if (value === undefined) throw new RangeError("more draws than requested");
    return low + (high - low) * value;
  }

  around(range: number): number {
    return this.between(-range, range);
  }

  color(): Color {
    const [low, high] = COLOR_RANGE;
    return [this.between(low, high), this.between(low, high), this.between(low, high)];
  }

  direction(): Point {
    const turns = this.between(0, 1);
    return [cosineOfTurns(turns), sineOfTurns(turns)];
  }
}

function luma([red, green, blue]: Color): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/**
 * Draws two colors until their luma differs by at least `contrast`, so that gray images show both. Attempts use the streams
 * from `stream` on.
 */
export function drawColors(
  random: Random,
  address: Address,
  stream: number,
  contrast: number,
): { readonly foreground: Color; readonly background: Color } {
  for (let attempt = 0; ; attempt++) {
    const draws = new Draws(random, address, stream + attempt, 6);
    const foreground = draws.color();
    const background = draws.color();
    if (Math.abs(luma(foreground) - luma(background)) >= contrast) return { foreground, background };
  }
}

/** A share of full intensity as a byte, clamped. */
export function toByte(value: number): number {
  return Math.floor(255 * Math.min(Math.max(value, 0), 1) + 0.5);
}
