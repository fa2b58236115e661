import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { pixelBytes, type Strides } from "../layout";
import type { Taps } from "./convolution";

/** For each tap, input channel and output channel, the sum over all places of what lies at the tap times the output's gradient. */
export interface FilterGradient {
  readonly batch: number;
  /** Places of each image. */
  readonly rows: number;
  readonly columns: number;
  readonly blocksIn: number;
  readonly channelsIn: number;
  readonly blocksOut: number;
  /** What is read at the first tap, from place to place. */
  readonly x: Strides;
  readonly dy: Strides;
  readonly taps: Taps;
  /** Parts of the batch that are summed by themselves, so that threads have enough to share. */
  readonly parts: number;
}

/** Input channels whose sums are kept in registers at once, for a whole row of taps. */
function channelsTogether({ taps, channelsIn }: FilterGradient): number {
  const most = Math.max(1, Math.floor(6 / taps.columns));
  for (let count = Math.min(most, channelsIn); count > 1; count--) if (channelsIn % count === 0) return count;
  return 1;
}

/** What threads share: rows of taps for some input channels and eight output channels, over one part of the batch. */
export function gradientItems(spec: FilterGradient): number {
  const { parts, blocksOut, blocksIn, channelsIn, taps } = spec;
  return parts * blocksOut * blocksIn * (channelsIn / channelsTogether(spec)) * taps.rows;
}

/** Takes x, dy, the parts [parts, block out, block in, tap, channel, 8], and items from the one up to the other. */
export function filterGradientKernel(module: ModuleWriter, spec: FilterGradient): number {
  return module.once(`filter gradient ${JSON.stringify(spec)}`, () =>
    module.define([I32, I32, I32, I32, I32], (f, given) => {
      writeItems(f, spec, given as [Local, Local, Local, Local, Local]);
    }),
  );
}

function writeItems(
  f: FunctionWriter,
  spec: FilterGradient,
  [x, dy, out, from, to]: [Local, Local, Local, Local, Local],
): void {
  const { batch, parts, blocksOut, blocksIn, channelsIn, taps } = spec;
  const together = channelsTogether(spec);
  const [item, rest, xStart, dyStart, first, last, target] = f.manyLocals(I32, 7) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const tapBytes = channelsIn * pixelBytes;
  f.range(item, from, to, () => {
    f.get(item).set(rest);
    f.get(x).i32(spec.x.start).add().set(xStart);
    f.get(dy).i32(spec.dy.start).add().set(dyStart);
    f.get(out).set(target);
    /** Takes the innermost part of what is left of the item's number, and moves pointers by it. */
    const take = (count: number, ...moves: readonly (readonly [Local, number])[]) => {
      for (const [pointer, bytes] of moves) {
        f.get(rest).i32(count).remainder().i32(bytes).mul().get(pointer).add().set(pointer);
      }
      f.get(rest).i32(count).divide().set(rest);
    };
    take(taps.rows, [xStart, taps.rowStep], [target, taps.columns * tapBytes]);
    take(channelsIn / together, [xStart, 4 * together], [target, together * pixelBytes]);
    take(blocksIn, [xStart, spec.x.block], [target, taps.rows * taps.columns * tapBytes]);
    take(blocksOut, [dyStart, spec.dy.block], [target, blocksIn * taps.rows * taps.columns * tapBytes]);
    f.get(rest)
      .i32(blocksOut * blocksIn * taps.rows * taps.columns * tapBytes)
      .mul()
      .get(target)
      .add()
      .set(target);
    f.get(rest).i32(batch).mul().i32(parts).divide().set(first);
    f.get(rest).i32(1).add().i32(batch).mul().i32(parts).divide().set(last);
    writeTile(f, spec, { xStart, dyStart, first, last, target });
  });
}

interface Tile {
  readonly xStart: Local;
  readonly dyStart: Local;
  readonly first: Local;
  readonly last: Local;
  readonly target: Local;
}

function writeTile(
  f: FunctionWriter,
  spec: FilterGradient,
  { xStart, dyStart, first, last, target }: Tile,
): void {
  const { taps, channelsIn } = spec;
  const together = channelsTogether(spec);
  const sums = Array.from({ length: taps.columns * together }, (_, i) => ({
    offset: Math.floor(i / together) * taps.columnStep + 4 * (i % together),
    target: (Math.floor(i / together) * channelsIn + (i % together)) * pixelBytes,
    vectors: f.manyLocals(V128, 2) as [Local, Local],
  }));
  const gradient = f.manyLocals(V128, 2) as [Local, Local];
  const value = f.local(V128);
  const [image, xRow, dyRow, xAt, dyAt] = f.manyLocals(I32, 5) as [Local, Local, Local, Local, Local];
  for (const { vectors } of sums) for (const vector of vectors) f.zeroV().set(vector);
  // Offsets of loads are not negative: a step backwards starts at its end.
  const shift = Math.min(0, ...sums.map(({ offset }) => offset));
  f.range(image, first, last, () => {
    f.get(image).i32(spec.x.image).mul().get(xStart).add().i32(shift).add().set(xRow);
    f.get(image).i32(spec.dy.image).mul().get(dyStart).add().set(dyRow);
    f.times(spec.rows, () => {
      f.get(xRow).set(xAt).get(dyRow).set(dyAt);
      f.times(spec.columns, () => {
        gradient.forEach(
          (half, i) =>
            void f
              .get(dyAt)
              .loadV(16 * i)
              .set(half),
        );
        for (const { offset, vectors } of sums) {
          f.get(xAt)
            .loadSplat(offset - shift)
            .set(value);
          vectors.forEach((sum, i) => {
            f.get(value)
              .get(gradient[i as 0 | 1])
              .get(sum)
              .multiplyAdd()
              .set(sum);
          });
        }
        f.advance(xAt, spec.x.pixel).advance(dyAt, spec.dy.pixel);
      });
      f.advance(xRow, spec.x.row).advance(dyRow, spec.dy.row);
    });
  });
  for (const { target: at, vectors } of sums) {
    vectors.forEach(
      (sum, i) =>
        void f
          .get(target)
          .get(sum)
          .storeV(at + 16 * i),
    );
  }
  f.release(V128, value, ...gradient, ...sums.flatMap(({ vectors }) => vectors));
  f.release(I32, image, xRow, dyRow, xAt, dyAt);
}
