import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { programOver } from "../../backend/program";
import { type Segment, slabBlock } from "../../backend/slab";
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
  const sums = parts.map(({ shape }, i) => `  for (var i = 0; i < ${shape[0]}; i++) { sum += s${i}[i]; }`);
  const body = `  var sum = 0.0;\n${sums.join("\n")}\n  factor[0] = ${factorOf("sum", limit)};`;
  const names = parts.map((_, i) => `s${i}`);
  backend.run(programOver("clip factor", names, ["factor"], 1, body), [...parts, factor]);
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
  const squares = squaresOf(backend, gradient, 1);
  const table = segments.map(({ firstBlock, blocks }) => `vec2<i32>(${firstBlock}, ${blocks})`);
  const body = `  let segment = segments[index];
  var sum = 0.0;
  for (var i = segment.x; i < segment.x + segment.y; i++) { sum += squares[i]; }
  let factor = ${factorOf("sum", limit)};
  for (var i = segment.x * ${slabBlock}; i < (segment.x + segment.y) * ${slabBlock}; i++) { g[i] *= factor; }`;
  const program = programOver("clip each", ["squares"], ["g"], segments.length, body);
  const constants = `const segments = array<vec2<i32>, ${segments.length}>(${table.join(", ")});\n`;
  backend.run({ ...program, wgsl: constants + program.wgsl }, [squares, gradient]);
  backend.disposeData(squares.dataId);
}

const factorOf = (sum: string, limit: number) => `min(1.0, f32(${limit}) / max(sqrt(${sum}), ${leastNorm}))`;

/** Sums of squares over runs of `blocks` blocks: single ones, or enough for one invocation to add up the sums. */
function squaresOf(backend: TrainingBackend, gradient: tf.TensorInfo, blocks = 16): tf.TensorInfo {
  const count = tf.util.sizeFromShape(gradient.shape);
  const run = slabBlock * blocks;
  const runs = Math.ceil(count / run);
  const squares = backend.output([runs]);
  const body = `  var sum = 0.0;
  for (var i = index * ${run}; i < min(${count}, (index + 1) * ${run}); i++) { sum += g[i] * g[i]; }
  squares[index] = sum;`;
  backend.run(programOver("squares", ["g"], ["squares"], runs, body), [gradient, squares]);
  return squares;
}
