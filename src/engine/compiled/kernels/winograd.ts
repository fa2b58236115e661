import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { apart, lanes, pixelBytes } from "../layout";
import { addToSums, writeBorder } from "../loops/image-loop";
import { type TapConvolution, tilesOf } from "./convolution";
import {
  beyond,
  products,
  type Rows,
  type Source,
  TileWriter,
  tilesAcross,
  tilesDown,
  tilesOfImage,
} from "./winograd-tiles";
import { reach, side, transformImage, transformToResults } from "./winograd-transforms";

/**
 * Convolutions with 3 × 3 taps by Winograd's tiles, 36 products for each pair of channels where there are 144: tiles of the
 * images are transformed, a cacheful at a time, and multiplied by transformed weights; the products become 4 × 4 results each.
 */
export interface TiledConvolution {
  readonly pass: TapConvolution;
  /** Rows of an image's tiles that are taken together, and images where those are all. */
  readonly rows: number;
  readonly images: number;
}

/** Tiles that are transformed before they are multiplied: each weight is loaded once for six of them. */
const enoughTiles = 24;

/** Whether a convolution can be computed so, and it is worth while. */
export function suitsWinograd({ taps, x, y, channelsIn, rows, columns }: TapConvolution): boolean {
  const isDense = x.pixel === pixelBytes && y.pixel === pixelBytes;
  const isSquare = taps.rows === 3 && taps.columns === 3;
  const isLess = 3 * products * tilesOfImage({ rows, columns }) <= 2 * 9 * rows * columns;
  return isDense && isSquare && channelsIn === lanes && isLess;
}

/** @param chunks into which threads divide the batch */
export function tiledConvolution(pass: TapConvolution, chunks: number): TiledConvolution {
  const tiles = tilesOfImage(pass);
  const pieces = Math.max(1, Math.round(tiles / enoughTiles));
  const images = Math.min(Math.floor(pass.batch / chunks), Math.round(enoughTiles / tiles));
  return {
    pass,
    rows: Math.ceil(tilesDown(pass) / pieces),
    images: pieces > 1 ? 1 : Math.max(1, images),
  };
}

const mostTiles = ({ pass, rows, images }: TiledConvolution): number => images * rows * tilesAcross(pass);

/** Bytes of what is read, and of what is made, for one of the products. */
const readBytes = (spec: TiledConvolution): number =>
  apart(mostTiles(spec) * spec.pass.blocksIn * pixelBytes);
const madeBytes = (spec: TiledConvolution): number =>
  apart(mostTiles(spec) * spec.pass.blocksOut * pixelBytes);

/** Bytes of room for a thread. */
export const winogradRoom = (spec: TiledConvolution): number =>
  products * (readBytes(spec) + madeBytes(spec));

/** Takes x, transformed weights, y, sums (as the direct kernel does), room, and images from the one up to the other. */
export function winogradKernel(module: ModuleWriter, spec: TiledConvolution): number {
  return module.once(`winograd ${JSON.stringify(spec)}`, () => {
    const { pass, rows, images } = spec;
    const all = tilesDown(pass);
    const last = all % rows || rows;
    const multiply = new Map(
      [...new Set([images * all, rows, last].map((count) => count * tilesAcross(pass)))].map((tiles) => [
        tiles,
        multiplier(module, spec, tiles),
      ]),
    );
    return module.define([I32, I32, I32, I32, I32, I32, I32], (f, given) => {
      const [x, weights, y, totals, room, from, to] = given as Given;
      const writer = new WinogradWriter(f, spec, { x, weights, y, totals, room, multiply });
      writer.write(from, to);
    });
  });
}

type Given = readonly [
  x: Local,
  weights: Local,
  y: Local,
  totals: Local,
  room: Local,
  from: Local,
  to: Local,
];

interface Places {
  readonly x: Local;
  readonly weights: Local;
  readonly y: Local;
  readonly totals: Local;
  readonly room: Local;
  /** Functions by the number of tiles. */
  readonly multiply: ReadonlyMap<number, number>;
}

/** Some rows of the tiles of some images. */
interface Group extends Rows {
  readonly images: number;
}

class WinogradWriter {
  private readonly image: Local;
  /** The corners of a group's first tile. */
  private readonly read: Local;
  private readonly written: Local;
  private readonly tiles: TileWriter;
  private readonly grid: readonly Local[];

  constructor(
    private readonly f: FunctionWriter,
    private readonly spec: TiledConvolution,
    private readonly places: Places,
  ) {
    [this.image, this.read, this.written] = f.manyLocals(I32, 3) as [Local, Local, Local];
    this.tiles = new TileWriter(f);
    this.grid = f.manyLocals(V128, side * reach);
  }

  write(from: Local, to: Local): void {
    const { f, spec, image, places } = this;
    const { pass, rows, images } = spec;
    if (pass.sums)
      f.get(places.totals)
        .i32(0)
        .i32(16 * pass.blocksOut * lanes)
        .fillMemory();
    const all = tilesDown(pass);
    f.get(from).set(image);
    if (images > 1) {
      const isThere = () => f.get(image).i32(images).add().get(to).more().isZero();
      isThere();
      f.when(() => {
        f.loop(() => {
          this.writeGroup({ images, rows: all, isLast: true });
          this.writeBorders(images);
          f.advance(image, images);
          isThere();
          f.branchIf(0);
        });
      });
    }
    f.range(image, image, to, () => {
      const last = all % rows || rows;
      const [row, count] = [f.local(I32), (all - last) / rows];
      f.i32(0).set(row);
      f.times(count, () => {
        this.writeGroup({ images: 1, rows, isLast: false }, row);
        f.advance(row, rows);
      });
      this.writeGroup({ images: 1, rows: last, isLast: true }, row);
      f.release(I32, row);
      this.writeBorders(1);
    });
  }

  private writeBorders(images: number): void {
    const { f, spec, image, places } = this;
    const { border, y, blocksOut } = spec.pass;
    if (!border) return;
    const [first, block] = f.manyLocals(I32, 2) as [Local, Local];
    f.get(image).i32(y.image).mul().get(places.y).add().set(first);
    f.times(images, () => {
      f.get(first).set(block);
      f.times(blocksOut, () => {
        writeBorder(f, block, { ...border, row: (border.width + 2 * border.border) * pixelBytes });
        f.advance(block, y.block);
      });
      f.advance(first, y.image);
    });
    f.release(I32, first, block);
  }

  /** @param row of tiles, the group's first */
  private writeGroup(group: Group, row?: Local): void {
    const { f, spec, image, places, read, written, tiles } = this;
    const { pass } = spec;
    const { taps, x, y } = pass;
    // Taps that run backward begin with the last one.
    const first =
      x.start + (taps.rowStep < 0 ? 2 * taps.rowStep : 0) + (taps.columnStep < 0 ? 2 * taps.columnStep : 0);
    f.get(image).i32(x.image).mul().get(places.x).add().i32(first).add().set(read);
    f.get(image).i32(y.image).mul().get(places.y).add().i32(y.start).add().set(written);
    if (row !== undefined) {
      f.get(row)
        .i32(side * x.row)
        .mul()
        .get(read)
        .add()
        .set(read);
      f.get(row)
        .i32(side * y.row)
        .mul()
        .get(written)
        .add()
        .set(written);
    }
    const source: Source = {
      ...{ strides: x, size: reach, blocks: pass.blocksIn, bytes: readBytes(spec) },
      change: transformImage,
    };
    const target = f.local(I32);
    f.get(places.room).set(target);
    f.times(group.images, () => {
      tiles.write(pass, group, source, read, target);
      f.advance(read, x.image);
    });
    f.release(I32, target);
    const count = group.images * group.rows * tilesAcross(pass);
    f.get(places.room)
      .get(places.weights)
      .call(this.places.multiply.get(count) as number);
    this.writeResults(group);
  }

  private writeResults({ images, rows, isLast }: Group): void {
    const { f, spec, places, written } = this;
    const { pass } = spec;
    const locals = f.manyLocals(I32, 7);
    const [block, at, yImage, row, place, yBlock, total] = locals as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const sums = f.manyLocals(V128, 4);
    const totalBytes = 8 * pass.blocksOut * lanes;
    const [below, right] = [isLast ? beyond(pass.rows) : 0, beyond(pass.columns)];
    const rowOfTiles = (down: number) => {
      f.get(row).set(place);
      const all = tilesAcross(pass);
      f.times(right > 0 ? all - 1 : all, () => this.writeTile(at, place, sums, down, side));
      if (right > 0) this.writeTile(at, place, sums, down, side - right);
      f.advance(row, side * pass.y.row);
    };
    f.get(places.room)
      .i32(products * readBytes(spec))
      .add()
      .set(block);
    f.get(written).set(yBlock).get(places.totals).set(total);
    f.times(pass.blocksOut, () => {
      f.get(block).set(at).get(yBlock).set(yImage);
      if (pass.sums) for (const sum of sums) f.zeroV().set(sum);
      f.times(images, () => {
        f.get(yImage).set(row);
        f.times(below > 0 ? rows - 1 : rows, () => rowOfTiles(side));
        if (below > 0) rowOfTiles(side - below);
        f.advance(yImage, pass.y.image);
      });
      if (pass.sums) {
        sums.forEach((sum, i) => {
          addToSums(f, total, sum, (i < 2 ? 0 : totalBytes) + 32 * (i % 2));
        });
        f.advance(total, 8 * lanes);
      }
      f.advance(block, pixelBytes).advance(yBlock, pass.y.block);
    });
    f.release(I32, ...locals).release(V128, ...sums);
  }

  /** The first rows and columns of a tile's results, and their sums. */
  private writeTile(at: Local, place: Local, sums: readonly Local[], down: number, across: number): void {
    const { f, spec, grid } = this;
    const { pass } = spec;
    const line = f.manyLocals(V128, reach);
    const value = f.local(V128);
    for (const half of [0, 1]) {
      for (let column = 0; column < reach; column++) {
        line.forEach((number, r) => {
          f.get(at)
            .loadV((reach * r + column) * madeBytes(spec) + 16 * half)
            .set(number);
        });
        transformToResults(f, line, (r, write) => {
          if (r >= down) return;
          write();
          f.set(grid[reach * r + column] as Local);
        });
      }
      for (let r = 0; r < down; r++)
        transformToResults(f, grid.slice(reach * r, reach * (r + 1)), (column, write) => {
          if (column >= across) return;
          write();
          f.set(value)
            .get(place)
            .get(value)
            .storeV(r * pass.y.row + column * pixelBytes + 16 * half);
          if (!pass.sums) return;
          const [sum, squares] = [sums[half], sums[2 + half]] as [Local, Local];
          f.get(sum).get(value).addV().set(sum);
          f.get(value).get(value).get(squares).multiplyAdd().set(squares);
        });
    }
    f.advance(at, pass.blocksOut * pixelBytes).advance(place, side * pixelBytes);
    f.release(V128, value, ...line);
  }
}

/** Takes room and transformed weights. For each of the products: tiles by channels read times channels read by channels made. */
function multiplier(module: ModuleWriter, spec: TiledConvolution, tiles: number): number {
  const { blocksIn, blocksOut } = spec.pass;
  return module.define([I32, I32], (f, [room = 0, weights = 0]) => {
    const [left, made, leftTile, madeTile, at, weight, madeBlock] = f.manyLocals(I32, 7) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const value = f.local(V128);
    const pair = f.manyLocals(V128, 2) as [Local, Local];
    const sizes = tilesOf(tiles);
    const sums = f.manyLocals(V128, 2 * Math.max(...sizes));
    const tile = (size: number) => {
      for (const sum of sums.slice(0, 2 * size)) f.zeroV().set(sum);
      f.get(leftTile).set(at).get(weights).set(weight);
      f.times(blocksIn, () => {
        for (let channel = 0; channel < lanes; channel++) {
          pair.forEach((local, half) => {
            f.get(weight)
              .loadV(channel * pixelBytes + 16 * half)
              .set(local);
          });
          for (let i = 0; i < size; i++) {
            f.get(at)
              .loadSplat(i * blocksIn * pixelBytes + 4 * channel)
              .set(value);
            pair.forEach((local, half) => {
              const sum = sums[2 * i + half] as Local;
              f.get(value).get(local).get(sum).multiplyAdd().set(sum);
            });
          }
        }
        f.advance(at, pixelBytes).advance(weight, lanes * pixelBytes);
      });
      for (let i = 0; i < size; i++)
        for (const half of [0, 1])
          f.get(madeTile)
            .get(sums[2 * i + half] as Local)
            .storeV(i * blocksOut * pixelBytes + 16 * half);
      f.advance(leftTile, size * blocksIn * pixelBytes).advance(madeTile, size * blocksOut * pixelBytes);
    };
    f.get(room).set(left);
    f.get(room)
      .i32(products * readBytes(spec))
      .add()
      .set(made);
    f.times(products, () => {
      f.get(made).set(madeBlock);
      f.times(blocksOut, () => {
        f.get(left).set(leftTile).get(madeBlock).set(madeTile);
        for (const size of new Set(sizes))
          f.times(sizes.filter((other) => other === size).length, () => tile(size));
        f.advance(weights, blocksIn * lanes * pixelBytes).advance(madeBlock, pixelBytes);
      });
      f.advance(left, readBytes(spec)).advance(made, madeBytes(spec));
    });
  });
}
