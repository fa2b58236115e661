import type { GpuProgram } from "../../backend/backend";
import { addedOverLanes, columnsEach, lanesFor, lanesProgram } from "../../backend/lanes";
import type { Chunks, NormShape } from "./programs";

/** Programs that finish a batch norm's sums: several lanes share the rows or chunks of a channel. */

/** What running statistics keep at each update; undefined if there are none to update. */
export type Keep = number | undefined;

/** Pieces of a program that updates running statistics in place: its bindings and its WGSL. */
export const runningNames = (keep: Keep) => (keep === undefined ? [] : ["runningMean", "runningVariance"]);

export const readRunning = (keep: Keep) =>
  keep === undefined
    ? ""
    : `  var runningM = 0.0;
  var runningV = 0.0;
  if (lane == 0) {
    runningM = runningMean[c];
    runningV = runningVariance[c];
  }`;

/**
 * running ← keep · running + (1 − keep) · batch for each group in turn; the variance is first multiplied by n / (n − 1)
 * to be unbiased, as in PyTorch.
 */
export const blend = (keep: Keep, { rows }: NormShape) =>
  keep === undefined
    ? ""
    : `      runningM = f32(${keep}) * runningM + f32(${1 - keep}) * m;
      runningV = f32(${keep}) * runningV + f32(${((1 - keep) * rows) / Math.max(1, rows - 1)}) * v;`;

export const writeRunning = (keep: Keep) =>
  keep === undefined
    ? ""
    : `  if (lane == 0 && real) {
    runningMean[c] = runningM;
    runningVariance[c] = runningV;
  }`;

/** What a program that merges moments reads beside them, where it keeps what it finds, and the WGSL that keeps it. */
export interface MergedMoments {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Run for each group `g` on the first lane, with mean `m` and biased variance `v` of channel `c`; `real` if it exists. */
  readonly keep: string;
}

/**
 * Merges the moments of chunks, [2, groups, chunks.count, C], to mean and biased variance of each group's channels, and
 * updates running statistics [C] in place. Chan et al. 1983: squares = Σ squares_i + n_i (mean_i − mean)².
 */
export function mergeMomentsInto(
  { reads, writes, keep: kept }: MergedMoments,
  shape: NormShape,
  chunks: Chunks,
  keep: Keep,
): GpuProgram {
  const { groups, rows, channels } = shape;
  const lanes = lanesFor(chunks.count);
  const numbers = groups * chunks.count * channels;
  const body = `${readRunning(keep)}
  for (var g = 0; g < ${groups}; g++) {
    let first = g * ${chunks.count * channels} + c;
    var count = 0.0;
    var sum = 0.0;
    for (var i = lane; i < ${chunks.count}; i += ${lanes}) {
      count += f32(min(${chunks.rows}, ${rows} - i * ${chunks.rows}));
      sum += moments[first + i * ${channels}];
    }
    let own = sum / max(count, 1.0);
    var squares = 0.0;
    for (var i = lane; i < ${chunks.count}; i += ${lanes}) {
      let n = f32(min(${chunks.rows}, ${rows} - i * ${chunks.rows}));
      let d = moments[first + i * ${channels}] / n - own;
      squares += moments[${numbers} + first + i * ${channels}] + n * d * d;
    }
    counts[slot] = count;
    sums[slot] = sum;
    about[slot] = squares;
    workgroupBarrier();
    if (lane == 0) {
      var all = 0.0;
      ${addedOverLanes(lanes, "all += sums[at]")}
      let m = all / ${rows}.0;
      var spread = 0.0;
      ${addedOverLanes(lanes, "let d = sums[at] / max(counts[at], 1.0) - m; spread += about[at] + counts[at] * d * d")}
      let v = spread / ${rows}.0;
      ${kept}
${blend(keep, shape)}
    }
    workgroupBarrier();
  }
${writeRunning(keep)}`;
  return lanesProgram({
    label: "batch norm, moments",
    columns: channels,
    lanes,
    reads: ["moments", ...reads],
    writes: [...writes, ...runningNames(keep)],
    shared: ["counts", "sums", "about"],
    body,
  });
}

/** {@link mergeMomentsInto} two tensors of [groups, C]: mean and biased variance. */
export function mergeMoments(shape: NormShape, chunks: Chunks, keep: Keep): GpuProgram {
  const kept = `if (real) {
        mean[g * ${shape.channels} + c] = m;
        variance[g * ${shape.channels} + c] = v;
      }`;
  return mergeMomentsInto({ reads: [], writes: ["mean", "variance"], keep: kept }, shape, chunks, keep);
}

/**
 * Adds the sums of chunks, [2, groups, chunks.count, C], to sums of groups, [2, groups, C], and these to dβ = Σ dy and
 * dγ = Σ dy·x̂, [C] each.
 */
export function mergeGradients({ groups, channels }: NormShape, chunks: Chunks): GpuProgram {
  const lanes = lanesFor(chunks.count);
  const numbers = groups * chunks.count * channels;
  const body = `  var beta = 0.0;
  var gamma = 0.0;
  for (var g = 0; g < ${groups}; g++) {
    let first = g * ${chunks.count * channels} + c;
    var plain = 0.0;
    var weighted = 0.0;
    for (var i = lane; i < ${chunks.count}; i += ${lanes}) {
      plain += sums[first + i * ${channels}];
      weighted += sums[${numbers} + first + i * ${channels}];
    }
    plains[slot] = plain;
    weights[slot] = weighted;
    workgroupBarrier();
    if (lane == 0 && real) {
      var p = 0.0;
      var w = 0.0;
      ${addedOverLanes(lanes, "p += plains[at]; w += weights[at]")}
      groupSums[g * ${channels} + c] = p;
      groupSums[(${groups} + g) * ${channels} + c] = w;
      beta += p;
      gamma += w;
    }
    workgroupBarrier();
  }
  if (lane == 0 && real) {
    dBeta[c] = beta;
    dGamma[c] = gamma;
  }`;
  return lanesProgram({
    label: "batch norm, gradient sums",
    columns: channels,
    lanes,
    reads: ["sums"],
    writes: ["groupSums", "dGamma", "dBeta"],
    shared: ["plains", "weights"],
    body,
  });
}

/** Where sharing is expensive, the most rows of a group that one lane handles. */
const mostEach = 64;
/** The most rows of a group that all lanes of a column handle. */
const mostSmall = 1024;

/** Whether a group's rows are few enough for one dispatch to do everything. */
export const isSmall = ({ rows }: NormShape): boolean => rows <= mostSmall;

/** The lanes that share the rows of a small batch norm. */
export const lanesOfSmall = ({ rows }: NormShape): number => lanesFor(rows, mostEach);

/**
 * WGSL that runs `statement` for each of this lane's rows of group `g`; it sees `at`, the place of the row's number. A loop:
 * compilers take far longer for the same rows one after another, and a group's numbers stay in the cache.
 */
export const overSmallRows = (shape: NormShape, statement: string): string =>
  `    for (var row = lane; row < ${shape.rows}; row += ${lanesOfSmall(shape)}) {
      let at = (g * ${shape.rows} + row) * ${shape.channels} + c;
      ${statement}
    }`;

/** WGSL that declares `name`, on every lane, as the sum over a channel's lanes of `found`. Uses the shared `scratch`. */
const sumOverLanes = (lanes: number, name: string, found: string) => `    scratch[slot] = ${found};
    workgroupBarrier();
    var ${name} = 0.0;
    for (var other = 0; other < ${lanes}; other++) {
      ${name} += scratch[other * ${columnsEach} + slot % ${columnsEach}];
    }
    workgroupBarrier();`;

/**
 * WGSL that declares, of group `g`, the mean `m`, the variance `v`, and `scale` and `shift`: y = x · scale + shift.
 */
export function statistics(shape: NormShape): string {
  const lanes = lanesOfSmall(shape);
  return `    var ownTotal = 0.0;
${overSmallRows(shape, "ownTotal += x[at];")}
${sumOverLanes(lanes, "total", "ownTotal")}
    let m = total / ${shape.rows}.0;
    var ownSquares = 0.0;
${overSmallRows(shape, "let apart = x[at] - m; ownSquares += apart * apart;")}
${sumOverLanes(lanes, "squares", "ownSquares")}
    let v = squares / ${shape.rows}.0;
    let inverse = inverseSqrt(v + ${shape.epsilon});
    let scale = gamma[c] * inverse;
    let shift = beta[c] - m * scale;`;
}

/** Batch norm of few rows in one dispatch: statistics, running statistics and y. */
export function normalizeSmall(shape: NormShape, keep: Keep): GpuProgram {
  const { groups, channels, relu } = shape;
  const y = relu ? "select(y, 0.0, y < 0.0)" : "y";
  const body = `${readRunning(keep)}
  for (var g = 0; g < ${groups}; g++) {
${statistics(shape)}
${overSmallRows(shape, `let y = x[at] * scale + shift; if (real) { y_out[at] = ${y}; }`)}
    if (lane == 0) {
      if (real) {
        mean[g * ${channels} + c] = m;
        variance[g * ${channels} + c] = v;
      }
${blend(keep, shape)}
    }
  }
${writeRunning(keep)}`;
  return lanesProgram({
    label: "batch norm of few rows",
    columns: channels,
    lanes: lanesOfSmall(shape),
    reads: ["x", "gamma", "beta"],
    writes: ["y_out", "mean", "variance", ...runningNames(keep)],
    shared: ["scratch"],
    body,
  });
}

/** The gradient of batch norm of few rows in one dispatch. Its statistics are computed again, from numbers that it reads in any case. */
export function gradientSmall(shape: NormShape): GpuProgram {
  const { groups, rows, channels, relu } = shape;
  const lanes = lanesOfSmall(shape);
  const gated = relu ? "select(0.0, dy[at], x[at] * scale + shift > 0.0)" : "dy[at]";
  const body = `  var dB = 0.0;
  var dG = 0.0;
  for (var g = 0; g < ${groups}; g++) {
${statistics(shape)}
    var ownPlain = 0.0;
    var ownAbout = 0.0;
${overSmallRows(shape, `let d = ${gated}; ownPlain += d; ownAbout += d * (x[at] - m);`)}
${sumOverLanes(lanes, "plain", "ownPlain")}
${sumOverLanes(lanes, "about", "ownAbout")}
    let weighted = about * inverse;
    dB += plain;
    dG += weighted;
    let a = plain / ${rows}.0;
    let b = inverse * weighted / ${rows}.0;
${overSmallRows(shape, `let d = ${gated}; if (real) { dx[at] = scale * (d - a - (x[at] - m) * b); }`)}
  }
  if (lane == 0 && real) {
    dBeta[c] = dB;
    dGamma[c] = dG;
  }`;
  return lanesProgram({
    label: "batch norm of few rows, gradient",
    columns: channels,
    lanes,
    reads: ["x", "gamma", "beta", "dy"],
    writes: ["dx", "dGamma", "dBeta"],
    shared: ["scratch"],
    body,
  });
}
