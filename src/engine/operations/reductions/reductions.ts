import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { TrainingBackend } from "../../backend/backend";
import { addedOverLanes, lanesFor, lanesProgram, mostLanes, sharesWork } from "../../backend/lanes";
import { defineOperation } from "../../backend/operation";
import type { GpuProgram } from "../../backend/pipelines";
import { perRun, programOver, runsIn } from "../../backend/program";
import { rowProgram } from "../../backend/rows";

/** A tensor's shape as [outer, middle, inner]; sums run over the middle axis. */
type Parted = readonly [outer: number, middle: number, inner: number];

/** The most numbers that one lane sums. */
const sumLength = 128;

/** Sums runs of `length` middle numbers (the last may be shorter). → [outer, ⌈middle / length⌉, inner]. */
function partialSums([outer, middle, inner]: Parted, length: number, scale: number): GpuProgram {
  const parts = Math.ceil(middle / length);
  const lanes = lanesFor(length, sumLength);
  const body = `  let first = (table % ${parts}) * ${length};
  let base = (table / ${parts}) * ${middle * inner} + c;
  var own = 0.0;
  for (var i = first + lane; i < min(${middle}, first + ${length}); i += ${lanes}) { own += x[base + i * ${inner}]; }
  scratch[slot] = own;
  workgroupBarrier();
  if (lane == 0 && real) {
    var sum = 0.0;
    ${addedOverLanes(lanes, "sum += scratch[at]")}
    sums[table * ${inner} + c] = sum${scale === 1 ? "" : ` * f32(${scale})`};
  }`;
  const [reads, writes, shared] = [["x"], ["sums"], ["scratch"]];
  return lanesProgram({
    ...{ label: "sum", columns: inner, tables: outer * parts, lanes, reads, writes, shared, body },
  });
}

/**
 * Sums over the middle axis and multiplies by `scale`. A long axis is summed in parts, and the parts in turn, always in
 * the same order and without a transpose. The caller owns the result, which has `shape`, of outer · inner numbers.
 *
 * @param output makes the tensor of the result
 */
export function sumOverMiddle(
  backend: TrainingBackend,
  x: tf.TensorInfo,
  [outer, middle, inner]: Parted,
  shape: number[],
  { scale = 1, output = () => backend.output(shape) } = {},
): tf.TensorInfo {
  const most = sumLength * (sharesWork() ? mostLanes : 1);
  if (middle <= most) {
    const sums = output();
    backend.run(partialSums([outer, middle, inner], Math.max(1, middle), scale), [x, sums]);
    return sums;
  }
  const parts = Math.ceil(middle / most);
  const partial = backend.output([outer, parts, inner]);
  backend.run(partialSums([outer, middle, inner], most, 1), [x, partial]);
  const sums = sumOverMiddle(backend, partial, [outer, parts, inner], shape, { scale, output });
  backend.disposeData(partial.dataId);
  return sums;
}

/** Undefined if the reduced axes are none, empty or not adjacent. */
function partsOf(shape: readonly number[], axes: readonly number[]): Parted | undefined {
  const [first = 0, last = -1] = [Math.min(...axes), Math.max(...axes)];
  if (axes.length === 0 || last - first + 1 !== axes.length) return undefined;
  const size = (from: number, to?: number) => shape.slice(from, to).reduce((a, b) => a * b, 1);
  const parted = [size(0, first), size(first, last + 1), size(last + 1)] as const;
  return parted.includes(0) ? undefined : parted;
}

type Kind = "Sum" | "Mean" | "Max";
type RowBody = Parameters<typeof rowProgram>[0]["body"];

/** The longest rows that are reduced here. Longer ones, or a single one, tfjs shares out better. */
const longestRow = 1024;

/** WGSL of a reduction's first value, and of the value that includes one more number. */
const adding = { start: "0.0", join: (x: string) => `own + ${x}` };
const comparing = { start: "-3.4028234e38", join: (x: string) => `max(own, ${x})` };

/** Reduces rows of [outer, middle]: tfjs takes a workgroup and its barriers for each, however short it is. */
function reduceRows(
  kind: Kind,
  backend: TrainingBackend,
  x: tf.TensorInfo,
  [rows, columns]: Parted,
  shape: number[],
): tf.TensorInfo {
  const y = backend.output(shape);
  const { start, join } = kind === "Max" ? comparing : adding;
  const scale = kind === "Mean" ? ` / ${columns}.0` : "";
  const body: RowBody = (row) => `  var own = ${start};
  ${row.each(`own = ${join(`x[row * ${columns} + c]`)};`)}
  let all = ${kind === "Max" ? row.max("own") : row.sum("own")};
  if (isFirst) { y[row] = all${scale}; }`;
  const label = `${kind.toLowerCase()} of rows`;
  backend.run(rowProgram({ label, reads: ["x"], writes: ["y"], rows, columns, body }), [x, y]);
  return y;
}

interface Spread {
  readonly shape: number[];
  readonly factor: number;
}

/** One number times a factor, in every place of a tensor: the gradient of a sum or mean of everything. */
const runSpread = defineOperation<"x", Spread>(["x"], {
  name: "RetortSpread",
  gpu: (backend, { x }, { shape, factor }) => {
    const y = backend.output([...shape]);
    const count = tf.util.sizeFromShape(shape);
    const body = perRun(count, `    y[i] = x[0]${factor === 1 ? "" : ` * f32(${factor})`};`);
    backend.run(programOver("spread", ["x"], ["y"], runsIn(count), body), [x, y]);
    return [y];
  },
  reference: ({ x }, { shape, factor }) => [tf.broadcastTo(tf.mul(tf.reshape(x, []), factor), shape)],
  gradient: ([dy], { inputs: { x } }, { factor }) => ({
    x: () => tf.reshape(tf.mul(tf.sum(dy as tf.Tensor), factor), x.shape),
  }),
});
const spread = (x: tf.Tensor, given: Spread): tf.Tensor => runSpread({ x }, given)[0] as tf.Tensor;

interface Reduction {
  /** All if undefined. */
  readonly axis?: number | number[];
  /** The same for maxima. */
  readonly reductionIndices?: number | number[];
  readonly keepDims: boolean;
}

/** What a sum is multiplied by. */
const factorOf = { Sum: () => 1, Mean: (count: number) => 1 / count };

/**
 * Replaces tfjs's kernel on WebGPU where a short last axis is reduced, or, for sums and means, where the last axis stays:
 * tfjs's own transpose first.
 */
function replaceKernel(kind: Kind): void {
  const stock = tf.getKernel(kind, "webgpu");
  if (!stock) throw new Error(`tfjs has no ${kind} for WebGPU.`);
  tf.unregisterKernel(kind, "webgpu");
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const { backend } = call;
      const { x } = call.inputs as { readonly x: tf.TensorInfo };
      const { axis, reductionIndices, keepDims } = call.attrs as unknown as Reduction;
      const axes = tf.util.parseAxisParam((axis ?? reductionIndices) as number[], x.shape);
      const parted = x.dtype === "float32" ? partsOf(x.shape, axes) : undefined;
      if (!parted || !(backend instanceof TrainingBackend)) return stock.kernelFunc(call);
      const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      const shape = keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i));
      const [outer, middle, inner] = parted;
      if (inner === 1) {
        const short = outer > 1 && middle <= longestRow;
        return short ? reduceRows(kind, backend, x, parted, shape) : stock.kernelFunc(call);
      }
      if (kind === "Max") return stock.kernelFunc(call);
      return sumOverMiddle(backend, x, parted, shape, { scale: factorOf[kind](middle) });
    },
  });
}

/** Replaces the gradient of tfjs's sums and means by a broadcast on the GPU, since tfjs's uploads a tensor of ones. */
function replaceGradient(kind: "Sum" | "Mean"): void {
  const stock = tf.getGradient(kind);
  if (!stock) throw new Error(`tfjs has no gradient of ${kind}.`);
  const factor = factorOf[kind];
  tf.registerGradient({
    ...stock,
    gradFunc: (dy, saved, attrs) => {
      if (tf.getBackend() !== "webgpu") return stock.gradFunc(dy, saved, attrs);
      const x = saved[0] as tf.Tensor;
      const axes = tf.util.parseAxisParam((attrs as unknown as Reduction).axis as number[], x.shape);
      const count = axes.reduce((product, axis) => product * (x.shape[axis] as number), 1);
      const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      if ((dy as tf.Tensor).size === 1 && count > 1) {
        return { x: () => spread(dy as tf.Tensor, { shape: x.shape, factor: factor(count) }) };
      }
      const share = () => tf.mul(tf.reshape(dy as tf.Tensor, kept), factor(count));
      return {
        x: () => tf.broadcastTo(factor(count) === 1 ? tf.reshape(dy as tf.Tensor, kept) : share(), x.shape),
      };
    },
  });
}

for (const kind of ["Sum", "Mean", "Max"] as const) replaceKernel(kind);
for (const kind of ["Sum", "Mean"] as const) replaceGradient(kind);
