import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "../../backend/backend";
import { programOver } from "../../backend/program";
import { type Segment, slabBlock } from "../../backend/slab";
import { perSegment, squaresOfBlocks } from "../per-segment";
import type { SgdUpdate } from "../sgd/kernel";
import { type LarsRule, trustEpsilon } from "./rule";

/** The blocks of one parameter in the flat tensors. */
export interface LarsSegment extends Segment {
  /** True for biases and batch norm's γ and β. */
  readonly excluded: boolean;
}

export interface LarsUpdate extends SgdUpdate {
  readonly segments: readonly LarsSegment[];
  readonly trustCoefficient: number;
  readonly rule: LarsRule;
}

/**
 * Updates all parameters by LARS (You et al. 2017) in three dispatches, in place: squares per block, one local rate per
 * parameter, the update. The pure rules are in `rule.ts`.
 */
export function updateByLars(backend: TrainingBackend, update: LarsUpdate): void {
  const { parameters, gradient, buffer, scalars, rateIndex, momentum, weightDecay, segments, rule } = update;
  const count = tf.util.sizeFromShape(parameters.shape);
  const blocks = count / slabBlock;
  const squares = backend.output([2, blocks]);
  const local = backend.output([blocks]);
  backend.run(squaresOfBlocks("LARS squares", ["p", "g"], blocks), [parameters, gradient, squares]);
  const plain = rule === "simdis" ? "1.0" : "-1.0";
  const rates = perSegment({
    label: "LARS rates",
    segments,
    blocks,
    sums: 2,
    found: ([p2, g2]) => `  let size = sqrt(${p2});
  var found = f32(${update.trustCoefficient}) * size / (sqrt(${g2}) + f32(${weightDecay}) * size + f32(${trustEpsilon}));
  if (excluded) { found = ${plain}; }`,
  });
  backend.run(rates, [squares, local]);

  // A local rate of −1 marks solo-learn's excluded parameters: plain SGD without decay.
  const simdis = `  let next = f32(${momentum}) * b[index] + rate * local[index / ${slabBlock}] * (g[index] + f32(${weightDecay}) * p[index]);
  b[index] = next;
  p[index] -= next;`;
  const solo = `  let trust = local[index / ${slabBlock}];
  let scale = select(min(trust / rate, 1.0), 1.0, trust < 0.0);
  let decay = select(f32(${weightDecay}), 0.0, trust < 0.0);
  let next = f32(${momentum}) * b[index] + scale * (g[index] + decay * p[index]);
  b[index] = next;
  p[index] -= rate * next;`;
  const body = `  let rate = scalars[${rateIndex}];\n${rule === "simdis" ? simdis : solo}`;
  backend.run(programOver("LARS update", ["g", "scalars", "local"], ["p", "b"], count, body), [
    gradient,
    scalars,
    local,
    parameters,
    buffer,
  ]);
  for (const transient of [squares, local]) backend.disposeData(transient.dataId);
}
