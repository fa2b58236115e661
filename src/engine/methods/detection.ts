import * as tf from "@tensorflow/tfjs-core";
import { sumOf } from "../math/sum";

/**
 * Zhou et al. 2019, "Objects as Points", §3 and §4: an object is the middle of its box on a coarse map, where the network also
 * says how large the box is and where in its cell the middle lies.
 */

/** What a detector says of a batch, maps of [batch, side, side, …]. A type alias: tfjs's tidy asks for one. */
export type DetectorMaps = {
  /** How sure it is that the middle of an object of each class is here, as logits. */
  readonly heat: tf.Tensor4D;
  /** Side of the box in cells, and place of its middle within the cell, x before y: [batch, side, side, 3]. */
  readonly boxes: tf.Tensor4D;
};

/** What is true of one object of each image, [batch]; `present` is 0 where an image has fewer objects. */
export type Objects = {
  readonly present: tf.Tensor1D;
  /** int32 */
  readonly label: tf.Tensor1D;
  /** Shares of the image's side. */
  readonly x: tf.Tensor1D;
  readonly y: tf.Tensor1D;
  readonly side: tf.Tensor1D;
};

/** How far around a middle a false alarm is forgiven, as a share of the box's side. */
const spread = 1 / 6;
const weights = { boxSide: 0.1, offset: 1 } as const;

/**
 * Eq. 1 to 4: focal loss of the heat map per object, 0.1 times the box's side, and the offset, both absolute differences per
 * object. Targets are numbers, not networks': nothing of them is differentiated.
 *
 * @param objects at most so many of each image as there are entries
 */
export function detectionLoss(
  { heat, boxes }: DetectorMaps,
  objects: readonly Objects[],
): { readonly heatmap: tf.Scalar; readonly box: tf.Scalar; readonly total: tf.Scalar } {
  const [, cells, , classes] = heat.shape;
  const truths = objects.map((object) => truthOf(object, cells, classes));
  const [first] = truths;
  if (!first) throw new Error("Images have an object at least.");
  const count = tf.maximum(tf.sum(tf.stack(objects.map(({ present }) => tf.sum(present)))), 1);
  const soft = truths.map(({ heat: one }) => one).reduce((a, b) => tf.maximum(a, b));
  const middles = truths.map(({ middle }) => middle).reduce((a, b) => tf.maximum(a, b));
  const heatmap = tf.div<tf.Scalar>(focal(heat, soft, middles), count);
  const differences = truths.map(({ cell, geometry }) =>
    tf.sum(tf.mul(tf.abs(tf.sub(boxes, geometry)), tf.mul(cell, importance()))),
  );
  const box = tf.div<tf.Scalar>(sumOf(differences as tf.Scalar[]), count);
  return { heatmap, box, total: tf.add(heatmap, box) };
}

const importance = () => tf.tensor1d([weights.boxSide, weights.offset, weights.offset]);

/** −Σ (1 − p)² ln p at middles, −Σ (1 − Y)⁴ p² ln(1 − p) elsewhere, in log-space. */
function focal(logits: tf.Tensor4D, soft: tf.Tensor4D, middles: tf.Tensor4D): tf.Scalar {
  const p = tf.sigmoid(logits);
  const logP = tf.neg(tf.softplus(tf.neg(logits)));
  const logNotP = tf.neg(tf.softplus(logits));
  const hit = tf.mul(tf.square(tf.sub(1, p)), logP);
  const alarm = tf.mul(tf.mul(tf.square(tf.square(tf.sub(1, soft))), tf.square(p)), logNotP);
  return tf.neg(tf.sum(tf.add(tf.mul(middles, hit), tf.mul(tf.sub(1, middles), alarm))));
}

/** Maps of one object of each image. */
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
    middle: tf.mul(cell, ofClass) as tf.Tensor4D,
    cell,
    geometry,
  };
}
