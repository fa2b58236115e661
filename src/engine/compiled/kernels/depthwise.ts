import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { type ImageLayout, pixelBytes, type Strides } from "../layout";
import { writeBorder } from "../loops/image-loop";
import type { Taps } from "./convolution";
import { type ConvolutionShape, forwardPass, inputGradientPasses, paritiesOf } from "./convolution-passes";

/** For each place and channel, the sum over taps of what lies there times the channel's own weight. */
export interface DepthwisePass {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly blocks: number;
  readonly x: Strides;
  readonly y: Strides;
  readonly taps: Taps;
  /** Weights lie as [block, tap, 8]: bytes from one block to the next, to the first tap, and from tap to tap. */
  readonly weights: {
    readonly block: number;
    readonly start: number;
    readonly row: number;
    readonly column: number;
  };
  readonly border?: { readonly height: number; readonly width: number; readonly border: number };
}

/** Pixels whose sums are kept in registers at once. */
const tilePixels = 4;

/** Takes x, weights, y, and the images from the one up to the other. */
export function depthwiseKernel(module: ModuleWriter, pass: DepthwisePass): number {
  return module.once(`depthwise ${JSON.stringify(pass)}`, () =>
    module.define([I32, I32, I32, I32, I32], (f, [x = 0, weights = 0, y = 0, from = 0, to = 0]) => {
      const [image, xBlock, yBlock, weight, xRow, yRow, xAt, yAt] = f.manyLocals(I32, 8) as Eight;
      f.range(image, from, to, () => {
        f.get(image).i32(pass.x.image).mul().get(x).add().i32(pass.x.start).add().set(xBlock);
        f.get(image).i32(pass.y.image).mul().get(y).add().set(yBlock);
        f.get(weights).i32(pass.weights.start).add().set(weight);
        f.times(pass.blocks, () => {
          f.get(xBlock).set(xRow).get(yBlock).i32(pass.y.start).add().set(yRow);
          f.times(pass.rows, () => {
            f.get(xRow).set(xAt).get(yRow).set(yAt);
            const tile = (size: number) => {
              writeTile(f, pass, size, { xAt, yAt, weight });
              f.advance(xAt, size * pass.x.pixel).advance(yAt, size * pass.y.pixel);
            };
            f.times(Math.floor(pass.columns / tilePixels), () => tile(tilePixels));
            if (pass.columns % tilePixels > 0) tile(pass.columns % tilePixels);
            f.advance(xRow, pass.x.row).advance(yRow, pass.y.row);
          });
          const { border } = pass;
          if (border)
            writeBorder(f, yBlock, { ...border, row: (border.width + 2 * border.border) * pixelBytes });
          f.advance(xBlock, pass.x.block).advance(yBlock, pass.y.block).advance(weight, pass.weights.block);
        });
      });
    }),
  );
}

interface Pointers {
  readonly xAt: Local;
  readonly yAt: Local;
  readonly weight: Local;
}

function writeTile(
  f: FunctionWriter,
  pass: DepthwisePass,
  size: number,
  { xAt, yAt, weight }: Pointers,
): void {
  const sums = Array.from({ length: size }, () => f.manyLocals(V128, 2) as [Local, Local]);
  const values = f.manyLocals(V128, 2) as [Local, Local];
  const [tap, at] = f.manyLocals(I32, 2) as [Local, Local];
  const { taps, weights } = pass;
  for (const sum of sums.flat()) f.zeroV().set(sum);
  f.get(xAt).set(tap).get(weight).set(at);
  f.times(taps.rows, () => {
    f.times(taps.columns, () => {
      values.forEach(
        (value, half) =>
          void f
            .get(at)
            .loadV(16 * half)
            .set(value),
      );
      sums.forEach((pair, i) => {
        pair.forEach((sum, half) => {
          f.get(tap).loadV(i * pass.x.pixel + 16 * half);
          f.get(values[half as 0 | 1])
            .get(sum)
            .multiplyAdd()
            .set(sum);
        });
      });
      f.advance(tap, taps.columnStep).advance(at, weights.column);
    });
    f.advance(tap, taps.rowStep - taps.columns * taps.columnStep);
    f.advance(at, weights.row - taps.columns * weights.column);
  });
  sums.forEach((pair, i) => {
    pair.forEach(
      (sum, half) =>
        void f
          .get(yAt)
          .get(sum)
          .storeV(i * pass.y.pixel + 16 * half),
    );
  });
  f.release(V128, ...values, ...sums.flat()).release(I32, tap, at);
}

/** A depthwise convolution is one of images whose output has the input's channels. */
export function depthwiseForward(s: ConvolutionShape, x: ImageLayout, y: ImageLayout): DepthwisePass {
  const { blocksIn, blocksOut: _, channelsIn: __, sums: ___, ...pass } = forwardPass(s, x, y, false);
  const row = s.kernelWidth * pixelBytes;
  return {
    ...pass,
    blocks: blocksIn,
    weights: { block: s.kernelHeight * row, start: 0, row, column: pixelBytes },
  };
}

/** One pass for each parity of rows and columns. */
export function depthwiseInputGradient(
  s: ConvolutionShape,
  dy: ImageLayout,
  dx: ImageLayout,
): DepthwisePass[] {
  const { rows, columns } = paritiesOf(s);
  const passes = inputGradientPasses(s, dy, dx);
  const row = s.kernelWidth * pixelBytes;
  return rows.flatMap((r, i) =>
    columns.map((c, j): DepthwisePass => {
      const {
        blocksIn,
        blocksOut: _,
        channelsIn: __,
        sums: ___,
        ...pass
      } = (passes[i * columns.length + j] as (typeof passes)[number]).pass;
      const start = (r.taps[0] ?? 0) * row + (c.taps[0] ?? 0) * pixelBytes;
      return {
        ...pass,
        blocks: blocksIn,
        weights: { block: s.kernelHeight * row, start, row: s.stride * row, column: s.stride * pixelBytes },
      };
    }),
  );
}

/** For each tap and channel, the sum over all places of what lies at the tap times the output's gradient. */
export interface DepthwiseGradient {
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly blocks: number;
  readonly x: Strides;
  readonly dy: Strides;
  readonly taps: Taps;
  /** Parts of the batch that are summed by themselves. */
  readonly parts: number;
}

/** What threads share: a row of taps of eight channels, over one part of the batch. */
export const depthwiseItems = ({ parts, blocks, taps }: DepthwiseGradient): number =>
  parts * blocks * taps.rows;

export function depthwiseFilterGradient(
  s: ConvolutionShape,
  x: ImageLayout,
  dy: ImageLayout,
): DepthwiseGradient {
  const { blocksIn, x: strides, taps, batch, rows, columns } = forwardPass(s, x, dy, false);
  const parts = Math.min(batch, Math.ceil(16 / (blocksIn * taps.rows)));
  return { batch, rows, columns, blocks: blocksIn, x: strides, dy: dy.strides, taps, parts };
}

/** Takes x, dy, the parts [parts, block, tap, 8], and items from the one up to the other. */
export function depthwiseGradientKernel(module: ModuleWriter, gradient: DepthwiseGradient): number {
  return module.once(`depthwise gradient ${JSON.stringify(gradient)}`, () =>
    module.define([I32, I32, I32, I32, I32], (f, [x = 0, dy = 0, out = 0, from = 0, to = 0]) => {
      const { batch, parts, blocks, taps, rows, columns } = gradient;
      const [item, rest, xStart, dyStart, first, last, target, image] = f.manyLocals(I32, 8) as Eight;
      const [xRow, dyRow, xAt, dyAt] = f.manyLocals(I32, 4) as [Local, Local, Local, Local];
      const sums = Array.from({ length: taps.columns }, () => f.manyLocals(V128, 2) as [Local, Local]);
      const values = f.manyLocals(V128, 2) as [Local, Local];
      f.range(item, from, to, () => {
        f.get(item)
          .i32(taps.columns * pixelBytes)
          .mul()
          .get(out)
          .add()
          .set(target);
        f.get(item).i32(taps.rows).divide().set(rest);
        f.get(item).i32(taps.rows).remainder().i32(taps.rowStep).mul();
        f.get(rest).i32(blocks).remainder().i32(gradient.x.block).mul().add();
        f.get(x).add().i32(gradient.x.start).add().set(xStart);
        f.get(rest).i32(blocks).remainder().i32(gradient.dy.block).mul();
        f.get(dy).add().i32(gradient.dy.start).add().set(dyStart);
        f.get(rest).i32(blocks).divide().set(rest);
        f.get(rest).i32(batch).mul().i32(parts).divide().set(first);
        f.get(rest).i32(1).add().i32(batch).mul().i32(parts).divide().set(last);
        for (const sum of sums.flat()) f.zeroV().set(sum);
        f.range(image, first, last, () => {
          f.get(image).i32(gradient.x.image).mul().get(xStart).add().set(xRow);
          f.get(image).i32(gradient.dy.image).mul().get(dyStart).add().set(dyRow);
          f.times(rows, () => {
            f.get(xRow).set(xAt).get(dyRow).set(dyAt);
            f.times(columns, () => {
              values.forEach(
                (value, half) =>
                  void f
                    .get(dyAt)
                    .loadV(16 * half)
                    .set(value),
              );
              sums.forEach((pair, tap) => {
                pair.forEach((sum, half) => {
                  f.get(xAt).loadV(tap * taps.columnStep + 16 * half);
                  f.get(values[half as 0 | 1])
                    .get(sum)
                    .multiplyAdd()
                    .set(sum);
                });
              });
              f.advance(xAt, gradient.x.pixel).advance(dyAt, gradient.dy.pixel);
            });
            f.advance(xRow, gradient.x.row).advance(dyRow, gradient.dy.row);
          });
        });
        sums.forEach((pair, tap) => {
          pair.forEach(
            (sum, half) =>
              void f
                .get(target)
                .get(sum)
                .storeV(tap * pixelBytes + 16 * half),
          );
        });
      });
    }),
  );
}

type Eight = [Local, Local, Local, Local, Local, Local, Local, Local];
