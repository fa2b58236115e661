import type { GpuProgram } from "../../backend/backend";
import { programOver as program } from "../../backend/program";
import type { Chunks, NormShape } from "./programs";

/** The most chunks that are merged at once: an invocation reads its chunks one after another. More need another level. */
const mostInOneGo = 64;
const joinedAtOnce = 32;

/** The levels of a merge, from the base chunks to few enough to merge at once; each level joins 32 chunks into one. */
export function mergeLevels(base: Chunks): readonly Chunks[] {
  if (base.count <= mostInOneGo) return [base];
  const joined = { count: Math.ceil(base.count / joinedAtOnce), rows: base.rows * joinedAtOnce };
  return [base, ...mergeLevels(joined)];
}

/**
 * WGSL that reads chunks `begin` to `end` of a group's channel, whose first chunk is at index `first`, and declares their
 * `sum`, mean `m` and `squares` about it. Chan et al. 1983: squares = Σ squares_i + n_i (mean_i − mean)², in fixed order.
 */
const merged = ({ groups, rows, channels }: NormShape, chunks: Chunks) => `  var sum = 0.0;
  for (var i = begin; i < end; i++) { sum += moments[first + i * ${channels}]; }
  let m = sum / f32(min(${rows}, end * ${chunks.rows}) - begin * ${chunks.rows});
  var squares = 0.0;
  for (var i = begin; i < end; i++) {
    let at = first + i * ${channels};
    let n = f32(min(${chunks.rows}, ${rows} - i * ${chunks.rows}));
    let d = moments[at] / n - m;
    squares += moments[${groups * chunks.count * channels} + at] + n * d * d;
  }`;

/** WGSL: `index` → the joined chunk, its channel `c`, and the chunks `begin` to `end` to join, from index `first`. */
const joining = ({ channels }: NormShape, chunks: Chunks, joined: Chunks) => {
  const each = joined.count === 1 ? chunks.count : joined.rows / chunks.rows;
  return `  let c = index % ${channels};
  let chunk = (index / ${channels}) % ${joined.count};
  let first = (index / ${channels * joined.count}) * ${chunks.count * channels} + c;
  let begin = chunk * ${each};
  let end = min(${chunks.count}, begin + ${each});`;
};

/** Joins the moments of chunks, [2, groups, chunks.count, C] → [2, groups, joined.count, C]. */
export function joinMoments(shape: NormShape, chunks: Chunks, joined: Chunks): GpuProgram {
  const count = shape.groups * joined.count * shape.channels;
  return program(
    "batch norm, joining moments",
    ["moments"],
    ["joined"],
    count,
    `${joining(shape, chunks, joined)}
${merged(shape, chunks)}
  joined[index] = sum;
  joined[${count} + index] = squares;`,
  );
}

/** Merges the moments of chunks, [2, groups, chunks.count, C] → mean and biased variance, [groups, C] each. */
export function mergeMoments(shape: NormShape, chunks: Chunks): GpuProgram {
  const { groups, rows, channels } = shape;
  return program(
    "batch norm, moments",
    ["moments"],
    ["mean", "variance"],
    groups * channels,
    `  let c = index % ${channels};
  let first = (index / ${channels}) * ${chunks.count * channels} + c;
  let begin = 0;
  let end = ${chunks.count};
${merged(shape, chunks)}
  mean[index] = m;
  variance[index] = squares / ${rows}.0;`,
  );
}

/** Joins the gradient sums of chunks, [2, groups, chunks.count, C] → [2, groups, joined.count, C]. */
export function joinSums(shape: NormShape, chunks: Chunks, joined: Chunks): GpuProgram {
  const { groups, channels } = shape;
  return program(
    "batch norm, gradient sums",
    ["sums"],
    ["joined"],
    2 * groups * joined.count * channels,
    `${joining(shape, chunks, joined)}
  var sum = 0.0;
  for (var i = begin; i < end; i++) { sum += sums[first + i * ${channels}]; }
  joined[index] = sum;`,
  );
}
