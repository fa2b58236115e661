import type { GpuProgram } from "../../backend/backend";
import { mainOver, workgroupsFor } from "../../backend/wgsl";
import type { Chunks } from "../batch-norm/programs";
import { type ConvolutionShape, channelTile } from "./programs";

/** The programs of one pass: two tensors → partial sums [splits, size] → their sum [size]. */
export interface ConvolutionKernel {
  readonly partial: GpuProgram;
  /** Adds the partial sums; absent if there is only one part. */
  readonly reduce: GpuProgram | undefined;
  readonly splits: number;
  /** The chunks of rows of which an input gradient with an ending writes sums. */
  readonly chunks?: Chunks | undefined;
}

/** Creates a program that adds the parts in order, reproducibly. [parts, weights] → [weights]. */
export function sumOfParts(weights: number, parts: number): GpuProgram {
  return {
    label: "conv2d filter gradient, sum of parts",
    access: ["read", "write"],
    workgroups: workgroupsFor(weights),
    wgsl: `@group(0) @binding(0) var<storage, read> sums: array<f32>;
@group(0) @binding(1) var<storage, read_write> total: array<f32>;
${mainOver(
  weights,
  `  var sum = 0.0;
  for (var part = 0; part < ${parts}; part++) { sum += sums[part * ${weights} + index]; }
  total[index] = sum;`,
)}`,
  };
}

/** The number of invocations that keeps a GPU busy; without splitting there are only kernel² · from · to / tile. */
const wantedInvocations = 8192;

/**
 * dW [kh, kw, from, to] = Σ over images and output pixels of x · dy. The sum over images is split into parts that run in
 * parallel; a second program adds the parts in a fixed order, so the result is reproducible.
 */
export function filterGradientPrograms(shape: ConvolutionShape): ConvolutionKernel {
  const { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding } =
    shape;
  const tile = channelTile(to);
  const tiles = to / tile;
  const weights = kernelHeight * kernelWidth * from * to;
  const places = weights / tile;
  const imagesPerSplit = Math.ceil(
    batch / Math.max(1, Math.min(batch, Math.ceil(wantedInvocations / places))),
  );
  const splits = Math.ceil(batch / imagesPerSplit);
  const invocations = places * splits;
  const sums = Array.from({ length: tile }, (_, i) => `s${i}`);
  const partial: GpuProgram = {
    label: "conv2d filter gradient",
    access: ["read", "read", "write"],
    workgroups: workgroupsFor(invocations),
    wgsl: `@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read> dy: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;
${mainOver(
  invocations,
  `  let co = (index % ${tiles}) * ${tile};
  let ci = (index / ${tiles}) % ${from};
  let tap = (index / ${tiles * from}) % ${kernelHeight * kernelWidth};
  let part = index / ${places};
  let ky = tap / ${kernelWidth};
  let kx = tap % ${kernelWidth};
${sums.map((s) => `  var ${s} = 0.0;`).join("\n")}
  for (var n = part * ${imagesPerSplit}; n < min(${batch}, (part + 1) * ${imagesPerSplit}); n++) {
    for (var oy = 0; oy < ${outHeight}; oy++) {
      let iy = oy * ${stride} + ky - ${padding};
      if (iy < 0 || iy >= ${height}) { continue; }
      for (var ox = 0; ox < ${outWidth}; ox++) {
        let ix = ox * ${stride} + kx - ${padding};
        if (ix < 0 || ix >= ${width}) { continue; }
        let v = x[((n * ${height} + iy) * ${width} + ix) * ${from} + ci];
        let at = ((n * ${outHeight} + oy) * ${outWidth} + ox) * ${to} + co;
${sums.map((s, i) => `        ${s} += v * dy[at + ${i}];`).join("\n")}
      }
    }
  }
  let to = part * ${weights} + (tap * ${from} + ci) * ${to} + co;
${sums.map((s, i) => `  sums[to + ${i}] = ${s};`).join("\n")}`,
)}`,
  };
  return { partial, reduce: splits > 1 ? sumOfParts(weights, splits) : undefined, splits };
}
