/**
 * Converts JPEG's luma and chroma planes to RGB as libjpeg does (JFIF's matrix in 16 fractional bits, chroma interpolated by
 * a triangle), which gives exactly the pixels that browsers decode.
 */

/** Numbers of pixel columns and rows that share a chroma sample. */
export interface Subsampling {
  readonly columns: 1 | 2;
  readonly rows: 1 | 2;
}

export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly stride: number;
  readonly samples: Uint8Array;
}

const BITS = 16;
const HALF = 1 << (BITS - 1);
const fixed = (x: number) => Math.floor(x * (1 << BITS) + 0.5);
const table = (of: (chroma: number) => number) => Int32Array.from({ length: 256 }, (_, i) => of(i - 128));
const redOfCr = table((cr) => (fixed(1.402) * cr + HALF) >> BITS);
const blueOfCb = table((cb) => (fixed(1.772) * cb + HALF) >> BITS);
const greenOfCr = table((cr) => -fixed(0.71414) * cr);
const greenOfCb = table((cb) => -fixed(0.34414) * cb + HALF);

/** Like libjpeg, does not interpolate narrower planes along rows. */
const LEAST_INTERPOLATED = 3;

/** True if `toRgb` matches libjpeg for planes of this width. */
export const isInterpolated = (chromaWidth: number, { columns }: Subsampling) =>
  columns === 1 || chromaWidth >= LEAST_INTERPOLATED;

/** Returns RGB bytes [height, width, 3] of planes with values from 0 to 255. */
export function toRgb(luma: Plane, cb: Plane, cr: Plane, sampling: Subsampling): Uint8Array {
  const { width, height } = luma;
  const rgb = new Uint8ClampedArray(width * height * 3);
  const [blues, reds] = [new Uint8Array(2 * cb.width), new Uint8Array(2 * cr.width)];
  for (let y = 0; y < height; y++) {
    chromaRow(cb, y, sampling, blues);
    chromaRow(cr, y, sampling, reds);
    for (let x = 0, at = 3 * y * width; x < width; x++, at += 3) {
      const light = luma.samples[y * luma.stride + x] as number;
      const [blue, red] = [blues[x] as number, reds[x] as number];
      rgb[at] = light + (redOfCr[red] as number);
      rgb[at + 1] = light + (((greenOfCb[blue] as number) + (greenOfCr[red] as number)) >> BITS);
      rgb[at + 2] = light + (blueOfCb[blue] as number);
    }
  }
  return new Uint8Array(rgb.buffer);
}

/** A row of chroma at the width of the pixels. */
function chromaRow(plane: Plane, y: number, { columns, rows }: Subsampling, into: Uint8Array): void {
  const { width, height, stride, samples } = plane;
  const row = rows === 1 ? y : y >> 1;
  // Of two rows of pixels, the upper one uses the row of samples above, the lower one that below.
  const other = rows === 1 ? row : Math.min(height - 1, Math.max(0, row + (y % 2 === 0 ? -1 : 1)));
  const sample = (x: number) => samples[row * stride + x] as number;
  if (columns === 1) {
    for (let x = 0; x < width; x++) into[x] = sample(x);
    return;
  }
  // In quarters along rows; with two rows, whose sums are quarters themselves, in sixteenths.
  const at = rows === 1 ? sample : (x: number) => 3 * sample(x) + (samples[other * stride + x] as number);
  const shift = rows === 1 ? 2 : 4;
  const [left, right] = rows === 1 ? [1, 2] : [8, 7];
  for (let x = 0; x < width; x++) {
    const here = at(x);
    into[2 * x] = x === 0 ? edge(here, shift, left) : (3 * here + at(x - 1) + left) >> shift;
    into[2 * x + 1] = x === width - 1 ? edge(here, shift, right) : (3 * here + at(x + 1) + right) >> shift;
  }
}

/** At the ends of a row, one neighbor is missing. */
const edge = (here: number, shift: number, rounding: number) =>
  shift === 2 ? here : (4 * here + rounding) >> shift;
