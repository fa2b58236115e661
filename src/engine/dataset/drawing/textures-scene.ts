import type { DrawnDifficulty } from "../../../protocol/dataset";
import type { Random } from "../../math/random";
import { type Address, type Color, Draws, drawColors, type Point } from "./draws";
import { betweenInLogarithm, cosineOfTurns, portableNormals, sineOfTurns } from "./portable-math";

/** Lengths are in sixteenths of the image's side, angles in turns. */

/** The height of a pattern at (u, v), in periods: positive on the foreground, and 0 on its edge. */
type Height = (u: number, v: number) => number;

export interface TextureClass {
  readonly name: string;
  readonly height: Height;
  /** Its usual angle. */
  readonly turns: number;
  /** Its period as a multiple of the drawn one. */
  readonly stretch: number;
  /** Circles run round a center; others along two axes. */
  readonly round?: true;
}

/** The sawtooth t − ⌊t⌋ − ½. */
function sawtooth(t: number): number {
  return t - Math.floor(t) - 0.5;
}

/** Positive on half of each period. */
const bars = (t: number) => 0.25 - Math.abs(sawtooth(t));

const stripes: Height = (u) => bars(u);

const checks: Height = (u, v) => {
  const s = bars(u);
  const t = bars(v);
  const nearest = Math.min(Math.abs(s), Math.abs(t));
  return s * t < 0 ? -nearest : nearest;
};

const waves: Height = (u, v) => bars(u + 0.25 * sineOfTurns(v));

const DOT_RADIUS = 0.31;
const dots: Height = (u, v) => {
  const x = sawtooth(u);
  const y = sawtooth(v);
  return DOT_RADIUS - Math.sqrt(x * x + y * y);
};

/** In the order of their labels. Never change it: the class of an image is its index modulo ten. */
export const textures: readonly TextureClass[] = [
  { name: "stripes 0°", height: stripes, turns: 0, stretch: 1 },
  { name: "stripes 30°", height: stripes, turns: 1 / 12, stretch: 1 },
  { name: "stripes 60°", height: stripes, turns: 1 / 6, stretch: 1 },
  { name: "stripes 90°", height: stripes, turns: 1 / 4, stretch: 1 },
  { name: "checks 0°", height: checks, turns: 0, stretch: 1.2 },
  { name: "checks 45°", height: checks, turns: 1 / 8, stretch: 1.2 },
  { name: "waves 0°", height: waves, turns: 0, stretch: 1.2 },
  { name: "waves 90°", height: waves, turns: 1 / 4, stretch: 1.2 },
  { name: "dots", height: dots, turns: 0, stretch: 1.2 },
  { name: "circles", height: stripes, turns: 0, stretch: 1, round: true },
];

/** Ranges of what says nothing about the class, with the names and values of docs/textures.md. */
export interface TextureNuisances {
  /** Shortest and longest period; whole numbers. */
  readonly periods: readonly [number, number];
  /** Largest turn from the class's angle, in degrees. */
  readonly turn: number;
  /** Amplitude of each of the warp's waves. */
  readonly warp: number;
  /** Standard deviation of the pixel noise. */
  readonly noise: number;
}

export const textureNuisances: Readonly<Record<DrawnDifficulty, TextureNuisances>> = {
  easy: { periods: [3, 6], turn: 8, warp: 0.35, noise: 0.03 },
  normal: { periods: [3, 7], turn: 12, warp: 0.6, noise: 0.05 },
  hard: { periods: [3, 8], turn: 14, warp: 0.9, noise: 0.08 },
};

/** A plane wave: sin 2π(direction · position / period + phase). */
export interface Wave {
  /** Direction / period. */
  readonly frequency: Point;
  readonly phase: number;
}

/** The random properties of one image, all independent of its class. */
export interface TextureScene {
  /** Before the class's stretch. */
  readonly period: number;
  /** Turn from the class's angle, in turns. */
  readonly turn: number;
  readonly phases: Point;
  readonly center: Point;
  /** Displacement of the points along each axis: amplitude times the sum of two waves. */
  readonly warp: { readonly amplitude: number; readonly waves: readonly [readonly Wave[], readonly Wave[]] };
  /** Colors on either side of the first edge. */
  readonly colors: readonly [Pair, Pair];
  readonly edges: {
    /** Direction of the first edge's normal, as (cos, sin); the second edge is perpendicular to it. */
    readonly direction: Point;
    readonly positions: Point;
    /** Whether foreground and background change places in three of the four regions: both sides, first only, second only. */
    readonly inverted: readonly [boolean, boolean, boolean];
  };
}

interface Pair {
  readonly foreground: Color;
  readonly background: Color;
}

/** Random streams of one image, as of Shapes: each part of a scene has its own. Color attempts count up. */
const Stream = { pose: 0, warp: 1, edges: 2, noise: 3, colors: 16, otherColors: 0x1_0000 } as const;

const LARGEST_CENTER = 6;
const WARP_PERIODS = [14, 26] as const;
const SMALLEST_CONTRAST = 0.35;
const LARGEST_EDGE = 5;

function drawWave(draws: Draws): Wave {
  const [cos, sin] = draws.direction();
  const period = draws.between(...WARP_PERIODS);
  return { frequency: [cos / period, sin / period], phase: draws.between(0, 1) };
}

/** Draws every property of one image except its class and pixel noise. */
export function drawTextureScene(random: Random, address: Address, limits: TextureNuisances): TextureScene {
  const pose = new Draws(random, address, Stream.pose, 6);
  const [shortest, longest] = limits.periods;
  const period = betweenInLogarithm(shortest, longest, pose.between(0, 1));
  const turn = pose.around(limits.turn) / 360;
  const phases: Point = [pose.between(0, 1), pose.between(0, 1)];
  const center: Point = [pose.around(LARGEST_CENTER), pose.around(LARGEST_CENTER)];

  const warp = new Draws(random, address, Stream.warp, 12);
  const across = [drawWave(warp), drawWave(warp)];
  const upward = [drawWave(warp), drawWave(warp)];

  const edges = new Draws(random, address, Stream.edges, 6);
  const direction = edges.direction();
  const positions: Point = [edges.around(LARGEST_EDGE), edges.around(LARGEST_EDGE)];
  const bit = () => edges.between(0, 1) < 0.5;

  return {
    period,
    turn,
    phases,
    center,
    warp: { amplitude: limits.warp, waves: [across, upward] },
    colors: [
      drawColors(random, address, Stream.colors, SMALLEST_CONTRAST),
      drawColors(random, address, Stream.otherColors, SMALLEST_CONTRAST),
    ],
    edges: { direction, positions, inverted: [bit(), bit(), bit()] },
  };
}

/** The direction of the class's pattern in this scene, as (cos, sin). */
export function directionOf({ turns }: TextureClass, { turn }: TextureScene): Point {
  return [cosineOfTurns(turns + turn), sineOfTurns(turns + turn)];
}

/** Draws the noise of every channel of every pixel from N(0, 1). */
export function drawTextureNoise(random: Random, { part, index }: Address, count: number): Float64Array {
  return portableNormals(random, count, index, part, Stream.noise);
}
