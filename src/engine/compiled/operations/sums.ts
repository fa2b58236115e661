import type { GraphBuilder } from "../graph/builder";
import { accessOf, baseOf, type LoweringContext, type Quantity, rowMajor, sizeOf } from "../graph/quantity";
import {
  averagePoolKernel,
  blockLength,
  blockSumsKernel,
  reductionItems,
  reductionKernel,
} from "../kernels/reductions";
import { extentOf } from "../layout";
import { type FlatLoop, flatLoopKernel } from "../loops/flat-loop";
import { own, type Split, type Use, whole } from "../schedule/task";
import { type Attributes, type Build, input, type Operations, plain, Uncompilable } from "./operation";

type Fold = "sum" | "maximum";

/** Numbers that every thread folds for itself rather than wait for others. */
const fewNumbers = 4_096;

/** Over the last axis: [..., n] → [...]. */
export function foldRows(b: GraphBuilder, x: Quantity, fold: Fold): Quantity {
  const given = x.source.kind === "constant" ? plain(b, x) : x;
  const shape = given.shape.slice(0, -1);
  const length = given.shape.at(-1) ?? 1;
  const parts = fold === "sum" && length > blockLength ? partsOf(length) : 1;
  if (parts > 1) {
    // One sum of so many numbers would round too much.
    const cut = b.reshape(given, [...shape, parts, length / parts]);
    return foldRows(b, foldRows(b, cut, fold), fold);
  }
  const [made] = b.opaque({
    label: `${fold} of rows`,
    inputs: [baseOf(given)],
    shapes: [shape],
    lower: (lowering) => lowerRows(lowering, given, made as Quantity, fold),
  });
  return made as Quantity;
}

/** The largest number of equal parts that are no more than the numbers in each. */
function partsOf(length: number): number {
  let parts = Math.floor(Math.sqrt(length));
  while (length % parts !== 0) parts--;
  return parts;
}

function lowerRows(lowering: LoweringContext, x: Quantity, made: Quantity, fold: Fold): void {
  const axes = x.shape.length === 1 ? [1, ...x.shape] : x.shape;
  const strides = x.shape.length === 1 ? [0, ...accessOf(x).strides] : accessOf(x).strides;
  const from = lowering.flat(baseOf(x));
  const to = lowering.defineFlat(made, "folded");
  const loop: FlatLoop = {
    axes,
    operands: [
      { strides, ...(x.integer ? { integer: true } : {}) },
      { strides: [...rowMajor(axes.slice(0, -1)), 0] },
    ],
    terms: [{ kind: "operand", operand: 0 }],
    results: [{ term: 0, operand: 1, fold }],
  };
  const rows = axes[0] as number;
  const split = lowering.rows(rows) ?? smallSplit(sizeOf(axes), rows);
  const isOwn = split.kind === "rows" && baseOf(x).shape[0] === rows;
  lowering.add({
    label: `${fold} of rows`,
    split,
    reads: [{ buffer: from, own: isOwn } satisfies Use],
    writes: [split.kind === "rows" ? own(to) : whole(to)],
    emit: ({ module, f, from: first, to: last, address }) => {
      address(from, 4 * accessOf(x).offset);
      address(to);
      if (split.kind === "each") f.i32(0).i32(rows);
      else f.get(first).get(last);
      f.call(flatLoopKernel(module, loop));
    },
  });
}

const smallSplit = (numbers: number, count: number): Split =>
  numbers <= fewNumbers ? { kind: "each" } : { kind: "items", count };

/** Over the middle axis: [outer, middle, inner] → [outer, inner], times a number. */
export function foldMiddle(
  b: GraphBuilder,
  x: Quantity,
  [outer, middle, inner]: readonly [number, number, number],
  fold: Fold,
): Quantity {
  const given = baseOf(plain(b, x));
  const [made] = b.opaque({
    label: `${fold} over the middle`,
    inputs: [given],
    shapes: [[outer, inner]],
    lower: (lowering) => {
      const reduction = { outer, middle, inner, fold, scale: 1 };
      const [from, to] = [lowering.flat(given), lowering.defineFlat(made as Quantity, "folded")];
      const count = reductionItems(reduction);
      const split = smallSplit(outer * middle * inner, count);
      lowering.add({
        label: `${fold} over the middle`,
        split,
        reads: [whole(from)],
        writes: [whole(to)],
        emit: ({ module, f, from: first, to: last, address }) => {
          address(from);
          address(to);
          if (split.kind === "each") f.i32(0).i32(count);
          else f.get(first).get(last);
          f.call(reductionKernel(module, reduction));
        },
      });
    },
  });
  return made as Quantity;
}

/** Σ of many numbers: of blocks, and then of these. */
function sumOfAll(b: GraphBuilder, x: Quantity): Quantity {
  const count = sizeOf(x.shape);
  if (count <= blockLength) return foldRows(b, b.reshape(x, [count]), "sum");
  const given = baseOf(plain(b, x));
  const blocks = Math.ceil(count / blockLength);
  const [made] = b.opaque({
    label: "sums of blocks",
    inputs: [given],
    shapes: [[blocks]],
    lower: (lowering) => {
      const [from, to] = [lowering.flat(given), lowering.defineFlat(made as Quantity, "sums of blocks")];
      lowering.add({
        label: "sums of blocks",
        split: { kind: "items", count: blocks },
        reads: [whole(from)],
        writes: [whole(to)],
        emit: ({ module, f, from: first, to: last, address }) => {
          address(from);
          address(to);
          f.get(first).get(last).call(blockSumsKernel(module, count));
        },
      });
    },
  });
  return foldRows(b, made as Quantity, "sum");
}

/** Over any axes. */
export function reduce(
  b: GraphBuilder,
  x: Quantity,
  axes: readonly number[],
  fold: Fold,
  keepsAxes: boolean,
): Quantity {
  const { shape } = x;
  const isFolded = (axis: number) => axes.includes(axis);
  const result = keepsAxes
    ? shape.map((length, axis) => (isFolded(axis) ? 1 : length))
    : shape.filter((_, axis) => !isFolded(axis));
  if (axes.length === 0) return x;
  if (x.source.kind === "constant" && fold === "sum") {
    const count = axes.reduce((product, axis) => product * (shape[axis] as number), 1);
    return b.constant(x.source.value * count, result);
  }
  const [first, last] = [Math.min(...axes), Math.max(...axes)];
  const isRun = last - first + 1 === axes.length;
  const size = (from: number, to?: number) => sizeOf(shape.slice(from, to));
  if (isRun && size(last + 1) > 1) {
    return b.reshape(foldMiddle(b, x, [size(0, first), size(first, last + 1), size(last + 1)], fold), result);
  }
  if (isRun && size(0, first) === 1 && fold === "sum") return b.reshape(sumOfAll(b, x), result);
  // What is folded comes last.
  const order = [...shape.keys()].sort((a, c) => Number(isFolded(a)) - Number(isFolded(c)) || a - c);
  const kept = order.filter((axis) => !isFolded(axis)).map((axis) => shape[axis] as number);
  const { strides, offset } = accessOf(x);
  const moved = b.view(
    x.source.kind === "constant" ? plain(b, x) : x,
    order.map((axis) => shape[axis] as number),
    { strides: order.map((axis) => strides[axis] as number), offset },
  );
  const rows = b.reshape(moved, [sizeOf(kept), sizeOf(shape) / sizeOf(kept)]);
  return b.reshape(foldRows(b, rows, fold), result);
}

function axesOf(axis: unknown, rank: number): number[] {
  const given = axis === null || axis === undefined ? [...Array(rank).keys()] : [axis].flat();
  return given.map((one) => (Number(one) < 0 ? Number(one) + rank : Number(one)));
}

const reduction =
  (fold: Fold): Build =>
  (b, inputs, { axis, reductionIndices, keepDims }) => {
    const x = input(inputs, "x");
    return [reduce(b, x, axesOf(axis ?? reductionIndices, x.shape.length), fold, keepDims === true)];
  };

const mean: Build = (b, inputs, { axis, keepDims }) => {
  const x = input(inputs, "x");
  const axes = axesOf(axis, x.shape.length);
  const count = axes.reduce((product, one) => product * (x.shape[one] as number), 1);
  return [b.binary("multiply", reduce(b, x, axes, "sum", keepDims === true), b.constant(1 / count))];
};

const columnSums: Build = (b, inputs, { rows, columns }) => {
  const x = input(inputs, "x");
  return [b.reshape(foldMiddle(b, x, [1, Number(rows), Number(columns)], "sum"), [Number(columns)])];
};

const pool: Build = (b, inputs, { batch, channels }) => {
  const x = plain(b, input(inputs, "x"));
  const base = baseOf(x);
  const extent = extentOf(x.shape);
  const [made] = b.opaque({
    label: "average pool",
    inputs: [base],
    shapes: [[Number(batch), Number(channels)]],
    makesImages: true,
    lower: (lowering) => {
      const from = lowering.images(base, extent);
      const to = lowering.defineImages(made as Quantity, { ...extent, height: 1, width: 1 }, "pooled");
      const { blocks, height, width, strides } = from.layout;
      lowering.add({
        label: "average pool",
        split: lowering.batchRows(extent.batch),
        reads: [own(from.buffer)],
        writes: [own(to.buffer)],
        emit: ({ module, f, from: first, to: last, address }) => {
          address(from.buffer);
          address(to.buffer);
          f.get(first)
            .get(last)
            .call(averagePoolKernel(module, { blocks, height, width, x: strides }));
        },
      });
    },
  });
  return [made as Quantity];
};

/** Every pixel gets its share. A reshape to [batch, height, width, channels] takes it there without a copy. */
const poolGradient: Build = (b, inputs, { batch, pixels, channels }) => {
  const dy = b.reshape(input(inputs, "dy"), [Number(batch), 1, Number(channels)]);
  const share = b.constant(1 / Number(pixels));
  const terms = [{ kind: "binary", function: "multiply", left: 0, right: 1 }] as const;
  return [b.compute([Number(batch), Number(pixels), Number(channels)], [dy, share], terms)];
};

/** Squares of pixels, side by side: [batch, height / s, s, width / s, s, channels]. @throws Uncompilable where they overlap */
function squares(shape: readonly number[], { filterSize, strides, pad }: Attributes): number[] {
  const [side, other] = [filterSize].flat() as number[];
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  const steps = [strides].flat() as number[];
  const isEven = side !== undefined && steps.every((step) => step === side) && (other ?? side) === side;
  if (!isEven || height % side !== 0 || width % side !== 0 || typeof pad !== "string")
    throw new Uncompilable("Averages of pixels that do not lie side by side in squares.");
  return [batch, height / side, side, width / side, side, channels];
}

const averageSquares: Build = (b, inputs, attributes) => {
  const x = input(inputs, "x");
  const parted = squares(x.shape, attributes);
  const [batch = 0, height = 0, side = 0, width = 0, , channels = 0] = parted;
  const total = reduce(b, b.reshape(x, parted), [2, 4], "sum", false);
  const mean = b.binary("multiply", total, b.constant(1 / side ** 2));
  return [b.reshape(mean, [batch, height, width, channels])];
};

const averageSquaresGradient: Build = (b, inputs, attributes) => {
  const [dy, { shape }] = [input(inputs, "dy"), input(inputs, "input")];
  const parted = squares(shape, attributes);
  const [batch = 0, height = 0, side = 0, width = 0, , channels = 0] = parted;
  const share = b.binary("multiply", dy, b.constant(1 / side ** 2));
  const terms = [{ kind: "unary", function: "copy", of: 0 }] as const;
  const spread = b.compute(parted, [b.reshape(share, [batch, height, 1, width, 1, channels])], terms);
  return [b.reshape(spread, shape)];
};

export const sums: Operations = {
  AvgPool: averageSquares,
  AvgPoolGrad: averageSquaresGradient,
  Sum: reduction("sum"),
  Max: reduction("maximum"),
  Mean: mean,
  RetortColumnSums: columnSums,
  RetortGlobalAveragePool: pool,
  RetortGlobalAveragePoolGradient: poolGradient,
};
