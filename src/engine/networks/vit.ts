import * as tf from "@tensorflow/tfjs-core";
import type { NetworkCost } from "./architecture";
import { linear, linearParameters } from "./heads";
import type { Pass } from "./normalization";
import type { ParameterPlan, ParameterStore } from "./parameters";

/**
 * A small vision transformer (Dosovitskiy et al. 2021, §3.1; docs/methods.md §2): patches of 4 × 4 pixels, pre-norm
 * blocks. Position embeddings are fixed sines, so that images of any size are accepted, and the feature is the mean
 * of the tokens.
 */
export interface VitPlan {
  readonly family: "vit";
  readonly channels: 1 | 3;
  readonly blocks: number;
  readonly heads: number;
  readonly features: number;
}

/** Pixels per side of a patch. */
export const patch = 4;
const fullWidth = 96;
const heads = 3;
const blocks = 4;
const expansion = 4;
export const layerNormEpsilon = 1e-6;

/** Plans a transformer of width 96 · `width`. @throws RangeError if the width cannot be divided among the heads */
export function planVit(width: number, channels: 1 | 3 = 3): VitPlan {
  const features = fullWidth * width;
  if (!Number.isInteger(features / heads / 4)) {
    throw new RangeError(
      `Width ${width} gives ViT ${features} channels, which ${heads} heads and two axes of sines cannot share.`,
    );
  }
  return { family: "vit", channels, blocks, heads, features };
}

const layerNorm = (name: string, width: number): ParameterPlan[] => [
  { name: `${name}/gamma`, shape: [width], initializer: { kind: "constant", value: 1 } },
  { name: `${name}/beta`, shape: [width], initializer: { kind: "constant", value: 0 } },
];

/** The parameters of the patch embedding, the blocks and the last layer norm. */
export function vitParameters({ channels, blocks: count, features: d }: VitPlan): ParameterPlan[] {
  const ofBlocks = blockParameters({ blocks: count, features: d });
  return [...linearParameters("patches", patch * patch * channels, d), ...ofBlocks];
}

/** The parameters of transformer blocks on tokens of `features` channels, and of the last layer norm. */
export function blockParameters({
  blocks: count,
  features: d,
}: Pick<VitPlan, "blocks" | "features">): ParameterPlan[] {
  const ofBlocks = Array.from({ length: count }, (_, b) => [
    ...layerNorm(`block${b}/attention`, d),
    ...linearParameters(`block${b}/query`, d, d),
    ...linearParameters(`block${b}/key`, d, d),
    ...linearParameters(`block${b}/value`, d, d),
    ...linearParameters(`block${b}/join`, d, d),
    ...layerNorm(`block${b}/mlp`, d),
    ...linearParameters(`block${b}/widen`, d, expansion * d),
    ...linearParameters(`block${b}/narrow`, expansion * d, d),
  ]).flat();
  return [...ofBlocks, ...layerNorm("last", d)];
}

/** The cost for one image of `size` × `size` pixels: linear layers and attention. */
export function vitCost(plan: VitPlan, size: number): NetworkCost {
  const { channels, features: d } = plan;
  const tokens = Math.floor(size / patch) ** 2;
  const parameters = vitParameters(plan).reduce(
    (sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1),
    0,
  );
  return { parameters, macs: tokens * patch * patch * channels * d + blockMacs(plan, tokens) };
}

/** Multiply-accumulates of the blocks for one image of so many tokens. */
export function blockMacs(
  { blocks: count, features: d }: Pick<VitPlan, "blocks" | "features">,
  tokens: number,
): number {
  return count * ((4 + 2 * expansion) * d * d * tokens + 2 * tokens * tokens * d);
}

/**
 * Computes the mean of the tokens. Run inside a tidy; the caller owns the result.
 *
 * @param images [batch, size, size, channels]
 * @returns [batch, plan.features]
 */
export function vitFeatures(plan: VitPlan, pass: Pass, images: tf.Tensor4D): tf.Tensor2D {
  return tf.mean(vitTokens(plan, pass, images), 1);
}

/** The tokens as a feature map, [batch, size / 4, size / 4, plan.features]: one token for each patch. */
export function vitMap(plan: VitPlan, pass: Pass, images: tf.Tensor4D): tf.Tensor4D {
  const { batch, side } = patchesOf(images);
  return tf.reshape(vitTokens(plan, pass, images), [batch, side, side, plan.features]);
}

/** The tokens after the last block and layer norm, [batch, side², plan.features]. */
function vitTokens(plan: VitPlan, { parameters }: Pass, images: tf.Tensor4D): tf.Tensor3D {
  const { features: d } = plan;
  const { tokens, batch, side } = patchesOf(images);
  const places = tokens / batch;
  const x = tf.add(
    tf.reshape(linear(parameters, "patches", tf.reshape(patchPixels(images, side), [tokens, -1])), [
      batch,
      places,
      d,
    ]),
    sines(side, d),
  ) as tf.Tensor3D;
  return throughBlocks(plan, parameters, x);
}

/** The tokens after the blocks and the last layer norm, [batch, places, features] → the same shape. */
export function throughBlocks(
  plan: Pick<VitPlan, "blocks" | "features" | "heads">,
  parameters: ParameterStore,
  tokens: tf.Tensor3D,
): tf.Tensor3D {
  const [batch, places, d] = tokens.shape;
  let x = tokens;
  for (let b = 0; b < plan.blocks; b++) {
    const name = `block${b}`;
    x = tf.add(x, attention(plan, parameters, name, normalized(parameters, `${name}/attention`, x)));
    const rows = tf.reshape(normalized(parameters, `${name}/mlp`, x), [batch * places, d]) as tf.Tensor2D;
    const wide = gelu(linear(parameters, `${name}/widen`, rows));
    x = tf.add(x, tf.reshape(linear(parameters, `${name}/narrow`, wide), [batch, places, d]));
  }
  return normalized(parameters, "last", x);
}

/** The number of tokens of a batch; pixels beyond the last whole patch are left out. */
function patchesOf(images: tf.Tensor4D) {
  const [batch, size] = images.shape;
  const side = Math.floor(size / patch);
  return { batch, side, tokens: batch * side * side };
}

/** The pixels of each patch side by side: [batch, size, size, channels] → [batch, side, side, 4 · 4 · channels]. */
function patchPixels(images: tf.Tensor4D, side: number): tf.Tensor {
  const [batch, size, , channels] = images.shape;
  const whole = side * patch;
  const cut = whole === size ? images : tf.slice(images, [0, 0, 0, 0], [batch, whole, whole, channels]);
  const apart = tf.reshape(cut, [batch * side, patch, side, patch * channels]);
  return tf.transpose(apart, [0, 2, 1, 3]);
}

/** Layer norm over channels, times γ, plus β. [batch, tokens, d] → the same shape. */
function normalized(parameters: ParameterStore, name: string, x: tf.Tensor3D): tf.Tensor3D {
  const mean = tf.mean(x, 2, true);
  const centered = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centered), 2, true);
  const unit = tf.mul(centered, tf.rsqrt(tf.add(variance, layerNormEpsilon)));
  return tf.add(tf.mul(unit, parameters.get(`${name}/gamma`)), parameters.get(`${name}/beta`));
}

/**
 * Self-attention: softmax(QKᵀ/√(d/h)) V in each head, then a linear layer over all heads. [batch, tokens, d] → the
 * same shape.
 */
function attention(
  plan: Pick<VitPlan, "heads">,
  parameters: ParameterStore,
  name: string,
  x: tf.Tensor3D,
): tf.Tensor3D {
  const [batch, places, d] = x.shape;
  const rows = tf.reshape(x, [batch * places, d]) as tf.Tensor2D;
  const perHead = (layer: string) => {
    const y = tf.reshape(linear(parameters, `${name}/${layer}`, rows), [
      batch,
      places,
      plan.heads,
      d / plan.heads,
    ]);
    return tf.transpose(y, [0, 2, 1, 3]);
  };
  const [query, key, value] = [perHead("query"), perHead("key"), perHead("value")];
  const scores = tf.mul(tf.matMul(query, key, false, true), 1 / Math.sqrt(d / plan.heads));
  const mixed = tf.transpose(tf.matMul(tf.softmax(scores), value), [0, 2, 1, 3]);
  return tf.reshape(linear(parameters, `${name}/join`, tf.reshape(mixed, [batch * places, d])), [
    batch,
    places,
    d,
  ]);
}

const gelu = (x: tf.Tensor2D): tf.Tensor2D =>
  tf.mul(tf.mul(0.5, x), tf.add(1, tf.erf(tf.div(x, Math.SQRT2))));

/**
 * The position embedding: fixed sines and cosines of both coordinates, a quarter of the channels each. [side², d].
 */
export const sines = (side: number, d: number): tf.Tensor2D =>
  tf.tensor2d(sineValues(side, d), [side * side, d]);

/** The values of the position embedding, row by row. */
export function sineValues(side: number, d: number): Float32Array<ArrayBuffer> {
  const quarter = d / 4;
  const values = new Float32Array(side * side * d);
  for (let place = 0; place < side * side; place++) {
    const [y, x] = [Math.floor(place / side), place % side];
    for (let i = 0; i < quarter; i++) {
      const frequency = 10_000 ** (-i / quarter);
      values.set(
        [Math.sin(x * frequency), Math.cos(x * frequency), Math.sin(y * frequency), Math.cos(y * frequency)],
        place * d + 4 * i,
      );
    }
  }
  return values;
}
