import { type ConvolutionShape, forwardLabel } from "./programs";

/** A filter row (or column) that contributes to an output row, and the input row that it multiplies. */
interface Meeting {
  readonly tap: number;
  /** The input row, relative to the first input row of the tile; may be negative. */
  readonly source: number;
}

/**
 * The common form of the forward pass and the input gradient: every output is a sum over taps and input channels,
 * out[n, y, x, c] = Σ_taps Σ_k in[n, row(y, tap), column(x, tap), k] · w[tap, k, c].
 */
export interface Gather {
  readonly label: string;
  readonly batch: number;
  readonly input: { readonly height: number; readonly width: number; readonly channels: number };
  readonly output: { readonly height: number; readonly width: number; readonly channels: number };
  readonly taps: { readonly rows: number; readonly columns: number };
  /** The period of the pattern of taps; heights and widths of output tiles must be multiples of it. */
  readonly period: number;
  /** Returns the taps that contribute to output row (or column) `at` of a tile. */
  readonly meetings: (at: number, taps: number) => readonly Meeting[];
  /** Returns the distance, in input rows (columns), from one tile of `size` output rows to the next. */
  readonly step: (size: number) => number;
  /** The index of a tap in w, and the strides of k and c. */
  readonly weight: {
    readonly tap: (row: number, column: number) => number;
    readonly k: number;
    readonly c: number;
  };
  /** True if each output channel has a bias. */
  readonly biased?: true | undefined;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Treats all pixels of all images as one long row, a matrix product, if a 1×1 filter makes each pixel independent. */
function asOneRow(shape: ConvolutionShape): ConvolutionShape {
  const { batch, height, width, kernelHeight, kernelWidth, stride, padding } = shape;
  if (kernelHeight * kernelWidth !== 1 || stride !== 1 || padding !== 0) return shape;
  const pixels = batch * height * width;
  return { ...shape, batch: 1, height: 1, width: pixels, outHeight: 1, outWidth: pixels };
}

/** The forward pass as a gather: x [n, h, w, from], filter → y [n, outHeight, outWidth, to]. */
export function forwardGather(convolution: ConvolutionShape): Gather {
  const shape = asOneRow(convolution);
  const { from, to, stride, padding } = shape;
  return {
    label: forwardLabel(shape),
    biased: shape.biased,
    batch: shape.batch,
    input: { height: shape.height, width: shape.width, channels: from },
    output: { height: shape.outHeight, width: shape.outWidth, channels: to },
    taps: { rows: shape.kernelHeight, columns: shape.kernelWidth },
    period: 1,
    meetings: (at, taps) => range(taps).map((tap) => ({ tap, source: at * stride + tap - padding })),
    step: (size) => size * stride,
    weight: { tap: (row, column) => (row * shape.kernelWidth + column) * from * to, k: to, c: 1 },
  };
}

/**
 * The input gradient as a gather: dy [n, outHeight, outWidth, to], filter → dx [n, h, w, from]. With a stride s, the taps
 * that contribute to a pixel depend on its position modulo s.
 */
export function inputGradientGather(convolution: ConvolutionShape): Gather {
  const shape = asOneRow(convolution);
  const { from, to, stride, padding } = shape;
  return {
    label: "conv2d input gradient",
    batch: shape.batch,
    input: { height: shape.outHeight, width: shape.outWidth, channels: to },
    output: { height: shape.height, width: shape.width, channels: from },
    taps: { rows: shape.kernelHeight, columns: shape.kernelWidth },
    period: stride,
    meetings: (at, taps) =>
      range(taps)
        .filter((tap) => (at + padding - tap) % stride === 0)
        .map((tap) => ({ tap, source: (at + padding - tap) / stride })),
    step: (size) => size / stride,
    weight: { tap: (row, column) => (row * shape.kernelWidth + column) * from * to, k: 1, c: to },
  };
}

/** WGSL of a conjunction, empty if there are no guards. `&&` would branch, which compiles slowly. */
export const allOf = (guards: readonly string[]): string =>
  guards
    .filter(Boolean)
    .map((guard) => `(${guard})`)
    .join(" & ");

/** Output pixels and channels that one invocation sums in registers. */
export interface Tile {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The tiles for which an input row (column) is inside the image: all, none, or some, which need a guard. */
type Inside = "all" | "none" | "some";

function inside(gather: Gather, size: number, key: "height" | "width", source: number): Inside {
  const limit = gather.input[key];
  const last = (Math.ceil(gather.output[key] / size) - 1) * gather.step(size) + source;
  if (source >= 0 && last < limit) return "all";
  return last < 0 || source >= limit ? "none" : "some";
}

/** Returns, for each row (column) of a tile of `size`, the meetings inside the image for at least one tile. */
export function meetingsInside(
  gather: Gather,
  size: number,
  key: "height" | "width",
  taps: number,
): readonly (readonly Meeting[])[] {
  return range(size).map((at) =>
    gather.meetings(at, taps).filter(({ source }) => inside(gather, size, key, source) !== "none"),
  );
}

/** The static layout of a tile: its loads, products and guards. */
export interface TileLayout {
  readonly down: number;
  readonly across: number;
  readonly channelTiles: number;
  /** Input pixels to load, relative to the tile, and the guards they need. */
  readonly patch: readonly {
    readonly row: number;
    readonly column: number;
    readonly guardRow: boolean;
    readonly guardColumn: boolean;
  }[];
  /** For each tap, the pairs of output and input pixels that it multiplies. Taps without pairs are left out. */
  readonly products: readonly {
    readonly tapRow: number;
    readonly tapColumn: number;
    readonly pairs: readonly {
      readonly y: number;
      readonly x: number;
      readonly row: number;
      readonly column: number;
    }[];
  }[];
}

export function layOut(gather: Gather, tile: Tile): TileLayout {
  const { output, taps } = gather;
  const rows = meetingsInside(gather, tile.height, "height", taps.rows);
  const columns = meetingsInside(gather, tile.width, "width", taps.columns);

  const patch = new Map<string, TileLayout["patch"][number]>();
  const products = range(taps.rows).flatMap((tapRow) =>
    range(taps.columns).map((tapColumn) => {
      const pairs = rows.flatMap((rowMeetings, y) =>
        columns.flatMap((columnMeetings, x) => {
          const row = rowMeetings.find(({ tap }) => tap === tapRow)?.source;
          const column = columnMeetings.find(({ tap }) => tap === tapColumn)?.source;
          if (row === undefined || column === undefined) return [];
          patch.set(`${row},${column}`, {
            row,
            column,
            guardRow: inside(gather, tile.height, "height", row) === "some",
            guardColumn: inside(gather, tile.width, "width", column) === "some",
          });
          return [{ y, x, row, column }];
        }),
      );
      return { tapRow, tapColumn, pairs };
    }),
  );
  return {
    down: Math.ceil(output.height / tile.height),
    across: Math.ceil(output.width / tile.width),
    channelTiles: Math.ceil(output.channels / tile.channels),
    patch: [...patch.values()].sort((a, b) => a.row - b.row || a.column - b.column),
    products: products.filter(({ pairs }) => pairs.length > 0),
  };
}
