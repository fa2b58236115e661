import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import { pixelBytes, type Strides } from "../layout";
import { reach, side, type Transform } from "./winograd-transforms";

/** Products of a tile for each pair of channels. */
export const products = reach ** 2;

/** Results of each image, which tiles cover. */
export interface Results {
  readonly rows: number;
  readonly columns: number;
}

export const tilesAcross = ({ columns }: Results): number => Math.ceil(columns / side);
export const tilesDown = ({ rows }: Results): number => Math.ceil(rows / side);
export const tilesOfImage = (results: Results): number => tilesDown(results) * tilesAcross(results);

/** Of a length that tiles cover, what the last one has too many. */
export const beyond = (length: number): number => Math.ceil(length / side) * side - length;

/** Rows of an image's tiles that are taken together; the last ones may be cut off. */
export interface Rows {
  readonly rows: number;
  readonly isLast: boolean;
}

/** What tiles are cut from, how many numbers per side they have, and what becomes of them. */
export interface Source {
  readonly strides: Strides;
  readonly size: number;
  readonly blocks: number;
  /** Bytes from what is made for one of the products to that for the next. */
  readonly bytes: number;
  readonly change: Transform;
}

/** Writes the transforms of some rows of tiles: [product, tile, channel]. */
export class TileWriter {
  private readonly grid: readonly Local[];
  private readonly line: readonly Local[];
  private readonly row: Local;
  private readonly tile: Local;
  private readonly at: Local;

  constructor(private readonly f: FunctionWriter) {
    this.grid = f.manyLocals(V128, products);
    this.line = f.manyLocals(V128, reach);
    [this.row, this.tile, this.at] = f.manyLocals(I32, 3) as [Local, Local, Local];
  }

  /** @param from the first tile's corner @param target is left behind what was written for the first product */
  write(results: Results, { rows, isLast }: Rows, source: Source, from: Local, target: Local): void {
    const { f, row, tile } = this;
    const [below, right] = [isLast ? beyond(results.rows) : 0, beyond(results.columns)];
    const all = tilesAcross(results);
    const one = (down: number) => {
      f.get(row).set(tile);
      f.times(right > 0 ? all - 1 : all, () => this.writeTile(down, source.size, source, target));
      if (right > 0) this.writeTile(down, source.size - right, source, target);
      f.advance(row, side * source.strides.row);
    };
    f.get(from).set(row);
    f.times(below > 0 ? rows - 1 : rows, () => one(source.size));
    if (below > 0) one(source.size - below);
  }

  /** A tile of which the first rows and columns are there. Others are taken for zeros: no result that counts meets them. */
  private writeTile(down: number, across: number, source: Source, target: Local): void {
    const { f, grid, line, tile, at } = this;
    const { strides, size, blocks, bytes, change } = source;
    const numbers = line.slice(0, size);
    f.get(tile).set(at);
    f.times(blocks, () => {
      f.times(2, () => {
        for (let column = 0; column < across; column++) {
          numbers.forEach((number, r) => {
            if (r < down) f.get(at).loadV(r * strides.row + column * pixelBytes);
            else f.zeroV();
            f.set(number);
          });
          change(f, numbers, (place, write) => {
            write();
            f.set(grid[reach * place + column] as Local);
          });
        }
        for (let r = 0; r < reach; r++) {
          numbers.forEach((number, column) => {
            if (column < across) f.get(grid[reach * r + column] as Local);
            else f.zeroV();
            f.set(number);
          });
          change(f, numbers, (place, write) => {
            f.get(target);
            write();
            f.storeV((reach * r + place) * bytes);
          });
        }
        f.advance(at, 16).advance(target, 16);
      });
      f.advance(at, strides.block - pixelBytes);
    });
    f.advance(tile, side * pixelBytes);
  }
}
