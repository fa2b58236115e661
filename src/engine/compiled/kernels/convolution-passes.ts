import { type ImageLayout, pixelBytes, type Strides } from "../layout";
import type { TapConvolution } from "./convolution";
import type { FilterGradient } from "./filter-gradient";
import { blocksOf, channelsRead } from "./filters";

/** Everything about a convolution but its numbers. */
export interface ConvolutionShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly stride: number;
  /** Zeros above the first row, and before the first column where `left` says nothing else. */
  readonly padding: number;
  readonly left?: number;
}

const leftOf = (s: ConvolutionShape): number => s.left ?? s.padding;

export const inputExtent = ({ batch, height, width, from }: ConvolutionShape) => ({
  batch,
  height,
  width,
  channels: from,
});
export const outputExtent = ({ batch, outHeight, outWidth, to }: ConvolutionShape) => ({
  batch,
  height: outHeight,
  width: outWidth,
  channels: to,
});

/** Rows and columns of zeros that the images need around them. */
export function inputBorder(s: ConvolutionShape): number {
  const beyond = (size: number, out: number, kernel: number, padding: number) =>
    (out - 1) * s.stride + kernel - padding - size;
  return Math.max(
    s.padding,
    leftOf(s),
    beyond(s.height, s.outHeight, s.kernelHeight, s.padding),
    beyond(s.width, s.outWidth, s.kernelWidth, leftOf(s)),
  );
}

/** Taps along one axis that meet the places `first`, `first + stride`, … of the input. */
export interface Parity {
  readonly first: number;
  /** Places of the input. */
  readonly count: number;
  /** Of the filter, in order; the first meets this place of the output's gradient, the next ones those before it. */
  readonly taps: readonly number[];
  readonly offset: number;
}

/** A stride leaves each place of the input to every stride-th tap: no product is taken with zeros between gradients. */
function parities(size: number, kernel: number, stride: number, padding: number): Parity[] {
  return Array.from({ length: Math.min(stride, size) }, (_, first): Parity => {
    const start = (first + padding) % stride;
    const taps = Array.from({ length: kernel }, (__, tap) => tap).filter(
      (tap) => tap % stride === start % stride,
    );
    return {
      first,
      count: Math.ceil((size - first) / stride),
      taps,
      offset: Math.floor((first + padding) / stride),
    };
  });
}

/** Rows and columns of zeros that the output's gradient needs around it. */
export function gradientBorder(s: ConvolutionShape): number {
  const needed = (size: number, out: number, kernel: number, padding: number) =>
    parities(size, kernel, s.stride, padding).flatMap(({ count, taps, offset }) =>
      taps.length === 0 ? [] : [taps.length - 1 - offset, count - 1 + offset - (out - 1)],
    );
  return Math.max(
    0,
    ...needed(s.height, s.outHeight, s.kernelHeight, s.padding),
    ...needed(s.width, s.outWidth, s.kernelWidth, leftOf(s)),
  );
}

export const moved = (
  strides: Strides,
  layout: ImageLayout,
  step: number,
  rows: number,
  columns: number,
): Strides => ({
  ...strides,
  row: step * layout.rowBytes,
  pixel: step * pixelBytes,
  start: layout.start + rows * layout.rowBytes + columns * pixelBytes,
});

export function forwardPass(
  s: ConvolutionShape,
  x: ImageLayout,
  y: ImageLayout,
  sums: boolean,
): TapConvolution {
  const { height, width, border } = y;
  return {
    ...{ batch: s.batch, rows: s.outHeight, columns: s.outWidth, sums },
    ...{ blocksIn: x.blocks, channelsIn: channelsRead(s.from), blocksOut: y.blocks },
    x: moved(x.strides, x, s.stride, -s.padding, -leftOf(s)),
    y: y.strides,
    taps: { rows: s.kernelHeight, columns: s.kernelWidth, rowStep: x.rowBytes, columnStep: pixelBytes },
    ...(border > 0 ? { border: { height, width, border } } : {}),
  };
}

/** A part of the gradient of the input, with the taps of the filter that it takes, in the order of its weights. */
export interface BackwardPass {
  readonly pass: TapConvolution;
  readonly taps: readonly number[];
}

/** Of the rows and of the columns of the input. */
export const paritiesOf = (s: ConvolutionShape) => ({
  rows: parities(s.height, s.kernelHeight, s.stride, s.padding),
  columns: parities(s.width, s.kernelWidth, s.stride, leftOf(s)),
});

/** One convolution for each parity of rows and columns. */
export function inputGradientPasses(s: ConvolutionShape, dy: ImageLayout, dx: ImageLayout): BackwardPass[] {
  const { height, width, border } = dx;
  const { rows, columns } = paritiesOf(s);
  return rows.flatMap((row, r) =>
    columns.map((column, c): BackwardPass => {
      const taps = row.taps.flatMap((ky) => column.taps.map((kx) => ky * s.kernelWidth + kx));
      return {
        taps,
        pass: {
          ...{ batch: s.batch, rows: row.count, columns: column.count, sums: false },
          ...{ blocksIn: blocksOf(s.to), channelsIn: channelsRead(s.to), blocksOut: blocksOf(s.from) },
          x: moved(dy.strides, dy, 1, row.offset, column.offset),
          y: moved(dx.strides, dx, s.stride, row.first, column.first),
          taps: {
            rows: taps.length === 0 ? 0 : row.taps.length,
            columns: column.taps.length,
            rowStep: -dy.rowBytes,
            columnStep: -pixelBytes,
          },
          ...(border > 0 && r === 0 && c === 0 ? { border: { height, width, border } } : {}),
        },
      };
    }),
  );
}

/** Items that threads should have to share at least. */
const enoughItems = 16;

export function filterGradientPass(s: ConvolutionShape, x: ImageLayout, dy: ImageLayout): FilterGradient {
  const items =
    x.blocks *
    dy.blocks *
    s.kernelHeight *
    Math.max(1, Math.floor((channelsRead(s.from) * s.kernelWidth) / 6));
  return {
    ...{ batch: s.batch, rows: s.outHeight, columns: s.outWidth },
    ...{ blocksIn: x.blocks, channelsIn: channelsRead(s.from), blocksOut: dy.blocks },
    x: moved(x.strides, x, s.stride, -s.padding, -leftOf(s)),
    dy: dy.strides,
    taps: { rows: s.kernelHeight, columns: s.kernelWidth, rowStep: x.rowBytes, columnStep: pixelBytes },
    parts: Math.min(s.batch, Math.ceil(enoughItems / items)),
  };
}
