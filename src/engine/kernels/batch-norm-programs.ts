import type { GpuProgram } from "./backend";
import { programOver as program } from "./program";

/** A tensor seen as rows × channels, the rows in consecutive groups with statistics of their own. */
export interface NormShape {
  readonly groups: number;
  /** Images × pixels of one group. */
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
  readonly relu: boolean;
}

/** Rows that one invocation sums: γ, β and statistics stay in registers meanwhile. */
const rowsPerChunk = 64;

export const chunksOf = ({ rows }: NormShape) => Math.ceil(rows / rowsPerChunk);

/** `index` → channel c, chunk, group g; `begin`, `end` are the chunk's rows. */
const locate = (shape: NormShape) => `  let c = index % ${shape.channels};
  let chunk = (index / ${shape.channels}) % ${chunksOf(shape)};
  let g = index / ${shape.channels * chunksOf(shape)};
  let begin = g * ${shape.rows} + chunk * ${rowsPerChunk};
  let end = g * ${shape.rows} + min(${shape.rows}, (chunk + 1) * ${rowsPerChunk});`;

const perChunk = (shape: NormShape) => shape.groups * chunksOf(shape) * shape.channels;

/** Sum, and squares about the chunk's own mean: no cancellation however large the mean. → [2, groups, chunks, C] */
export function chunkMoments(shape: NormShape): GpuProgram {
  const { channels } = shape;
  const count = perChunk(shape);
  return program(
    "batch norm, moments of chunks",
    ["x"],
    ["moments"],
    count,
    `${locate(shape)}
  var sum = 0.0;
  for (var row = begin; row < end; row++) { sum += x[row * ${channels} + c]; }
  let mean = sum / f32(end - begin);
  var squares = 0.0;
  for (var row = begin; row < end; row++) { let d = x[row * ${channels} + c] - mean; squares += d * d; }
  moments[index] = sum;
  moments[${count} + index] = squares;`,
  );
}

/** Chan et al. 1983: squares about the common mean = Σ squares + Σ n_i (mean_i − mean)². In fixed order. */
export function mergeMoments(shape: NormShape): GpuProgram {
  const { groups, rows, channels } = shape;
  const chunks = chunksOf(shape);
  return program(
    "batch norm, moments",
    ["moments"],
    ["mean", "variance"],
    groups * channels,
    `  let c = index % ${channels};
  let first = (index / ${channels}) * ${chunks * channels} + c;
  var sum = 0.0;
  for (var i = 0; i < ${chunks}; i++) { sum += moments[first + i * ${channels}]; }
  let m = sum / ${rows}.0;
  var squares = 0.0;
  for (var i = 0; i < ${chunks}; i++) {
    let at = first + i * ${channels};
    let n = f32(min(${rowsPerChunk}, ${rows} - i * ${rowsPerChunk}));
    let d = moments[at] / n - m;
    squares += moments[${perChunk(shape)} + at] + n * d * d;
  }
  mean[index] = m;
  variance[index] = squares / ${rows}.0;`,
  );
}

export function normalise(shape: NormShape): GpuProgram {
  const { channels, epsilon, relu } = shape;
  return program(
    "batch norm, normalise",
    ["x", "gamma", "beta", "mean", "variance"],
    ["y"],
    perChunk(shape),
    `${locate(shape)}
  let s = g * ${channels} + c;
  let scale = gamma[c] * inverseSqrt(variance[s] + ${epsilon});
  let shift = beta[c] - mean[s] * scale;
  for (var row = begin; row < end; row++) {
    let at = row * ${channels} + c;
    let v = x[at] * scale + shift;
    y[at] = ${relu ? "max(v, 0.0)" : "v"};
  }`,
  );
}

/** dy behind the ReLU: it let through what came out positive. */
const gatedDy = (relu: boolean) => (relu ? "select(0.0, dy[at], y[at] > 0.0)" : "dy[at]");

/** Σ dy and Σ dy·x̂ per chunk. → [2, groups, chunks, C] */
export function chunkGradients(shape: NormShape): GpuProgram {
  const { channels, epsilon, relu } = shape;
  const count = perChunk(shape);
  return program(
    "batch norm, gradient of chunks",
    relu ? ["x", "mean", "variance", "dy", "y"] : ["x", "mean", "variance", "dy"],
    ["sums"],
    count,
    `${locate(shape)}
  let s = g * ${channels} + c;
  let inverse = inverseSqrt(variance[s] + ${epsilon});
  let m = mean[s];
  var plain = 0.0;
  var weighted = 0.0;
  for (var row = begin; row < end; row++) {
    let at = row * ${channels} + c;
    let d = ${gatedDy(relu)};
    plain += d;
    weighted += d * (x[at] - m) * inverse;
  }
  sums[index] = plain;
  sums[${count} + index] = weighted;`,
  );
}

/** Adds the chunks of each group: → groupSums [2, groups, C]. */
export function mergeGradients(shape: NormShape): GpuProgram {
  const { groups, channels } = shape;
  const chunks = chunksOf(shape);
  return program(
    "batch norm, gradient sums",
    ["sums"],
    ["groupSums"],
    2 * groups * channels,
    `  let c = index % ${channels};
  let first = (index / ${channels}) * ${chunks * channels} + c;
  var sum = 0.0;
  for (var i = 0; i < ${chunks}; i++) { sum += sums[first + i * ${channels}]; }
  groupSums[index] = sum;`,
  );
}

/** dβ = Σ dy and dγ = Σ dy·x̂ over all groups. */
export function parameterGradients(shape: NormShape): GpuProgram {
  const { groups, channels } = shape;
  return program(
    "batch norm, parameter gradients",
    ["groupSums"],
    ["dGamma", "dBeta"],
    channels,
    `  var plain = 0.0;
  var weighted = 0.0;
  for (var g = 0; g < ${groups}; g++) {
    plain += groupSums[g * ${channels} + index];
    weighted += groupSums[(${groups} + g) * ${channels} + index];
  }
  dBeta[index] = plain;
  dGamma[index] = weighted;`,
  );
}

/** dx = γ/σ · (dy − mean(dy) − x̂ · mean(dy·x̂)). Ioffe and Szegedy 2015, §3. */
export function inputGradient(shape: NormShape): GpuProgram {
  const { groups, rows, channels, epsilon, relu } = shape;
  return program(
    "batch norm, input gradient",
    relu
      ? ["x", "gamma", "mean", "variance", "groupSums", "dy", "y"]
      : ["x", "gamma", "mean", "variance", "groupSums", "dy"],
    ["dx"],
    perChunk(shape),
    `${locate(shape)}
  let s = g * ${channels} + c;
  let inverse = inverseSqrt(variance[s] + ${epsilon});
  let m = mean[s];
  let plain = groupSums[s] / ${rows}.0;
  let weighted = groupSums[${groups * channels} + s] / ${rows}.0;
  let scale = gamma[c] * inverse;
  for (var row = begin; row < end; row++) {
    let at = row * ${channels} + c;
    let d = ${gatedDy(relu)};
    dx[at] = scale * (d - plain - (x[at] - m) * inverse * weighted);
  }`,
  );
}

/**
 * running ← m · running + (1 − m) · batch, group after group; the variance is made unbiased first, as PyTorch does
 * (n / (n − 1)). In place.
 */
export function updateRunning(shape: NormShape, momentum: number): GpuProgram {
  const { groups, rows, channels } = shape;
  return program(
    "batch norm, running statistics",
    ["mean", "variance"],
    ["runningMean", "runningVariance"],
    channels,
    `  var m = runningMean[index];
  var v = runningVariance[index];
  for (var g = 0; g < ${groups}; g++) {
    m = f32(${momentum}) * m + f32(${1 - momentum}) * mean[g * ${channels} + index];
    v = f32(${momentum}) * v + f32(${((1 - momentum) * rows) / Math.max(1, rows - 1)}) * variance[g * ${channels} + index];
  }
  runningMean[index] = m;
  runningVariance[index] = v;`,
  );
}
