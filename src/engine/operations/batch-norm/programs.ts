import type { GpuProgram } from "../../backend/backend";
import { programOver as program, relu } from "../../backend/program";

/** A tensor as [groups · rows, channels]: consecutive groups of rows, each with its own statistics. */
export interface NormShape {
  readonly groups: number;
  /** Rows per group: images × pixels. */
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
  readonly relu: boolean;
}

/** A division of each group's rows into `count` consecutive chunks of `rows` rows; the last one may be shorter. */
export interface Chunks {
  readonly count: number;
  readonly rows: number;
}

/** The most rows that one invocation handles; γ, β and the statistics stay in registers. */
const mostRows = 64;
/** The most rows per loop iteration (unrolled), so that they share the cost of the loop. */
const mostUnrolled = 8;

const largestDivisor = (of: number, most: number): number => {
  for (let divisor = Math.min(of, most); divisor > 1; divisor--) if (of % divisor === 0) return divisor;
  return 1;
};

/** The number of rows per chunk. If all chunks are equal, no invocation has to check where its chunk ends. */
function rowsPerChunk({ rows }: NormShape): number {
  const even = largestDivisor(rows, mostRows);
  return even >= mostUnrolled || even === rows ? even : mostRows;
}

const isEven = (shape: NormShape) => shape.rows % rowsPerChunk(shape) === 0;

const chunksOf = (shape: NormShape) => Math.ceil(shape.rows / rowsPerChunk(shape));

/** The chunks of a group's rows that sums start from. */
export const baseChunks = (shape: NormShape): Chunks => ({
  count: chunksOf(shape),
  rows: rowsPerChunk(shape),
});

/** WGSL: `index` → channel `c`, `chunk`, group `g`; the chunk's numbers lie from index `begin` to before `end`. */
export function locate(shape: NormShape): string {
  const { rows, channels } = shape;
  const chunk = rowsPerChunk(shape);
  const count = isEven(shape) ? `${chunk}` : `min(${chunk}, ${rows} - chunk * ${chunk})`;
  return `  let c = index % ${channels};
  let chunk = (index / ${channels}) % ${chunksOf(shape)};
  let g = index / ${channels * chunksOf(shape)};
  let begin = (g * ${rows} + chunk * ${chunk}) * ${channels} + c;
  let count = ${count};
  let end = begin + count * ${channels};`;
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/**
 * WGSL of a loop over the chunk's rows, unrolled. `load` and `use` handle the number at index `at`; names declared in
 * `load` end in `_`, which is replaced by the row's number.
 */
export function overRows(shape: NormShape, load: string, use: string): string {
  const { channels } = shape;
  const unrolled = isEven(shape) ? largestDivisor(rowsPerChunk(shape), mostUnrolled) : 1;
  const each = (line: string) =>
    range(unrolled).map(
      (u) => `    ${line.replaceAll("[at]", `[at + ${u * channels}]`).replaceAll("_", `${u}`)}`,
    );
  return `  for (var at = begin; at < end; at += ${unrolled * channels}) {
${[...each(load), ...each(use)].join("\n")}
  }`;
}

/** The invocations that handle one chunk and channel each. */
export const perChunk = (shape: NormShape) => shape.groups * chunksOf(shape) * shape.channels;

/**
 * The sum of each chunk, and the squares about the chunk's own mean, which avoids cancellation for large means.
 * x [groups, rows, C] → [2, groups, chunks, C].
 */
export function chunkMoments(shape: NormShape): GpuProgram {
  const { channels } = shape;
  const count = perChunk(shape);
  const rows = range(rowsPerChunk(shape));
  // Loads are the most expensive part, so all rows stay in registers between sum and squares.
  const held = `${rows.map((r) => `  let v${r} = x[begin + ${r * channels}];`).join("\n")}
  let sum = ${rows.map((r) => `v${r}`).join(" + ")};
  let mean = sum / f32(count);
  var squares = 0.0;
${rows.map((r) => `  { let d = v${r} - mean; squares += d * d; }`).join("\n")}`;
  const loaded = `  var sum = 0.0;
${overRows(shape, "let v_ = x[at];", "sum += v_;")}
  let mean = sum / f32(count);
  var squares = 0.0;
${overRows(shape, "let d_ = x[at] - mean;", "squares += d_ * d_;")}`;
  return program(
    "batch norm, moments of chunks",
    ["x"],
    ["moments"],
    count,
    `${locate(shape)}
${isEven(shape) ? held : loaded}
  moments[index] = sum;
  moments[${count} + index] = squares;`,
  );
}

/** WGSL that reads γ, β and the statistics of this invocation and declares `scale` and `shift`: y = x · scale + shift. */
const affine = ({ channels, epsilon }: NormShape) => `  let s = g * ${channels} + c;
  let inverse = inverseSqrt(variance[s] + ${epsilon});
  let m = mean[s];
  let scale = gamma[c] * inverse;
  let shift = beta[c] - m * scale;`;

export function normalize(shape: NormShape): GpuProgram {
  const value = "x_ * scale + shift";
  return program(
    "batch norm, normalize",
    ["x", "gamma", "beta", "mean", "variance"],
    ["y"],
    perChunk(shape),
    `${locate(shape)}
${affine(shape)}
${overRows(
  shape,
  "let x_ = x[at];",
  `let y_ = ${value};
    y[at] = ${shape.relu ? relu("y_") : "y_"};`,
)}`,
  );
}

const gradientReads = ["x", "gamma", "beta", "mean", "variance"];

/** WGSL of the gradient `d_` before the ReLU: dy where y > 0, else 0. Recomputing y is cheaper than loading it. */
const gatedDy = (relu: boolean) =>
  relu ? "let d_ = select(0.0, dy[at], x_ * scale + shift > 0.0);" : "let d_ = dy[at];";

/** Σ dy and Σ dy·x̂ per chunk. x and dy [groups, rows, C] → [2, groups, chunks, C]. */
export function chunkGradients(shape: NormShape): GpuProgram {
  const count = perChunk(shape);
  return program(
    "batch norm, gradient of chunks",
    [...gradientReads, "dy"],
    ["sums"],
    count,
    `${locate(shape)}
${affine(shape)}
  var plain = 0.0;
  var weighted = 0.0;
${overRows(shape, `let x_ = x[at]; ${gatedDy(shape.relu)}`, "plain += d_; weighted += d_ * (x_ - m);")}
  sums[index] = plain;
  sums[${count} + index] = weighted * inverse;`,
  );
}

/** dx = γ/σ · (dy − mean(dy) − x̂ · mean(dy·x̂)). Ioffe and Szegedy 2015, §3. */
export function inputGradient(shape: NormShape): GpuProgram {
  const { groups, rows, channels } = shape;
  return program(
    "batch norm, input gradient",
    [...gradientReads, "groupSums", "dy"],
    ["dx"],
    perChunk(shape),
    `${locate(shape)}
${affine(shape)}
  let plain = groupSums[s] / ${rows}.0;
  let weighted = inverse * groupSums[${groups * channels} + s] / ${rows}.0;
${overRows(
  shape,
  `let x_ = x[at]; ${gatedDy(shape.relu)}`,
  "dx[at] = scale * (d_ - plain - (x_ - m) * weighted);",
)}`,
  );
}
