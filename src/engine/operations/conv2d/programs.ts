import type { GpuProgram } from "../../backend/backend";
import { mainOver, storageOf, workgroupsFor } from "../../backend/wgsl";
import { type Operand, stored } from "./operand";

/** All sizes of a convolution: x [batch, height, width, from], filter [kernelHeight, kernelWidth, from, to]. */
export interface ConvolutionShape {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly stride: number;
  readonly padding: number;
  /** Present if the forward pass adds a bias [to]. */
  readonly biased?: true;
}

export const forwardLabel = ({ biased }: ConvolutionShape): string =>
  biased ? "dense forward" : "conv2d forward";

/** The names of the tensors that a forward pass reads. */
export const forwardReads = (
  { biased }: { readonly biased?: boolean | undefined },
  x: Operand = stored("x"),
): readonly string[] => [...x.reads, "w", ...(biased ? ["bias"] : [])];

/** Returns the sizes of a convolution. @throws RangeError with the sizes that do not fit */
export function convolutionShape(
  x: readonly number[],
  filter: readonly number[],
  { stride, padding }: { readonly stride: number; readonly padding: number },
): ConvolutionShape {
  if (x.length !== 4 || filter.length !== 4) {
    throw new RangeError(`conv2d takes images of rank 4 and filters of rank 4, not [${x}] and [${filter}].`);
  }
  const [batch = 0, height = 0, width = 0, from = 0] = x;
  const [kernelHeight = 0, kernelWidth = 0, filterFrom = 0, to = 0] = filter;
  if (from !== filterFrom) {
    throw new RangeError(`conv2d: images have ${from} channels, the filter expects ${filterFrom}.`);
  }
  if (!Number.isInteger(stride) || stride < 1 || !Number.isInteger(padding) || padding < 0) {
    throw new RangeError(
      `conv2d: stride ${stride} and padding ${padding} must be integers, at least 1 and 0.`,
    );
  }
  const outHeight = Math.floor((height + 2 * padding - kernelHeight) / stride) + 1;
  const outWidth = Math.floor((width + 2 * padding - kernelWidth) / stride) + 1;
  if (outHeight < 1 || outWidth < 1) {
    throw new RangeError(
      `conv2d: a ${kernelHeight}×${kernelWidth} filter does not fit ${height}×${width} images.`,
    );
  }
  return { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding };
}

/** The number of output channels that one invocation accumulates in registers. */
export function channelTile(channels: number): number {
  return [8, 4, 2].find((tile) => channels % tile === 0) ?? 1;
}

const names = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name}${i}`);

/** y[n, oy, ox, :tile] = Σ x · w: one output pixel and a tile of channels per invocation, without barriers. */
export function forwardProgram(shape: ConvolutionShape): GpuProgram {
  const { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding } =
    shape;
  const tile = channelTile(to);
  const tiles = to / tile;
  const invocations = batch * outHeight * outWidth * tiles;
  const sums = names(tile, "s");
  const { access, declarations } = storageOf(forwardReads(shape), ["y"]);
  return {
    label: forwardLabel(shape),
    access,
    workgroups: workgroupsFor(invocations),
    wgsl: `${declarations}
${mainOver(
  invocations,
  `  let c = (index % ${tiles}) * ${tile};
  let pixel = index / ${tiles};
  let ox = pixel % ${outWidth};
  let oy = (pixel / ${outWidth}) % ${outHeight};
  let n = pixel / ${outWidth * outHeight};
${sums.map((s, i) => `  var ${s} = ${shape.biased ? `bias[c + ${i}]` : "0.0"};`).join("\n")}
  for (var ky = 0; ky < ${kernelHeight}; ky++) {
    let iy = oy * ${stride} + ky - ${padding};
    if (iy < 0 || iy >= ${height}) { continue; }
    for (var kx = 0; kx < ${kernelWidth}; kx++) {
      let ix = ox * ${stride} + kx - ${padding};
      if (ix < 0 || ix >= ${width}) { continue; }
      let at = ((n * ${height} + iy) * ${width} + ix) * ${from};
      let wAt = (ky * ${kernelWidth} + kx) * ${from * to} + c;
      for (var ci = 0; ci < ${from}; ci++) {
        let v = x[at + ci];
        let k = wAt + ci * ${to};
${sums.map((s, i) => `        ${s} += v * w[k + ${i}];`).join("\n")}
      }
    }
  }
  let to = pixel * ${to} + c;
${sums.map((s, i) => `  y[to + ${i}] = ${s};`).join("\n")}`,
)}`,
  };
}

/** dx[n, iy, ix, :tile] = Σ dy · w over the outputs that depend on this pixel. */
export function inputGradientProgram(shape: ConvolutionShape): GpuProgram {
  const { batch, height, width, from, to, kernelHeight, kernelWidth, outHeight, outWidth, stride, padding } =
    shape;
  const tile = channelTile(from);
  const tiles = from / tile;
  const invocations = batch * height * width * tiles;
  const sums = names(tile, "s");
  return {
    label: "conv2d input gradient",
    access: ["read", "read", "write"],
    workgroups: workgroupsFor(invocations),
    wgsl: `@group(0) @binding(0) var<storage, read> dy: array<f32>;
@group(0) @binding(1) var<storage, read> w: array<f32>;
@group(0) @binding(2) var<storage, read_write> dx: array<f32>;
${mainOver(
  invocations,
  `  let c = (index % ${tiles}) * ${tile};
  let pixel = index / ${tiles};
  let ix = pixel % ${width};
  let iy = (pixel / ${width}) % ${height};
  let n = pixel / ${width * height};
${sums.map((s) => `  var ${s} = 0.0;`).join("\n")}
  for (var ky = 0; ky < ${kernelHeight}; ky++) {
    let sy = iy + ${padding} - ky;
    if (sy < 0 || sy % ${stride} != 0 || sy / ${stride} >= ${outHeight}) { continue; }
    for (var kx = 0; kx < ${kernelWidth}; kx++) {
      let sx = ix + ${padding} - kx;
      if (sx < 0 || sx % ${stride} != 0 || sx / ${stride} >= ${outWidth}) { continue; }
      let at = ((n * ${outHeight} + sy / ${stride}) * ${outWidth} + sx / ${stride}) * ${to};
      let wAt = ((ky * ${kernelWidth} + kx) * ${from} + c) * ${to};
      for (var co = 0; co < ${to}; co++) {
        let v = dy[at + co];
        let k = wAt + co;
${sums.map((s, i) => `        ${s} += v * w[k + ${i * to}];`).join("\n")}
      }
    }
  }
  let to = pixel * ${from} + c;
${sums.map((s, i) => `  dx[to + ${i}] = ${s};`).join("\n")}`,
)}`,
  };
}
