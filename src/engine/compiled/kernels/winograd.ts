import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { apart, lanes, pixelBytes } from "../layout";
import { addToSums, writeBorder } from "../loops/image-loop";
import { type TapConvolution, tilesOf } from "./convolution";

/**
 * Convolutions with 3 × 3 taps by Winograd's F(2 × 2, 3 × 3): four results of 16 products for each channel, where taking them
 * one by one needs 36. Lavin and Gray 2016, "Fast algorithms for convolutional neural networks", §4.1.
 */

/** Results per side of a tile, numbers that it reads per side, and products. */
const [side, reach, products] = [2, 4, 16];

/** Fewest tiles of an image that keep the multipliers busy, and how many are transformed before they are multiplied. */
const [fewTiles, enoughTiles] = [12, 28];

const tilesAcross = ({ columns }: TapConvolution): number => Math.ceil(columns / side);
const tilesDown = ({ rows }: TapConvolution): number => Math.ceil(rows / side);

/** Whether a convolution can be computed so, and it is worth while. */
export function suitsWinograd(spec: TapConvolution): boolean {
  const { taps, x, y } = spec;
  const isDense = x.pixel === pixelBytes && y.pixel === pixelBytes;
  const isSquare = taps.rows === 3 && taps.columns === 3;
  const isWide = spec.channelsIn === lanes && spec.blocksIn >= 2 && spec.blocksOut >= 2;
  return isDense && isSquare && isWide && tilesAcross(spec) * tilesDown(spec) >= fewTiles;
}

/** Rows of tiles that are transformed together. */
const rowsOfGroup = (spec: TapConvolution): number =>
  Math.min(tilesDown(spec), Math.max(1, Math.round(enoughTiles / tilesAcross(spec))));

const tilesOfGroup = (spec: TapConvolution): number => rowsOfGroup(spec) * tilesAcross(spec);

/** Bytes of what is read, and of what is made, for one of the products. */
const readBytes = (spec: TapConvolution): number => apart(tilesOfGroup(spec) * spec.blocksIn * pixelBytes);
const madeBytes = (spec: TapConvolution): number => apart(tilesOfGroup(spec) * spec.blocksOut * pixelBytes);

/** Bytes of room that a chunk of the batch needs. */
export const winogradRoom = (spec: TapConvolution): number => products * (readBytes(spec) + madeBytes(spec));

/** Bytes of transformed weights. */
export const winogradWeightBytes = ({ blocksIn, blocksOut }: TapConvolution): number =>
  products * blocksOut * blocksIn * lanes * pixelBytes;

/**
 * Transforms weights [block out, block in, tap, channel, 8] into [product, block out, block in, channel, 8]. Takes both, and
 * blocks of output channels from the one up to the other.
 */
export function winogradWeights(module: ModuleWriter, spec: TapConvolution): number {
  const { blocksIn, blocksOut, taps } = spec;
  const isTurned = taps.rowStep < 0;
  return module.once(`winograd weights ${JSON.stringify([blocksIn, blocksOut, isTurned])}`, () =>
    module.define([I32, I32, I32, I32], (f, [weights = 0, transformed = 0, from = 0, to = 0]) => {
      const [block, source, target] = f.manyLocals(I32, 3) as [Local, Local, Local];
      const taps = f.manyLocals(V128, 9);
      const rows = f.manyLocals(V128, 12);
      const tapBytes = lanes * pixelBytes;
      /** Of three numbers a, b, c: a, (a + b + c) / 2, (a − b + c) / 2, c. */
      const expand = (given: readonly Local[], put: (place: number, write: () => void) => void) => {
        const [a, b, c] = given as [Local, Local, Local];
        put(0, () => f.get(a));
        put(1, () => f.get(a).get(c).addV().get(b).addV().constantV(0.5).mulV());
        put(2, () => f.get(a).get(c).addV().get(b).subV().constantV(0.5).mulV());
        put(3, () => f.get(c));
      };
      f.range(block, from, to, () => {
        f.get(block)
          .i32(9 * blocksIn * tapBytes)
          .mul()
          .get(weights)
          .add()
          .set(source);
        f.get(block)
          .i32(blocksIn * tapBytes)
          .mul()
          .get(transformed)
          .add()
          .set(target);
        f.times(blocksIn, () => {
          f.times(lanes, () => {
            for (const half of [0, 16]) {
              taps.forEach((tap, i) => {
                const place = isTurned ? 8 - i : i;
                f.get(source)
                  .loadV(place * tapBytes + half)
                  .set(tap);
              });
              for (let column = 0; column < 3; column++) {
                const ofColumn = [0, 3, 6].map((row) => taps[row + column] as Local);
                expand(ofColumn, (place, write) => {
                  write();
                  f.set(rows[3 * place + column] as Local);
                });
              }
              for (let row = 0; row < reach; row++) {
                expand(rows.slice(3 * row, 3 * row + 3), (place, write) => {
                  f.get(target);
                  write();
                  f.storeV((reach * row + place) * blocksOut * blocksIn * tapBytes + half);
                });
              }
            }
            f.advance(source, pixelBytes).advance(target, pixelBytes);
          });
          f.advance(source, 8 * tapBytes);
        });
      });
    }),
  );
}

/** Takes x, transformed weights, y, sums (as the direct kernel does), room, and images from the one up to the other. */
export function winogradKernel(module: ModuleWriter, spec: TapConvolution): number {
  return module.once(`winograd ${JSON.stringify(spec)}`, () =>
    module.define([I32, I32, I32, I32, I32, I32, I32], (f, given) => {
      new WinogradWriter(f, spec, given as [Local, Local, Local, Local, Local, Local, Local]).write();
    }),
  );
}

class WinogradWriter {
  /** The corners of a group's first tile. */
  private readonly read: Local;
  private readonly written: Local;
  private readonly grid: readonly Local[];

  constructor(
    private readonly f: FunctionWriter,
    private readonly spec: TapConvolution,
    private readonly given: readonly [Local, Local, Local, Local, Local, Local, Local],
  ) {
    [this.read, this.written] = f.manyLocals(I32, 2) as [Local, Local];
    this.grid = f.manyLocals(V128, products);
  }

  write(): void {
    const { f, spec } = this;
    const [x, , y, totals, , from, to] = this.given;
    const { blocksOut, border, taps } = spec;
    const [image, block] = f.manyLocals(I32, 2) as [Local, Local];
    if (spec.sums)
      f.get(totals)
        .i32(0)
        .i32(16 * blocksOut * lanes)
        .fillMemory();
    // Taps that run backward begin with the last one.
    const first =
      spec.x.start +
      (taps.rowStep < 0 ? 2 * taps.rowStep : 0) +
      (taps.columnStep < 0 ? 2 * taps.columnStep : 0);
    const [rows, all] = [rowsOfGroup(spec), tilesDown(spec)];
    f.range(image, from, to, () => {
      f.get(image).i32(spec.x.image).mul().get(x).add().i32(first).add().set(this.read);
      f.get(image).i32(spec.y.image).mul().get(y).add().tee(block).i32(spec.y.start).add().set(this.written);
      const last = all % rows || rows;
      f.times((all - last) / rows, () => this.writeGroup(rows, false));
      this.writeGroup(last, true);
      if (border)
        f.times(blocksOut, () => {
          writeBorder(f, block, { ...border, row: (border.width + 2 * border.border) * pixelBytes });
          f.advance(block, spec.y.block);
        });
    });
  }

  private writeGroup(rows: number, isLast: boolean): void {
    const { f, spec } = this;
    this.transformImages(rows);
    this.multiply(rows * tilesAcross(spec));
    this.transformProducts(rows, isLast);
    f.advance(this.read, side * rows * spec.x.row).advance(this.written, side * rows * spec.y.row);
  }

  /** d₀ − d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃, down and across. */
  private transformImages(rows: number): void {
    const { f, spec, grid } = this;
    const room = this.given[4];
    const [row, tile, at, target] = f.manyLocals(I32, 4) as [Local, Local, Local, Local];
    const d = f.manyLocals(V128, reach) as [Local, Local, Local, Local];
    const change = (put: (place: number, write: () => void) => void) => {
      put(0, () => f.get(d[0]).get(d[2]).subV());
      put(1, () => f.get(d[1]).get(d[2]).addV());
      put(2, () => f.get(d[2]).get(d[1]).subV());
      put(3, () => f.get(d[1]).get(d[3]).subV());
    };
    f.get(this.read).set(row).get(room).set(target);
    f.times(rows, () => {
      f.get(row).set(tile);
      f.times(tilesAcross(spec), () => {
        f.get(tile).set(at);
        f.times(spec.blocksIn, () => {
          for (const half of [0, 16]) {
            for (let column = 0; column < reach; column++) {
              d.forEach((local, r) => {
                f.get(at)
                  .loadV(r * spec.x.row + column * pixelBytes + half)
                  .set(local);
              });
              change((place, write) => {
                write();
                f.set(grid[reach * place + column] as Local);
              });
            }
            for (let r = 0; r < reach; r++) {
              d.forEach((local, column) => {
                f.get(grid[reach * r + column] as Local).set(local);
              });
              change((place, write) => {
                f.get(target);
                write();
                f.storeV((reach * r + place) * readBytes(spec) + half);
              });
            }
          }
          f.advance(target, pixelBytes).advance(at, spec.x.block);
        });
        f.advance(tile, side * pixelBytes);
      });
      f.advance(row, side * spec.x.row);
    });
    f.release(I32, row, tile, at, target).release(V128, ...d);
  }

  /** For each of the products a matrix product: tiles by channels read times channels read by channels made. */
  private multiply(tiles: number): void {
    const { f, spec } = this;
    const [, transformed, , , room] = this.given;
    const { blocksIn, blocksOut } = spec;
    const [left, made, leftTile, madeTile, at, weights, weight, madeBlock] = f.manyLocals(I32, 8) as [
      Local,
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
    f.get(room).set(left).get(transformed).set(weights);
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
    f.release(I32, left, made, leftTile, madeTile, at, weights, weight, madeBlock);
    f.release(V128, value, ...pair, ...sums);
  }

  /** m₀ + m₁ + m₂ and m₁ − m₂ − m₃, down and across. */
  private transformProducts(rows: number, isLast: boolean): void {
    const { f, spec, grid } = this;
    const [, , , totals, room] = this.given;
    const [block, at, row, place, yBlock, total] = f.manyLocals(I32, 6) as [
      Local,
      Local,
      Local,
      Local,
      Local,
      Local,
    ];
    const m = f.manyLocals(V128, reach) as [Local, Local, Local, Local];
    const sums = f.manyLocals(V128, 4) as [Local, Local, Local, Local];
    const value = f.local(V128);
    const totalBytes = 8 * spec.blocksOut * lanes;
    const change = (count: number, put: (place: number, write: () => void) => void) => {
      put(0, () => f.get(m[0]).get(m[1]).addV().get(m[2]).addV());
      if (count > 1) put(1, () => f.get(m[1]).get(m[2]).subV().get(m[3]).subV());
    };
    const tile = (down: number, across: number) => {
      for (const half of [0, 1] as const) {
        for (let column = 0; column < reach; column++) {
          m.forEach((local, r) => {
            f.get(at)
              .loadV((reach * r + column) * madeBytes(spec) + 16 * half)
              .set(local);
          });
          change(down, (r, write) => {
            write();
            f.set(grid[reach * r + column] as Local);
          });
        }
        for (let r = 0; r < down; r++) {
          m.forEach((local, column) => {
            f.get(grid[reach * r + column] as Local).set(local);
          });
          change(across, (column, write) => {
            write();
            f.set(value);
            f.get(place)
              .get(value)
              .storeV(r * spec.y.row + column * pixelBytes + 16 * half);
            if (!spec.sums) return;
            f.get(sums[half]).get(value).addV().set(sums[half]);
            const squares = sums[half === 0 ? 2 : 3];
            f.get(value).get(value).get(squares).multiplyAdd().set(squares);
          });
        }
      }
      f.advance(at, spec.blocksOut * pixelBytes).advance(place, side * pixelBytes);
    };
    const rowOfTiles = (down: number) => {
      f.get(row).set(place);
      f.times(Math.floor(spec.columns / side), () => tile(down, side));
      if (spec.columns % side > 0) tile(down, 1);
      f.advance(row, side * spec.y.row);
    };
    const isCut = isLast && spec.rows % side > 0;
    f.get(room)
      .i32(products * readBytes(spec))
      .add()
      .set(block);
    f.get(this.written).set(yBlock).get(totals).set(total);
    f.times(spec.blocksOut, () => {
      f.get(block).set(at).get(yBlock).set(row);
      for (const sum of sums) f.zeroV().set(sum);
      f.times(isCut ? rows - 1 : rows, () => rowOfTiles(side));
      if (isCut) rowOfTiles(1);
      if (spec.sums) {
        sums.forEach((sum, i) => {
          addToSums(f, total, sum, (i < 2 ? 0 : totalBytes) + 32 * (i % 2));
        });
        f.advance(total, 8 * lanes);
      }
      f.advance(block, pixelBytes).advance(yBlock, spec.y.block);
    });
    f.release(I32, block, at, row, place, yBlock, total).release(V128, value, ...m, ...sums);
  }
}
