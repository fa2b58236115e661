/**
 * Square images brought to another size in plain arithmetic, so that they come out alike on every machine (canvas
 * resampling differs between browsers and GPUs). In: RGBA rows. Out: RGB bytes [size, size, 3].
 */

/** How the pixels of a longer line fall into the cells of a shorter one. */
interface Cells {
  /** Cell in which each pixel begins. */
  readonly first: Uint16Array;
  /** Share of each pixel in that cell; the rest lies in the next one. */
  readonly share: Float64Array;
}

function cellsOf(side: number, size: number): Cells {
  const first = new Uint16Array(side);
  const share = new Float64Array(side);
  for (let pixel = 0; pixel < side; pixel++) {
    const cell = Math.floor((pixel * size) / side);
    // The next cell's border, in pixels from this one's beginning.
    const border = ((cell + 1) * side) / size - pixel;
    first[pixel] = cell;
    share[pixel] = Math.min(border, 1);
  }
  return { first, share };
}

export interface Shrinker {
  /** The next row from the top: `side` RGBA pixels, beginning at byte `at`. */
  addRow(rgba: Uint8ClampedArray, at: number): void;
  /** After `side` rows. */
  finish(into: Uint8Array): void;
}

/** Mean over areas, side ≥ size: every source pixel counts as much as it covers. Takes rows as they come. */
export function createShrinker(side: number, size: number): Shrinker {
  const cells = cellsOf(side, size);
  const line = new Float64Array((size + 1) * 3);
  const sums = new Float64Array((size + 1) * size * 3);
  let y = 0;

  const addLine = (row: number, weight: number) => {
    const from = row * size * 3;
    for (let i = 0; i < size * 3; i++)
      sums[from + i] = (sums[from + i] as number) + weight * (line[i] as number);
  };

  return {
    addRow(rgba, at) {
      line.fill(0);
      for (let x = 0; x < side; x++) {
        const share = cells.share[x] as number;
        const to = (cells.first[x] as number) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const value = rgba[at + 4 * x + channel] as number;
          line[to + channel] = (line[to + channel] as number) + share * value;
          // Most pixels lie in one cell: nothing is left for the next one.
          if (share < 1) line[to + 3 + channel] = (line[to + 3 + channel] as number) + (1 - share) * value;
        }
      }
      const share = cells.share[y] as number;
      const row = cells.first[y] as number;
      addLine(row, share);
      if (share < 1) addLine(row + 1, 1 - share);
      y++;
    },
    finish(into) {
      const area = (side / size) ** 2;
      for (let i = 0; i < size * size * 3; i++) into[i] = Math.floor((sums[i] as number) / area + 0.5);
    },
  };
}

/** Bilinear, side ≤ size, between pixel centres; beyond the outermost ones the edge repeats. */
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
