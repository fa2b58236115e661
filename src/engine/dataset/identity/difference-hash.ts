import { type ImageSet, imageBytes } from "../dataset";

/**
 * Difference hashes of images: on a grid of 9 × 8 areas, each of 64 bits tells whether an area is brighter than its
 * right neighbor. Scaled, recompressed or slightly lighter copies keep nearly all bits.
 *
 * @returns two words per image, [2 · count]
 */
export function differenceHashes(set: ImageSet): Uint32Array {
  const { count, size, channels, pixels } = set;
  const bytes = imageBytes(set);
  const words = new Uint32Array(2 * count);
  const gray = new Float32Array(size * size);
  for (let image = 0; image < count; image++) {
    for (let pixel = 0; pixel < gray.length; pixel++) {
      let sum = 0;
      const at = image * bytes + pixel * channels;
      for (let channel = 0; channel < channels; channel++) sum += pixels[at + channel] as number;
      gray[pixel] = sum;
    }
    const areas = meansOf(gray, size);
    for (let bit = 0; bit < ROWS * (COLUMNS - 1); bit++) {
      const at = Math.floor(bit / (COLUMNS - 1)) * COLUMNS + (bit % (COLUMNS - 1));
      if ((areas[at] as number) > (areas[at + 1] as number)) {
        const word = 2 * image + (bit >> 5);
        words[word] = (words[word] as number) | (1 << (bit & 31));
      }
    }
  }
  return words;
}

const COLUMNS = 9;
const ROWS = 8;

/** Mean brightness over a grid of areas, whose edges are rounded to pixels; each area has at least one pixel. */
function meansOf(gray: Float32Array, size: number): Float32Array {
  const edge = (place: number, of: number) => Math.floor((place * size) / of);
  const means = new Float32Array(COLUMNS * ROWS);
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < COLUMNS; column++) {
      const [top, left] = [edge(row, ROWS), edge(column, COLUMNS)];
      const bottom = Math.max(top + 1, edge(row + 1, ROWS));
      const right = Math.max(left + 1, edge(column + 1, COLUMNS));
      let sum = 0;
      for (let y = top; y < bottom; y++)
        for (let x = left; x < right; x++) sum += gray[y * size + x] as number;
      means[row * COLUMNS + column] = sum / ((bottom - top) * (right - left));
    }
  }
  return means;
}

/** The number of bits in which two hashes differ. */
export function hashDistance(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  return (
    bitsOf((a[2 * i] as number) ^ (b[2 * j] as number)) +
    bitsOf((a[2 * i + 1] as number) ^ (b[2 * j + 1] as number))
  );
}

function bitsOf(word: number): number {
  let rest = word - ((word >>> 1) & 0x5555_5555);
  rest = (rest & 0x3333_3333) + ((rest >>> 2) & 0x3333_3333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
