import * as tf from "@tensorflow/tfjs-core";
import type { Pair } from "../math/pair";
import type { StepScalar } from "../math/step-scalar";
import { type Target, target } from "../math/target";
import { productByTransposed } from "../operations/dense/dense";
import { softmaxCrossEntropy, softmaxDivergence } from "../operations/softmax-losses/softmax-losses";
import { unitRows } from "../operations/unit-rows/unit-rows";

/** Far below every cosine: its softmax is exactly 0. */
const excluded = -1e6;

/**
 * NT-Xent of a batch: each of the 2B views has to find the other view of its image among the 2B − 1 others. Chen et al.
 * 2020 (SimCLR), eq. 1; docs/methods.md §1.14. Shapes: [batch, d] per view → scalar ≥ 0; ln(2B − 1) if all are equal.
 */
export function ntXentLoss(views: Pair<tf.Tensor2D>, temperature: StepScalar): tf.Scalar {
  const stacked = views.stacked ?? tf.concat([views.v, views.vPrime], 0);
  const batch = stacked.shape[0] / 2;
  const unit = unitRows(stacked);
  const cosines = productByTransposed(unit, unit);
  const candidates = tf.add(cosines, tf.mul(tf.eye(2 * batch), excluded)) as tf.Tensor2D;
  const partners = Int32Array.from({ length: 2 * batch }, (_, row) => (row + batch) % (2 * batch));
  return tf.mean(softmaxCrossEntropy(candidates, tf.tensor1d(partners, "int32"), temperature));
}

/** The cosines of every first view with every second view, [batch, d] twice → [batch, batch]. */
export const viewSimilarities = ({ v, vPrime }: Pair<tf.Tensor2D>): tf.Tensor2D =>
  productByTransposed(unitRows(v), unitRows(vPrime));

export interface DogoSettings {
  /** λ. */
  readonly weight: number;
  /** Of NT-Xent. */
  readonly temperature: number;
  /** Of the similarities that are compared. */
  readonly klTemperature: number;
}

/** The two terms of a member's loss, before weighting. */
export type DogoTerms = {
  readonly contrast: tf.Scalar;
  /** mean D(sg softmax(sim_j/τ), softmax(sim_i/τ)) over the rows of the B × B similarities. */
  readonly imitation: tf.Scalar;
};

/**
 * The terms of a member's loss. Bhat et al. 2021 (DoGo); docs/methods.md §1.14.
 *
 * @param own the member's projections, [batch, d] per view
 * @param peer the similarities of the other member, [batch, batch]
 */
export function dogoTerms(own: Pair<tf.Tensor2D>, peer: Target, settings: DogoSettings): DogoTerms {
  const temperatures = { teacher: settings.klTemperature, student: settings.klTemperature };
  return {
    contrast: ntXentLoss(own, settings.temperature),
    imitation: tf.mean(softmaxDivergence(peer, viewSimilarities(own), temperatures)),
  };
}

/** contrast + λ imitation. */
export const weighDogoTerms = ({ contrast, imitation }: DogoTerms, weight: number): tf.Scalar =>
  tf.add(contrast, tf.mul(weight, imitation));

/** The similarities that the other member learns from, without gradient. */
export const similarityTarget = (projections: Pair<tf.Tensor2D>): Target =>
  target(viewSimilarities(projections));
