import * as tf from "@tensorflow/tfjs-core";
import { sumOf } from "../math/sum";

/**
 * Zhou et al. 2019, "Objects as Points", §3 and §4: an object is the center of its box on a coarse map, where the
 * network also predicts the size of the box and the offset of the center within its cell.
 */

/**
 * A detector's outputs for a batch, maps of [batch, side, side, …]. A type alias, not an interface, for tfjs's tidy.
 */
export type DetectorMaps = {
  /** Logits of an object's center, for each class and cell: [batch, side, side, classes]. */
  readonly heat: tf.Tensor4D;
  /** Side of the box in cells, then the center's offset within the cell, x before y: [batch, side, side, 3]. */
  readonly boxes: tf.Tensor4D;
};

/** The ground truth for one object of each image, [batch]; `present` is 0 if an image has fewer objects. */
export type Objects = {
  readonly present: tf.Tensor1D;
  /** int32 */
  readonly label: tf.Tensor1D;
  /** The center, as fractions of the image's side. */
  readonly x: tf.Tensor1D;
  readonly y: tf.Tensor1D;
  readonly side: tf.Tensor1D;
};

/**
 * Standard deviation of the Gaussian around a center within which false positives count less, as a fraction of the
 * box's side.
 */
const spread = 1 / 6;
const weights = { boxSide: 0.1, offset: 1 } as const;

/**
 * Eq. 1 to 4: the focal loss of the heat map, plus 0.1 times the absolute error of the box's side, plus that of the
 * offset, each divided by the number of objects. The targets are constants.
 *
 * @param objects one entry for each object that an image may have
 */
export function detectionLoss(
  { heat, boxes }: DetectorMaps,
  objects: readonly Objects[],
): { readonly heatmap: tf.Scalar; readonly box: tf.Scalar; readonly total: tf.Scalar } {
  const [, cells, , classes] = heat.shape;
  const truths = objects.map((object) => truthOf(object, cells, classes));
  const [first] = truths;
  if (!first) throw new Error("An image needs room for at least one object.");
  const count = tf.maximum(tf.sum(tf.stack(objects.map(({ present }) => tf.sum(present)))), 1);
  const soft = truths.map(({ heat: one }) => one).reduce((a, b) => tf.maximum(a, b));
  const centers = truths.map(({ center }) => center).reduce((a, b) => tf.maximum(a, b));
  const heatmap = tf.div<tf.Scalar>(focal(heat, soft, centers), count);
  const differences = truths.map(({ cell, geometry }) =>
    tf.sum(tf.mul(tf.abs(tf.sub(boxes, geometry)), tf.mul(cell, importance()))),
  );
  const box = tf.div<tf.Scalar>(sumOf(differences as tf.Scalar[]), count);
  return { heatmap, box, total: tf.add(heatmap, box) };
}

const importance = () => tf.tensor1d([weights.boxSide, weights.offset, weights.offset]);

/** Focal loss: −Σ (1 − p)² ln p at centers, −Σ (1 − Y)⁴ p² ln(1 − p) elsewhere, computed in log-space. */
function focal(logits: tf.Tensor4D, soft: tf.Tensor4D, centers: tf.Tensor4D): tf.Scalar {
  const p = tf.sigmoid(logits);
  const logP = tf.neg(tf.softplus(tf.neg(logits)));
  const logNotP = tf.neg(tf.softplus(logits));
  const hit = tf.mul(tf.square(tf.sub(1, p)), logP);
  const alarm = tf.mul(tf.mul(tf.square(tf.square(tf.sub(1, soft))), tf.square(p)), logNotP);
  return tf.neg(tf.sum(tf.add(tf.mul(centers, hit), tf.mul(tf.sub(1, centers), alarm))));
}

/** The target maps of one object of each image. */
function truthOf({ present, label, x, y, side }: Objects, cells: number, classes: number) {
  const batch = present.shape[0];
  const column = (t: tf.Tensor1D, shape: number[]) => tf.reshape(t, shape);
  const grid = tf.range(0, cells);
  const distance = (place: tf.Tensor1D) => {
    const cell = tf.floor(tf.mul(place, cells));
    return { cell, away: tf.sub(tf.reshape(grid, [1, cells]), column(cell as tf.Tensor1D, [batch, 1])) };
  };
  const [across, down] = [distance(x), distance(y)];
  const squared = tf.add(
    tf.reshape(tf.square(across.away), [batch, 1, cells, 1]),
    tf.reshape(tf.square(down.away), [batch, cells, 1, 1]),
  );
  const width = tf.mul(tf.mul(side, cells), spread);
  const falling = tf.exp(
    tf.div(tf.neg(squared), column(tf.mul(2, tf.square(width)) as tf.Tensor1D, [batch, 1, 1, 1])),
  );
  const isCell = tf.cast(tf.less(squared, 0.5), "float32");
  const there = column(present, [batch, 1, 1, 1]);
  const cell = tf.mul(isCell, there);
  const ofClass = tf.reshape(tf.cast(tf.oneHot(label, classes), "float32"), [batch, 1, 1, classes]);
  const within = (place: tf.Tensor1D, { cell: at }: { cell: tf.Tensor }) => tf.sub(tf.mul(place, cells), at);
  const geometry = tf.reshape(tf.stack([tf.mul(side, cells), within(x, across), within(y, down)], 1), [
    batch,
    1,
    1,
    3,
  ]);
  return {
    heat: tf.mul(tf.mul(falling, there), ofClass) as tf.Tensor4D,
    center: tf.mul(cell, ofClass) as tf.Tensor4D,
    cell,
    geometry,
  };
}
