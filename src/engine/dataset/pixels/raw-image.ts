import { createShrinker, enlarge, type Shrinker } from "./resize";

/** An image without an encoding: bytes [height, width, channels], gray, RGB or RGBA. */
export interface RawImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly pixels: Uint8Array;
}

/** Writes the center square of an image, at the chosen size, to `into` [size, size, 3]. */
export type RawReader = (image: RawImage, into: Uint8Array) => void;

export function createRawReader(size: number): RawReader {
  // The images of a table have one size, so the shrinker of one is reused for the next.
  let shrinker: Shrinker | undefined;
  return (image, into) => {
    const rgba = centerSquare(image);
    const side = Math.min(image.width, image.height);
    if (side < size) return enlarge(rgba, side, size, into);
    if (shrinker?.side !== side) shrinker = createShrinker(side, size);
    shrinker.start();
    for (let row = 0; row < side; row++) shrinker.addRow(rgba, 4 * side * row);
    shrinker.finish(into);
  };
}

/** Returns RGBA over white. */
function centerSquare({ width, height, channels, pixels }: RawImage): Uint8ClampedArray {
  const side = Math.min(width, height);
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  const rgba = new Uint8ClampedArray(side * side * 4).fill(255);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const from = ((top + y) * width + left + x) * channels;
      const to = (y * side + x) * 4;
      const opacity = channels === 4 ? (pixels[from + 3] as number) / 255 : 1;
      for (let channel = 0; channel < 3; channel++) {
        const value = pixels[channels === 1 ? from : from + channel] as number;
        rgba[to + channel] = opacity === 1 ? value : value * opacity + 255 * (1 - opacity);
      }
    }
  }
  return rgba;
}
