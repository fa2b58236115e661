import type { Chunks } from "../batch-norm/programs";
import { type ConvolutionKernel, sumOfParts } from "./filter-gradient";
import { type Fusion, type Operand, stored, valueWith } from "./operand";
import { type ConvolutionShape, forwardLabel, forwardReads } from "./programs";
import { depth, tileOf, workgroupProgram } from "./workgroup-product";

/** The chunks of rows whose moments a forward pass can write: its tiles, if none has rows of two groups. */
export const workgroupChunks = (
  { batch, outHeight, outWidth, to }: ConvolutionShape,
  groups: number,
): Chunks | undefined => chunksOfRows(batch * outHeight * outWidth, to, groups);

/** Likewise the chunks of an input gradient's rows. */
export const workgroupInputChunks = (
  { batch, height, width, from }: ConvolutionShape,
  groups: number,
): Chunks | undefined => chunksOfRows(batch * height * width, from, groups);

function chunksOfRows(m: number, n: number, groups: number): Chunks | undefined {
  const [rows] = tileOf(n);
  const count = m / rows / groups;
  return Number.isInteger(count) ? { count, rows } : undefined;
}

/** WGSL of the group of images that pixel `at` of `pixels` is of. */
const groupAt = ({ groups }: Operand, at: string, pixels: number) =>
  groups === 1 ? "0" : `${at} / ${pixels / groups}`;

/** Whether a forward pass reads each pixel at its own place, and few workgroups read the same. */
export const workgroupsSeeAllOnce = (shape: ConvolutionShape): boolean => {
  const { height, width, outHeight, outWidth, stride, to } = shape;
  return stride === 1 && height === outHeight && width === outWidth && to <= 2 * tileOf(to)[1];
};

/** y as a product: one row per output pixel, one column per output channel; k runs over taps and input channels. */
export function workgroupForward(
  shape: ConvolutionShape,
  {
    x = stored("x"),
    keepsX,
    moments = false,
  }: Pick<Fusion, "x" | "keepsX"> & { readonly moments?: boolean } = {},
): ConvolutionKernel {
  const { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding } =
    shape;
  const middle = (kernelHeight * kernelWidth - 1) / 2;
  const program = workgroupProgram({
    label: forwardLabel(shape),
    m: batch * outHeight * outWidth,
    n: to,
    k: kernelHeight * kernelWidth * from,
    parts: 1,
    reads: forwardReads(shape, x),
    helpers: x.helpers,
    biased: shape.biased,
    moments,
    keepsA: keepsX
      ? `if (step / ${from} == ${middle}) { keptA[at * ${from} + step % ${from}] = value; }`
      : undefined,
    a: `  let row = ((m / ${outWidth}) % ${outHeight}) * ${stride} + k / ${kernelWidth * from} - ${padding};
  let column = (m % ${outWidth}) * ${stride} + (k / ${from}) % ${kernelWidth} - ${padding};
  if (row < 0 || row >= ${height} || column < 0 || column >= ${width}) { return 0.0; }
  let c = k % ${from};
  let at = ((m / ${outHeight * outWidth} * ${height} + row) * ${width} + column) * ${from} + c;
  return ${valueWith(x, "at", "c", groupAt(x, "m", batch * outHeight * outWidth))};`,
    b: `  return w[k * ${to} + n];`,
  });
  return { partial: program, reduce: undefined, splits: 1 };
}

/** dx as a product: one row per input pixel, one column per input channel; k runs over taps and output channels. */
export function workgroupInputGradient(
  shape: ConvolutionShape,
  { ending }: Pick<Fusion, "ending"> = {},
): ConvolutionKernel {
  const { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding } =
    shape;
  const program = workgroupProgram({
    label: "conv2d input gradient",
    m: batch * height * width,
    n: from,
    k: kernelHeight * kernelWidth * to,
    parts: 1,
    reads: ["dy", "w"],
    ending,
    a: `  let row = (m / ${width}) % ${height} + ${padding} - k / ${kernelWidth * to};
  let column = m % ${width} + ${padding} - (k / ${to}) % ${kernelWidth};
  if (row < 0 || column < 0 || row % ${stride} != 0 || column % ${stride} != 0) { return 0.0; }
  if (row / ${stride} >= ${outHeight} || column / ${stride} >= ${outWidth}) { return 0.0; }
  let pixel = (m / ${height * width} * ${outHeight} + row / ${stride}) * ${outWidth} + column / ${stride};
  return dy[pixel * ${to} + k % ${to}];`,
    b: `  return w[(k / ${to} * ${from} + n) * ${to} + k % ${to}];`,
  });
  return { partial: program, reduce: undefined, splits: 1 };
}

/** The number of workgroups that keeps a large device busy. */
const wantedGroups = 256;
/** The most numbers of partial sums. */
const mostPartialSums = 1 << 22;

/** dW as a product: one row per weight of an output channel; k runs over all output pixels of all images, in parts. */
export function workgroupFilterGradient(
  shape: ConvolutionShape,
  { x = stored("x"), dy = stored("dy"), keepsDy = false }: Fusion = {},
): ConvolutionKernel {
  const { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding } =
    shape;
  const m = kernelHeight * kernelWidth * from;
  const k = batch * outHeight * outWidth;
  const [rows, columns] = tileOf(to);
  const groups = Math.ceil(m / rows) * Math.ceil(to / columns);
  const most = Math.min(Math.ceil(k / depth), Math.max(1, Math.floor(mostPartialSums / (m * to))));
  const splits = Math.max(1, Math.min(most, Math.ceil(wantedGroups / groups)));
  const partial = workgroupProgram({
    label: "conv2d filter gradient",
    m,
    n: to,
    k,
    parts: splits,
    reads: [...x.reads, ...dy.reads],
    helpers: `${x.helpers ?? ""}\n${dy.helpers ?? ""}`,
    keepsB: keepsDy,
    a: `  let row = ((k / ${outWidth}) % ${outHeight}) * ${stride} + m / ${kernelWidth * from} - ${padding};
  let column = (k % ${outWidth}) * ${stride} + (m / ${from}) % ${kernelWidth} - ${padding};
  if (row < 0 || row >= ${height} || column < 0 || column >= ${width}) { return 0.0; }
  let c = m % ${from};
  let at = ((k / ${outHeight * outWidth} * ${height} + row) * ${width} + column) * ${from} + c;
  return ${valueWith(x, "at", "c", groupAt(x, "k", batch * outHeight * outWidth))};`,
    b: `  let at = k * ${to} + n;
  return ${valueWith(dy, "at", "n", groupAt(dy, "k", batch * outHeight * outWidth))};`,
  });
  return { partial, reduce: splits > 1 ? sumOfParts(m * to, splits) : undefined, splits };
}
