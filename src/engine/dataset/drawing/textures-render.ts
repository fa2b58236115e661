import { toByte } from "./draws";
import { cosineOfTurns, sineOfTurns } from "./portable-math";
import { directionOf, type TextureClass, type TextureScene, type Wave } from "./textures-scene";

/** Lengths of a scene are in sixteenths of the image's side. */
const SIDE = 16;

function clampedShare(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

/** Draws into a block of size × size × 3 bytes. `noise` has one value per byte, `strength` is its share of full intensity. */
export type TextureRenderer = (
  scene: TextureScene,
  texture: TextureClass,
  noise: Float64Array,
  strength: number,
  into: Uint8Array,
) => void;

/**
 * A renderer of [size, size, 3] images. x points to the right, y up, the origin is the image's center; rows run from the
 * top, samples are at pixel centers. A warped pattern of two colors, which change at an edge and, in some of four regions,
 * change places.
 */
export function createTextureRenderer(size: number): TextureRenderer {
  const perUnit = size / SIDE;
  const xs = Float64Array.from({ length: size }, (_, column) => (column + 0.5) / perUnit - SIDE / 2);
  const ys = Float64Array.from({ length: size }, (_, row) => SIDE / 2 - (row + 0.5) / perUnit);
  const warps = [new Float64Array(size * size), new Float64Array(size * size)] as const;
  const columns = { sine: new Float64Array(size), cosine: new Float64Array(size) };

  /** Adds a plane wave to all points. sin(a + b) = sin a cos b + cos a sin b needs sines of columns and rows only. */
  const addWave = ({ frequency: [fx, fy], phase }: Wave, amplitude: number, into: Float64Array) => {
    for (let column = 0; column < size; column++) {
      const turns = fx * (xs[column] as number);
      columns.sine[column] = amplitude * sineOfTurns(turns);
      columns.cosine[column] = amplitude * cosineOfTurns(turns);
    }
    for (let row = 0; row < size; row++) {
      const turns = fy * (ys[row] as number) + phase;
      const sine = sineOfTurns(turns);
      const cosine = cosineOfTurns(turns);
      for (let column = 0; column < size; column++) {
        const wave = (columns.sine[column] as number) * cosine + (columns.cosine[column] as number) * sine;
        into[row * size + column] = (into[row * size + column] as number) + wave;
      }
    }
  };

  return (scene, texture, noise, strength, into) => {
    const period = scene.period * texture.stretch;
    const [cos, sin] = directionOf(texture, scene);
    const [phaseU, phaseV] = scene.phases;
    const [one, other] = scene.colors;
    const { direction, positions, inverted } = scene.edges;
    for (const axis of [0, 1] as const) {
      warps[axis].fill(0);
      for (const wave of scene.warp.waves[axis]) addWave(wave, scene.warp.amplitude, warps[axis]);
    }
    const pixels = size * size;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const x = xs[pixel % size] as number;
      const y = ys[(pixel / size) | 0] as number;
      const warpedX = x + (warps[0][pixel] as number);
      const warpedY = y + (warps[1][pixel] as number);
      let u = cos * warpedX + sin * warpedY;
      if (texture.round) {
        const dx = warpedX - scene.center[0];
        const dy = warpedY - scene.center[1];
        u = Math.sqrt(dx * dx + dy * dy);
      }
      const v = cos * warpedY - sin * warpedX;
      const height = texture.height(u / period + phaseU, v / period + phaseV);
      const covered = clampedShare(0.5 + height * period * perUnit);

      const along = direction[0] * x + direction[1] * y;
      const across = direction[0] * y - direction[1] * x;
      const first = clampedShare(0.5 + (along - positions[0]) * perUnit);
      const second = clampedShare(0.5 + (across - positions[1]) * perUnit);
      const swapped =
        (inverted[0] ? first * second : 0) +
        (inverted[1] ? first * (1 - second) : 0) +
        (inverted[2] ? (1 - first) * second : 0);
      const share = covered * (1 - swapped) + (1 - covered) * swapped;

      for (let channel = 0; channel < 3; channel++) {
        const foreground =
          (one.foreground[channel] as number) * (1 - first) + (other.foreground[channel] as number) * first;
        const background =
          (one.background[channel] as number) * (1 - first) + (other.background[channel] as number) * first;
        const at = 3 * pixel + channel;
        into[at] = toByte(background * (1 - share) + foreground * share + strength * (noise[at] as number));
      }
    }
  };
}
