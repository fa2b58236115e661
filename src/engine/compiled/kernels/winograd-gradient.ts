import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { apart, lanes, pixelBytes } from "../layout";
import { tilesOf } from "./convolution";
import type { FilterGradient } from "./filter-gradient";
import { products, type Source, TileWriter, tilesAcross, tilesDown, tilesOfImage } from "./winograd-tiles";
import { reach, side, transformGradient, transformImage, transformToTaps } from "./winograd-transforms";

/**
 * Gradients of filters with 3 × 3 taps by Winograd's tiles, 36 products for each pair of channels where there are 144: tiles of
 * the images and of the output's gradient are transformed, a cacheful at a time, and multiplied; what has been summed over all
 * of them is transformed into the gradients of the taps.
 */
export interface TiledGradient {
  readonly gradient: FilterGradient;
  /** Blocks of input and of output channels that are taken together. */
  readonly blocksIn: number;
  readonly blocksOut: number;
  /** Parts of the batch that are summed by themselves, so that threads have enough to share. */
  readonly parts: number;
  /** Rows of an image's tiles that are transformed together, and images where those are all. */
  readonly rows: number;
  readonly images: number;
}

/** Items that threads should have to share at least. */
const enoughItems = 16;
/** Blocks of channels whose sums of products stay in the cache. */
const mostBlocks = 4;
/** Bytes of transformed tiles that stay there with them. */
const cacheBytes = 1 << 17;
/** Tiles over which a sum is kept in a register, and tiles of a part that are worth its transform back. */
const enoughTiles = 8;

/** Whether a gradient can be computed so, and it is worth while. */
export function suitsTiles(gradient: FilterGradient): boolean {
  const { batch, rows, columns, taps, channelsIn, x, dy } = gradient;
  const isDense = x.pixel === pixelBytes && dy.pixel === pixelBytes;
  const isSquare = taps.rows === 3 && taps.columns === 3;
  const tiles = tilesOfImage(gradient);
  const isLess = 3 * products * tiles <= 2 * 9 * rows * columns;
  return isDense && isSquare && channelsIn === lanes && isLess && batch * tiles >= enoughTiles;
}

/** The largest number of blocks that can be taken together. */
function together(blocks: number): number {
  let count = Math.min(mostBlocks, blocks);
  while (blocks % count !== 0) count--;
  return count;
}

export function tiledGradient(gradient: FilterGradient): TiledGradient {
  const { batch } = gradient;
  const [blocksIn, blocksOut] = [together(gradient.blocksIn), together(gradient.blocksOut)];
  const groups = (gradient.blocksIn / blocksIn) * (gradient.blocksOut / blocksOut);
  const wanted = Math.max(
    enoughTiles,
    Math.floor(cacheBytes / (products * (blocksIn + blocksOut) * pixelBytes)),
  );
  const tiles = tilesOfImage(gradient);
  const parts = Math.min(batch, Math.ceil(enoughItems / groups), Math.ceil((batch * tiles) / enoughTiles));
  const pieces = Math.max(1, Math.round(tiles / wanted));
  return {
    ...{ gradient, blocksIn, blocksOut, parts },
    rows: Math.ceil(tilesDown(gradient) / pieces),
    images: pieces > 1 ? 1 : Math.min(Math.ceil(batch / parts), Math.ceil(wanted / tiles)),
  };
}

/** Tiles that are multiplied together at most. */
const mostTiles = ({ gradient, rows, images }: TiledGradient): number =>
  images * rows * tilesAcross(gradient);

const imageBytes = (spec: TiledGradient): number => apart(mostTiles(spec) * spec.blocksIn * pixelBytes);
const gradientBytes = (spec: TiledGradient): number => apart(mostTiles(spec) * spec.blocksOut * pixelBytes);
/** Of the sums of one product: [block out, channel in, 8]. */
const sumBytes = ({ blocksIn, blocksOut }: TiledGradient): number =>
  blocksOut * blocksIn * lanes * pixelBytes;

/** Bytes of room for a thread. */
export const tiledGradientRoom = (spec: TiledGradient): number =>
  products * (imageBytes(spec) + gradientBytes(spec) + sumBytes(spec));

/** What threads share: some input and output channels over one part of the batch. */
export const tiledGradientItems = ({ gradient, blocksIn, blocksOut, parts }: TiledGradient): number =>
  parts * (gradient.blocksIn / blocksIn) * (gradient.blocksOut / blocksOut);

/** Takes x, dy, the parts [parts, block out, block in, tap, channel, 8], room, and items from the one up to the other. */
export function tiledGradientKernel(module: ModuleWriter, spec: TiledGradient): number {
  return module.once(`tiled gradient ${JSON.stringify(spec)}`, () => {
    const multiply = multiplier(module, spec);
    const finish = backTransformer(module, spec);
    return module.define([I32, I32, I32, I32, I32, I32], (f, given) => {
      writeItems(f, spec, given as Given, { multiply, finish });
    });
  });
}

type Given = readonly [x: Local, dy: Local, out: Local, room: Local, from: Local, to: Local];

interface Functions {
  readonly multiply: number;
  readonly finish: number;
}

function writeItems(
  f: FunctionWriter,
  spec: TiledGradient,
  [x, dy, out, room, from, to]: Given,
  { multiply, finish }: Functions,
): void {
  const { gradient, blocksIn, blocksOut, parts } = spec;
  const { batch, taps } = gradient;
  const groupsIn = gradient.blocksIn / blocksIn;
  const groupsOut = gradient.blocksOut / blocksOut;
  const locals = f.manyLocals(I32, 13);
  const [item, rest, xStart, dyStart, first, last, target, image, xAt, dyAt, tiles, sums, into] = locals as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const tapBytes = lanes * pixelBytes;
  const blockBytes = taps.rows * taps.columns * tapBytes;
  const writer = new TileWriter(f);
  const images: Source = {
    ...{ strides: gradient.x, size: reach, blocks: blocksIn, bytes: imageBytes(spec) },
    change: transformImage,
  };
  const gradients: Source = {
    ...{ strides: gradient.dy, size: side, blocks: blocksOut, bytes: gradientBytes(spec) },
    change: transformGradient,
  };
  const transform = (rows: number, isLast: boolean) => {
    f.get(tiles)
      .i32(blocksIn * pixelBytes)
      .mul()
      .get(room)
      .add()
      .set(into);
    writer.write(gradient, { rows, isLast }, images, xAt, into);
    f.get(tiles)
      .i32(blocksOut * pixelBytes)
      .mul()
      .get(room)
      .add()
      .i32(products * imageBytes(spec))
      .add()
      .set(into);
    writer.write(gradient, { rows, isLast }, gradients, dyAt, into);
  };
  f.get(room)
    .i32(products * (imageBytes(spec) + gradientBytes(spec)))
    .add()
    .set(sums);
  const multiplyAll = () => {
    f.get(room).get(sums).get(tiles).call(multiply).i32(0).set(tiles);
  };
  f.range(item, from, to, () => {
    f.get(item).set(rest);
    f.get(x).i32(gradient.x.start).add().set(xStart);
    f.get(dy).i32(gradient.dy.start).add().set(dyStart);
    f.get(out).set(target);
    /** Takes the innermost part of what is left of the item's number, and moves pointers by it. */
    const take = (count: number, ...moves: readonly (readonly [Local, number])[]) => {
      for (const [pointer, bytes] of moves)
        f.get(rest).i32(count).remainder().i32(bytes).mul().get(pointer).add().set(pointer);
      f.get(rest).i32(count).divide().set(rest);
    };
    take(groupsIn, [xStart, blocksIn * gradient.x.block], [target, blocksIn * blockBytes]);
    take(
      groupsOut,
      [dyStart, blocksOut * gradient.dy.block],
      [target, blocksOut * gradient.blocksIn * blockBytes],
    );
    f.get(rest)
      .i32(gradient.blocksOut * gradient.blocksIn * blockBytes)
      .mul()
      .get(target)
      .add()
      .set(target);
    f.get(rest).i32(batch).mul().i32(parts).divide().set(first);
    f.get(rest).i32(1).add().i32(batch).mul().i32(parts).divide().set(last);
    f.get(sums)
      .i32(0)
      .i32(products * sumBytes(spec))
      .fillMemory();
    f.i32(0).set(tiles);
    f.range(image, first, last, () => {
      f.get(image).i32(gradient.x.image).mul().get(xStart).add().set(xAt);
      f.get(image).i32(gradient.dy.image).mul().get(dyStart).add().set(dyAt);
      const [rows, all] = [spec.rows, tilesDown(gradient)];
      const end = all % rows || rows;
      const enough = spec.images * tilesOfImage(gradient);
      const group = (count: number, isLast: boolean) => {
        transform(count, isLast);
        f.get(tiles)
          .i32(count * tilesAcross(gradient))
          .add()
          .set(tiles);
        if (all > rows) multiplyAll();
        else {
          f.get(tiles)
            .i32(enough - 1)
            .more();
          f.when(multiplyAll);
        }
        f.advance(xAt, count * side * gradient.x.row).advance(dyAt, count * side * gradient.dy.row);
      };
      f.times((all - end) / rows, () => group(rows, false));
      group(end, true);
    });
    f.get(tiles).i32(0).more();
    f.when(multiplyAll);
    f.get(sums).get(target).call(finish);
  });
}

/** Takes room, sums, and a number of tiles: adds their products to the sums, [product, block out, channel in, 8]. */
function multiplier(module: ModuleWriter, spec: TiledGradient): number {
  const { blocksIn, blocksOut } = spec;
  const sizes = tilesOf(blocksIn * lanes);
  return module.define([I32, I32, I32], (f, [room = 0, sums = 0, tiles = 0]) => {
    const [image, gradient, channels, block, left, right, count] = f.manyLocals(I32, 7) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const [value, low, high] = f.manyLocals(V128, 3) as [Local, Local, Local];
    const held = f.manyLocals(V128, 2 * Math.max(...sizes));
    const some = (size: number) => {
      const mine = held.slice(0, 2 * size);
      mine.forEach(
        (sum, i) =>
          void f
            .get(sums)
            .loadV(16 * i)
            .set(sum),
      );
      f.get(channels).set(left).get(block).set(right).get(tiles).set(count);
      f.loop(() => {
        f.get(right).loadV(0).set(low).get(right).loadV(16).set(high);
        for (let channel = 0; channel < size; channel++) {
          const [a, b] = mine.slice(2 * channel) as [Local, Local];
          f.get(left)
            .loadSplat(4 * channel)
            .set(value);
          f.get(value).get(low).get(a).multiplyAdd().set(a);
          f.get(value).get(high).get(b).multiplyAdd().set(b);
        }
        f.advance(left, blocksIn * pixelBytes).advance(right, blocksOut * pixelBytes);
        f.get(count).i32(1).sub().tee(count).branchIf(0);
      });
      mine.forEach(
        (sum, i) =>
          void f
            .get(sums)
            .get(sum)
            .storeV(16 * i),
      );
      f.advance(sums, size * pixelBytes).advance(channels, 4 * size);
    };
    f.get(room).set(image);
    f.get(room)
      .i32(products * imageBytes(spec))
      .add()
      .set(gradient);
    f.times(products, () => {
      f.get(gradient).set(block);
      f.times(blocksOut, () => {
        f.get(image).set(channels);
        for (const size of new Set(sizes))
          f.times(sizes.filter((other) => other === size).length, () => some(size));
        f.advance(block, pixelBytes);
      });
      f.advance(image, imageBytes(spec)).advance(gradient, gradientBytes(spec));
    });
  });
}

/** Takes sums and where their part begins, [block out, block in, tap, channel, 8]. */
function backTransformer(module: ModuleWriter, spec: TiledGradient): number {
  const { gradient, blocksIn, blocksOut } = spec;
  const tapBytes = lanes * pixelBytes;
  return module.define([I32, I32], (f, [sums = 0, target = 0]) => {
    const grid = f.manyLocals(V128, 3 * reach);
    const line = f.manyLocals(V128, reach);
    f.times(blocksOut, () => {
      f.times(blocksIn, () => {
        f.times(2 * lanes, () => {
          for (let column = 0; column < reach; column++) {
            line.forEach(
              (number, r) =>
                void f
                  .get(sums)
                  .loadV((reach * r + column) * sumBytes(spec))
                  .set(number),
            );
            transformToTaps(f, line, (place, write) => {
              write();
              f.set(grid[reach * place + column] as Local);
            });
          }
          for (let r = 0; r < 3; r++)
            transformToTaps(f, grid.slice(reach * r, reach * (r + 1)), (place, write) => {
              f.get(target);
              write();
              f.storeV((3 * r + place) * tapBytes);
            });
          f.advance(sums, 16).advance(target, 16);
        });
        f.advance(target, 8 * tapBytes);
      });
      f.advance(target, (gradient.blocksIn - blocksIn) * 9 * tapBytes);
    });
  });
}
