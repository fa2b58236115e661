import { type Point, toByte } from "./draws";
import { sineOfTurns } from "./portable-math";
import type { Clutter, Scene } from "./shapes-scene";
import type { SignedDistance } from "./signed-distance";

const PIXEL_NOISE = 0.03;
const GRID = 4;
/** Keys' parameter a, at its usual value for bicubic resizing. */
const CUBIC = -0.75;

/** Weight of a grid point at a distance of |t| < 2 grid steps (Keys 1981). */
function cubicWeight(t: number): number {
  const d = Math.abs(t);
  if (d < 1) return ((CUBIC + 2) * d - (CUBIC + 3)) * d * d + 1;
  if (d < 2) return ((CUBIC * d - 5 * CUBIC) * d + 8 * CUBIC) * d - 4 * CUBIC;
  return 0;
}

/** Weights of the grid points at each pixel center: [size, GRID]. Edge points repeat outward. */
function cubicWeights(size: number): Float64Array {
  const weights = new Float64Array(size * GRID);
  for (let i = 0; i < size; i++) {
    const position = ((i + 0.5) * GRID) / size - 0.5;
    const base = Math.floor(position);
    for (let tap = base - 1; tap <= base + 2; tap++) {
      const at = i * GRID + Math.min(Math.max(tap, 0), GRID - 1);
      weights[at] = (weights[at] as number) + cubicWeight(position - tap);
    }
  }
  return weights;
}

/** Fraction of a pixel inside the shape, from a signed distance in pixels. */
function coverage(distance: number): number {
  return Math.min(Math.max(0.5 - distance, 0), 1);
}

/** A shape's distance, in pixels, at a point of the image. */
function placedDistance(
  distance: SignedDistance,
  [cx, cy]: Point,
  [cos, sin]: Point,
  scale: number,
  halfSize: number,
): SignedDistance {
  return (x, y) => {
    const dx = (x - cx) / scale;
    const dy = (y - cy) / scale;
    return distance(cos * dx + sin * dy, cos * dy - sin * dx) * scale * halfSize;
  };
}

/** Draws into a block of size × size × 3 bytes. `noise` has one value per byte. */
export type Renderer = (scene: Scene, shape: SignedDistance, noise: Float64Array, into: Uint8Array) => void;

/**
 * A renderer of [size, size, 3] images. Rows run from the top, where y = 1; samples are at pixel centers.
 * Layers, back to front: background with gradient and clouds, clutter, the shape with its texture, pixel noise.
 */
export function createRenderer(size: number): Renderer {
  const half = size / 2;
  const weights = cubicWeights(size);
  const cloudRows = new Float64Array(GRID * size);

  /** The 4×4 clouds, stretched to the image's width: [GRID, size]. */
  const stretchClouds = (clouds: Float64Array) => {
    for (let row = 0; row < GRID; row++) {
      for (let column = 0; column < size; column++) {
        let sum = 0;
        for (let tap = 0; tap < GRID; tap++) {
          sum += (clouds[row * GRID + tap] as number) * (weights[column * GRID + tap] as number);
        }
        cloudRows[row * size + column] = sum;
      }
    }
  };

  const cloudAt = (row: number, column: number) => {
    let sum = 0;
    for (let tap = 0; tap < GRID; tap++) {
      sum += (cloudRows[tap * size + column] as number) * (weights[row * GRID + tap] as number);
    }
    return sum;
  };

  const placeClutter = ({ distance, center, rotation, color }: Clutter) => ({
    color,
    distance: placedDistance(distance, center, rotation, 1, half),
  });

  return (scene, shape, noise, into) => {
    const { foreground, background, gradient, texture } = scene;
    const distance = placedDistance(shape, scene.center, scene.rotation, scene.scale, half);
    const clutter = scene.clutter.map(placeClutter);
    stretchClouds(scene.clouds);
    let at = 0;
    for (let row = 0; row < size; row++) {
      const y = 1 - (row + 0.5) / half;
      for (let column = 0; column < size; column++) {
        const x = (column + 0.5) / half - 1;
        const along = gradient.direction[0] * x + gradient.direction[1] * y;
        const cloud = cloudAt(row, column);
        let red = background[0] + gradient.slope[0] * along + cloud;
        let green = background[1] + gradient.slope[1] * along + cloud;
        let blue = background[2] + gradient.slope[2] * along + cloud;
        for (const object of clutter) {
          const share = coverage(object.distance(x, y));
          red += share * (object.color[0] - red);
          green += share * (object.color[1] - green);
          blue += share * (object.color[2] - blue);
        }
        const share = coverage(distance(x, y));
        if (share > 0) {
          const wave = texture.direction[0] * x + texture.direction[1] * y;
          const shade = texture.amplitude * sineOfTurns(texture.frequency * wave + texture.phaseTurns);
          red += share * (foreground[0] + shade - red);
          green += share * (foreground[1] + shade - green);
          blue += share * (foreground[2] + shade - blue);
        }
        into[at] = toByte(red + PIXEL_NOISE * (noise[at] as number));
        into[at + 1] = toByte(green + PIXEL_NOISE * (noise[at + 1] as number));
        into[at + 2] = toByte(blue + PIXEL_NOISE * (noise[at + 2] as number));
        at += 3;
      }
    }
  };
}
