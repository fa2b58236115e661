/**
 * Resizes square images in plain arithmetic, so that results are equal on every machine (canvas
 * resampling differs between browsers and GPUs). In: RGBA rows. Out: RGB bytes [size, size, 3].
 */

/** Assignment of the pixels of a longer line to the cells of a shorter one. */
interface Cells {
  /** The cell in which each pixel begins. */
  readonly first: Uint16Array;
  /** Fraction of each pixel in that cell; the rest is in the next one. */
  readonly share: Float64Array;
}

function cellsOf(side: number, size: number): Cells {
  const first = new Uint16Array(side);
  const share = new Float64Array(side);
  for (let pixel = 0; pixel < side; pixel++) {
    const cell = Math.floor((pixel * size) / side);
    // The next cell's border, in pixels from the start of this one.
    const border = ((cell + 1) * side) / size - pixel;
    first[pixel] = cell;
    share[pixel] = Math.min(border, 1);
  }
  return { first, share };
}

export interface Shrinker {
  /** Pixels per side of the source images. */
  readonly side: number;
  /** Call before an image's first row. */
  start(): void;
  /** Adds the next row from the top: `side` RGBA pixels, starting at byte `at`. */
  addRow(rgba: Uint8ClampedArray, at: number): void;
  /** Call after `side` rows. */
  finish(into: Uint8Array): void;
}

/**
 * Mean over areas, side ≥ size: every source pixel is weighted by the area it covers. Takes rows one by one after
 * `start`; a shrinker can be reused for further images.
 */
export function createShrinker(side: number, size: number): Shrinker {
  const { first, share } = cellsOf(side, size);
  // One extra cell for the zero fractions beyond the last one.
  const line = new Float64Array((size + 1) * 3);
  const sums = new Float64Array((size + 1) * size * 3);
  const area = (side / size) ** 2;
  let y = 0;
  return {
    side,
    start() {
      sums.fill(0);
      y = 0;
    },
    addRow(rgba, at) {
      gatherLine(rgba, at, side, first, share, line);
      const row = (first[y] as number) * size * 3;
      const weight = share[y] as number;
      addLine(line, size * 3, weight, sums, row);
      if (weight < 1) addLine(line, size * 3, 1 - weight, sums, row + size * 3);
      y++;
    },
    finish(into) {
      for (let i = 0; i < size * size * 3; i++) into[i] = Math.floor((sums[i] as number) / area + 0.5);
    },
  };
}

/** Sums of a row over each cell, [size + 1, 3]. */
function gatherLine(
  rgba: Uint8ClampedArray,
  at: number,
  side: number,
  first: Uint16Array,
  share: Float64Array,
  line: Float64Array,
): void {
  line.fill(0);
  for (let x = 0; x < side; x++) {
    const from = at + 4 * x;
    const red = rgba[from] as number;
    const green = rgba[from + 1] as number;
    const blue = rgba[from + 2] as number;
    const inside = share[x] as number;
    const to = (first[x] as number) * 3;
    line[to] = (line[to] as number) + inside * red;
    line[to + 1] = (line[to + 1] as number) + inside * green;
    line[to + 2] = (line[to + 2] as number) + inside * blue;
    // Most pixels lie in one cell, with nothing left for the next.
    if (inside === 1) continue;
    line[to + 3] = (line[to + 3] as number) + (1 - inside) * red;
    line[to + 4] = (line[to + 4] as number) + (1 - inside) * green;
    line[to + 5] = (line[to + 5] as number) + (1 - inside) * blue;
  }
}

function addLine(line: Float64Array, length: number, weight: number, sums: Float64Array, to: number): void {
  for (let i = 0; i < length; i++) sums[to + i] = (sums[to + i] as number) + weight * (line[i] as number);
}

/** Bilinear interpolation between pixel centers, side ≤ size; outside the outermost ones the edge repeats. */
export function enlarge(rgba: Uint8ClampedArray, side: number, size: number, into: Uint8Array): void {
  const last = side - 1;
  const place = (i: number) => {
    const position = Math.min(Math.max(((i + 0.5) * side) / size - 0.5, 0), last);
    const low = Math.floor(position);
    return { low, high: Math.min(low + 1, last), t: position - low };
  };
  let at = 0;
  for (let row = 0; row < size; row++) {
    const y = place(row);
    for (let column = 0; column < size; column++) {
      const x = place(column);
      for (let channel = 0; channel < 3; channel++) {
        const value = (yy: number, xx: number) => rgba[(yy * side + xx) * 4 + channel] as number;
        const upper = value(y.low, x.low) + x.t * (value(y.low, x.high) - value(y.low, x.low));
        const lower = value(y.high, x.low) + x.t * (value(y.high, x.high) - value(y.high, x.low));
        into[at++] = Math.floor(upper + y.t * (lower - upper) + 0.5);
      }
    }
  }
}
