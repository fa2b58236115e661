import type { DrawnDifficulty } from "../../../protocol/dataset";
import type { Random } from "../../math/random";
import { type Address, type Color, Draws, drawColors, type Point } from "./draws";
import { cosineOfTurns, portableNormals, sineOfTurns } from "./portable-math";
import { box, disc, type SignedDistance } from "./signed-distance";

/** The random properties of one image, all independent of its class. Lengths are in units of half the image. */
export interface Scene {
  /** Position of the shape. */
  readonly center: Point;
  readonly scale: number;
  /** Direction as (cos, sin). */
  readonly rotation: Point;
  readonly foreground: Color;
  readonly background: Color;
  /** Change of the background, per channel, per unit of length along `direction`. */
  readonly gradient: { readonly direction: Point; readonly slope: Color };
  /** Gray clouds of the background: the values of a 4×4 grid, to be interpolated. */
  readonly clouds: Float64Array;
  readonly clutter: readonly Clutter[];
  /** A gray sine wave on the shape's fill. */
  readonly texture: {
    readonly amplitude: number;
    readonly direction: Point;
    /** Waves per unit of length. */
    readonly frequency: number;
    readonly phaseTurns: number;
  };
}

/** Small objects drawn behind the shape. */
export interface Clutter {
  readonly center: Point;
  readonly rotation: Point;
  readonly distance: SignedDistance;
  readonly color: Color;
}

/** Ranges of the nuisances, with the names and values of docs/shapes.md. */
export interface Nuisances {
  /** Largest displacement of the shape, per axis. */
  readonly position: number;
  readonly smallestScale: number;
  /** Strength of the clouds. */
  readonly clouds: number;
  /** Largest amplitude of the texture. */
  readonly texture: number;
  /** Largest number of clutter objects. */
  readonly clutter: number;
  /** Largest slope of the background, per channel. */
  readonly gradient: number;
}

export const nuisances: Readonly<Record<DrawnDifficulty, Nuisances>> = {
  easy: { position: 0.12, smallestScale: 0.65, clouds: 0.03, texture: 0.03, clutter: 1, gradient: 0.08 },
  normal: { position: 0.15, smallestScale: 0.6, clouds: 0.05, texture: 0.06, clutter: 2, gradient: 0.15 },
  hard: { position: 0.22, smallestScale: 0.5, clouds: 0.1, texture: 0.12, clutter: 3, gradient: 0.15 },
};

/**
 * Random streams of one image (third word of the address). Each part of a scene has its own stream, so that changing
 * one leaves the others unchanged and a scene is the same at every resolution. Color attempts count up from
 * `colors`.
 */
const Stream = { pose: 0, background: 1, clouds: 2, clutter: 3, texture: 4, noise: 5, colors: 16 } as const;

const LARGEST_SCALE = 0.8;
const LARGEST_TURN = 25 / 360;
const SMALLEST_CONTRAST = 0.25;
const CLUTTER_RADII = [0.06, 0.14] as const;
const TEXTURE_HALF_WAVES = [1.5, 4] as const;

function drawClutter(random: Random, address: Address, limit: number): Clutter[] {
  const perObject = 8;
  const draws = new Draws(random, address, Stream.clutter, 1 + limit * perObject);
  const count = Math.floor(draws.between(0, limit + 1));
  return Array.from({ length: count }, () => {
    const center: Point = [draws.around(1), draws.around(1)];
    const radius = draws.between(...CLUTTER_RADII);
    const round = draws.between(0, 1) < 0.5;
    const rotation = draws.direction();
    const color = draws.color();
    return { center, rotation, color, distance: round ? disc(radius) : box(2 * radius, 0.35 * radius) };
  });
}

/** Draws every property of one image except its class and pixel noise. */
export function drawScene(random: Random, address: Address, limits: Nuisances): Scene {
  const pose = new Draws(random, address, Stream.pose, 4);
  const center: Point = [pose.around(limits.position), pose.around(limits.position)];
  const scale = pose.between(limits.smallestScale, LARGEST_SCALE);
  const turns = pose.around(LARGEST_TURN);

  const background = new Draws(random, address, Stream.background, 4);
  const slope: Color = [
    background.around(limits.gradient),
    background.around(limits.gradient),
    background.around(limits.gradient),
  ];
  const gradient = { slope, direction: background.direction() };

  const clouds = portableNormals(random, 16, address.index, address.part, Stream.clouds);
  for (let i = 0; i < clouds.length; i++) clouds[i] = (clouds[i] as number) * limits.clouds;

  const texture = new Draws(random, address, Stream.texture, 4);
  return {
    center,
    scale,
    rotation: [cosineOfTurns(turns), sineOfTurns(turns)],
    ...drawColors(random, address, Stream.colors, SMALLEST_CONTRAST),
    gradient,
    clouds,
    clutter: drawClutter(random, address, limits.clutter),
    texture: {
      amplitude: limits.texture * texture.between(0, 1),
      direction: texture.direction(),
      frequency: texture.between(...TEXTURE_HALF_WAVES) / 2,
      phaseTurns: texture.between(0, 1),
    },
  };
}

/** Draws the noise of every channel of every pixel from N(0, 1). */
export function drawPixelNoise(random: Random, { part, index }: Address, count: number): Float64Array {
  return portableNormals(random, count, index, part, Stream.noise);
}
