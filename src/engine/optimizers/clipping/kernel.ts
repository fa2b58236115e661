import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { programOver } from "../../backend/program";
import { type Row, rowProgram } from "../../backend/rows";
import { type Segment, slabBlock } from "../../backend/slab";
import { perSegment, squaresOfBlocks } from "../per-segment";
import { leastNorm } from "./rule";

/**
 * Scales flat gradients in place so that their joint norm is at most `limit`; their direction stays. The pure rules are
 * in `rule.ts`.
 */
export function clipTogether(
  backend: TrainingBackend,
  gradients: readonly tf.TensorInfo[],
  limit: number,
): void {
  const parts = gradients.map((gradient) => squaresOf(backend, gradient));
  const factor = backend.output([1]);
  const longest = Math.max(...parts.map(({ shape }) => shape[0] ?? 1));
  const body = ({ lanes, sum }: Row) => {
    const sums = parts.map(
      ({ shape }, i) => `  for (var i = lane; i < ${shape[0]}; i += ${lanes}) { sum += s${i}[i]; }`,
    );
    return `  var sum = 0.0;
${sums.join("\n")}
  let all = ${sum("sum")};
  if (isFirst) { factor[0] = ${factorOf("all", limit)}; }`;
  };
  const reads = parts.map((_, i) => `s${i}`);
  const program = { label: "clip factor", reads, writes: ["factor"], rows: 1, columns: longest, body };
  backend.run(rowProgram(program), [...parts, factor]);
  for (const gradient of gradients) {
    const count = tf.util.sizeFromShape(gradient.shape);
    backend.run(programOver("clip", ["factor"], ["g"], count, "  g[index] *= factor[0];"), [
      factor,
      gradient,
    ]);
  }
  for (const { dataId } of [...parts, factor]) backend.disposeData(dataId);
}

/** Scales each parameter's part of a flat gradient in place so that its own norm is at most `limit`. */
export function clipEach(
  backend: TrainingBackend,
  gradient: tf.TensorInfo,
  segments: readonly Segment[],
  limit: number,
): void {
  const count = tf.util.sizeFromShape(gradient.shape);
  const blocks = count / slabBlock;
  const [squares, factors] = [squaresOf(backend, gradient), backend.output([blocks])];
  const found = ([all = ""]: readonly string[]) => `  let found = ${factorOf(all, limit)};`;
  backend.run(perSegment({ label: "clip factors", segments, blocks, sums: 1, found }), [squares, factors]);
  const body = `  g[index] *= factors[index / ${slabBlock}];`;
  backend.run(programOver("clip each", ["factors"], ["g"], count, body), [factors, gradient]);
  for (const { dataId } of [squares, factors]) backend.disposeData(dataId);
}

const factorOf = (sum: string, limit: number) => `min(1.0, f32(${limit}) / max(sqrt(${sum}), ${leastNorm}))`;

/** Sums of squares of each block. */
function squaresOf(backend: TrainingBackend, gradient: tf.TensorInfo): tf.TensorInfo {
  const blocks = tf.util.sizeFromShape(gradient.shape) / slabBlock;
  const squares = backend.output([blocks]);
  backend.run(squaresOfBlocks("squares", ["g"], blocks), [gradient, squares]);
  return squares;
}
