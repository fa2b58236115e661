import { type FunctionWriter, I32, type Local, V128 } from "../assembler/function-writer";
import type { ModuleWriter } from "../assembler/module-writer";
import { lanes, pixelBytes } from "../layout";
import { blocksOf } from "./filters";

/** A B, or Aᵀ B, with a number added to each column or not. */
export interface MatrixProduct {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  /** Whether A lies as [inner, rows]. */
  readonly transposed: boolean;
  readonly biased: boolean;
}

/** Rows whose sums are kept in registers at once. */
const tiles = [6, 4, 2, 1] as const;

/**
 * Takes A, B packed as [block of columns, inner rounded up to blocks, 8] (as convolutions pack their weights), the bias, C
 * [rows, columns], and rows from the one up to the other.
 */
export function matrixProductKernel(module: ModuleWriter, product: MatrixProduct): number {
  return module.once(`product ${JSON.stringify(product)}`, () =>
    module.define([I32, I32, I32, I32, I32, I32], (f, [a = 0, b = 0, bias = 0, c = 0, from = 0, to = 0]) => {
      const [row, left] = f.manyLocals(I32, 2) as [Local, Local];
      f.get(from).set(row);
      f.get(to).get(from).sub().set(left);
      f.get(from)
        .get(to)
        .less()
        .when(() => {
          for (const size of tiles) {
            const enough = () => f.get(left).i32(size).atLeast();
            enough();
            f.when(() => {
              f.loop(() => {
                writeTile(f, product, size, { a, b, bias, c, row });
                f.advance(row, size);
                f.get(left).i32(size).sub().set(left);
                enough().branchIf(0);
              });
            });
          }
        });
    }),
  );
}

interface Operands {
  readonly a: Local;
  readonly b: Local;
  readonly bias: Local;
  readonly c: Local;
  readonly row: Local;
}

/** Some rows, for all columns. */
function writeTile(f: FunctionWriter, product: MatrixProduct, size: number, given: Operands): void {
  const { rows, inner, columns, transposed, biased } = product;
  const [rowStep, innerStep] = transposed ? [4, 4 * rows] : [4 * inner, 4];
  const sums = Array.from({ length: size }, () => f.manyLocals(V128, 2) as [Local, Local]);
  const weights = f.manyLocals(V128, 2) as [Local, Local];
  const value = f.local(V128);
  const [aRow, aAt, bAt, biasAt, cAt] = f.manyLocals(I32, 5) as [Local, Local, Local, Local, Local];
  f.get(given.row).i32(rowStep).mul().get(given.a).add().set(aRow);
  f.get(given.row)
    .i32(4 * columns)
    .mul()
    .get(given.c)
    .add()
    .set(cAt);
  f.get(given.b).set(bAt);
  f.get(given.bias).set(biasAt);
  /** Products of `count` neighbours along the inner axis. */
  const multiply = (count: number) => {
    for (let p = 0; p < count; p++) {
      for (const half of [0, 1] as const)
        f.get(bAt)
          .loadV(p * pixelBytes + 16 * half)
          .set(weights[half]);
      sums.forEach((pair, i) => {
        f.get(aAt)
          .loadSplat(i * rowStep + p * innerStep)
          .set(value);
        for (const half of [0, 1] as const)
          f.get(value).get(weights[half]).get(pair[half]).multiplyAdd().set(pair[half]);
      });
    }
    f.advance(aAt, count * innerStep);
  };
  const writeBlock = (width: number) => {
    f.get(aRow).set(aAt);
    const first = sums[0] as [Local, Local];
    for (const half of [0, 1] as const) {
      if (biased) loadPart(f, biasAt, 16 * half, Math.min(4, width - 4 * half));
      else f.zeroV();
      f.set(first[half]);
      for (const pair of sums.slice(1)) f.get(first[half]).set(pair[half]);
    }
    f.times(Math.floor(inner / lanes), () => {
      multiply(lanes);
      f.advance(bAt, lanes * pixelBytes);
    });
    multiply(inner % lanes);
    // Blocks of B are whole; only a single, narrow one is as narrow as A.
    if (inner % lanes > 0) f.advance(bAt, (inner < lanes ? inner : lanes) * pixelBytes);
    sums.forEach((pair, i) => {
      for (const half of [0, 1] as const)
        storePart(f, cAt, pair[half], 4 * i * columns + 16 * half, Math.min(4, width - 4 * half));
    });
    f.advance(cAt, 4 * width);
    f.advance(biasAt, 4 * width);
  };
  f.times(Math.floor(columns / lanes), () => writeBlock(lanes));
  if (columns % lanes > 0) writeBlock(columns % lanes);
  f.release(V128, value, ...weights, ...sums.flat()).release(I32, aRow, aAt, bAt, biasAt, cAt);
}

/** Leaves up to four numbers from memory, zeros behind them. */
function loadPart(f: FunctionWriter, from: Local, offset: number, count: number): void {
  if (count >= 4) {
    f.get(from).loadV(offset);
    return;
  }
  const vector = f.local(V128);
  f.zeroV().set(vector);
  for (let lane = 0; lane < count; lane++)
    f.get(from)
      .get(vector)
      .loadLane(lane, offset + 4 * lane)
      .set(vector);
  f.get(vector).release(V128, vector);
}

function storePart(f: FunctionWriter, to: Local, vector: Local, offset: number, count: number): void {
  if (count >= 4) f.get(to).get(vector).storeV(offset);
  else
    for (let lane = 0; lane < count; lane++)
      f.get(to)
        .get(vector)
        .storeLane(lane, offset + 4 * lane);
}

/** Bytes of B packed. */
export const packedMatrixBytes = (inner: number, columns: number): number =>
  blocksOf(columns) * blocksOf(inner) * Math.min(inner, lanes) * pixelBytes;
