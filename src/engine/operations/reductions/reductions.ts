import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import { TrainingBackend } from "../../backend/backend";
import { addedOverLanes, lanesFor, lanesProgram, mostLanes, sharesWork } from "../../backend/lanes";
import { defineOperation } from "../../backend/operation";
import type { GpuProgram } from "../../backend/pipelines";
import { perRun, programOver, runsIn } from "../../backend/program";

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

/** Undefined if the summed axes are none, empty, not adjacent, or include the last axis: tfjs handles those well. */
function partsOf(shape: readonly number[], axes: readonly number[]): Parted | undefined {
  const [first = 0, last = -1] = [Math.min(...axes), Math.max(...axes)];
  if (axes.length === 0 || last - first + 1 !== axes.length) return undefined;
  const size = (from: number, to?: number) => shape.slice(from, to).reduce((a, b) => a * b, 1);
  const parted = [size(0, first), size(first, last + 1), size(last + 1)] as const;
  return parted.includes(0) || parted[2] === 1 ? undefined : parted;
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
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

/**
 * Replaces tfjs's sums and means on WebGPU if the last axis stays, since tfjs's own transpose first. Replaces all their
 * gradients by a broadcast on the GPU, since tfjs's upload a tensor of ones.
 */
function replace(kernelName: "Sum" | "Mean", factor: (count: number) => number): void {
  const [stock, stockGradient] = [tf.getKernel(kernelName, "webgpu"), tf.getGradient(kernelName)];
  if (!stock || !stockGradient) throw new Error(`tfjs has no ${kernelName} for WebGPU.`);
  tf.unregisterKernel(kernelName, "webgpu");
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const { x } = call.inputs as { readonly x: tf.TensorInfo };
      const { axis, keepDims } = call.attrs as unknown as Reduction;
      const axes = tf.util.parseAxisParam(axis, x.shape);
      const parted = x.dtype === "float32" ? partsOf(x.shape, axes) : undefined;
      if (!parted || !(call.backend instanceof TrainingBackend)) return stock.kernelFunc(call);
      const kept = x.shape.map((size, i) => (axes.includes(i) ? 1 : size));
      const shape = keepDims ? kept : x.shape.filter((_, i) => !axes.includes(i));
      return sumOverMiddle(call.backend, x, parted, shape, { scale: factor(parted[1]) });
    },
  });
  tf.registerGradient({
    ...stockGradient,
    gradFunc: (dy, saved, attrs) => {
      if (tf.getBackend() !== "webgpu") return stockGradient.gradFunc(dy, saved, attrs);
      const x = saved[0] as tf.Tensor;
      const axes = tf.util.parseAxisParam((attrs as unknown as Reduction).axis, x.shape);
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

replace("Sum", () => 1);
replace("Mean", (count) => 1 / count);
