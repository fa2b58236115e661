import type { GpuProgram } from "../../backend/backend";
import { programOver as program } from "../../backend/program";
import type { Chunks, NormShape } from "./programs";

/** An invocation reads its chunks one after the other: more than these take a level of their own. */
const mostInOneGo = 64;
const joinedAtOnce = 32;

/** From the chunks that are computed to few enough to be merged at once, several joined on each level. */
export function mergeLevels(base: Chunks): readonly Chunks[] {
  if (base.count <= mostInOneGo) return [base];
  const joined = { count: Math.ceil(base.count / joinedAtOnce), rows: base.rows * joinedAtOnce };
  return [base, ...mergeLevels(joined)];
}

/**
 * WGSL that reads chunks `begin` to `end` of a group's channel, whose first chunk lies at `first`, and leaves their `sum`,
 * mean `m` and squares about it. Chan et al. 1983: squares = Σ squares_i + n_i (mean_i − mean)², in fixed order.
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

/** Which of the joined chunks `index` makes, of which group and channel, and from which chunks. */
const joining = ({ channels }: NormShape, chunks: Chunks, joined: Chunks) => {
  const each = joined.count === 1 ? chunks.count : joined.rows / chunks.rows;
  return `  let c = index % ${channels};
  let chunk = (index / ${channels}) % ${joined.count};
  let first = (index / ${channels * joined.count}) * ${chunks.count * channels} + c;
  let begin = chunk * ${each};
  let end = min(${chunks.count}, begin + ${each});`;
};

/** Moments of chunks → those of longer chunks, [2, groups, joined.count, C]. */
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

/** Moments of chunks → mean and variance, [groups, C] each. */
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

/** Sums of chunks, of two kinds, → those of longer chunks, [2, groups, joined.count, C]; of all, where one is left. */
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
