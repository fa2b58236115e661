import * as tf from "@tensorflow/tfjs-core";
import type { ModelMeasures } from "../protocol/models";
import type { Dataset } from "./dataset/dataset";
import { shrunk } from "./dataset/pixels/shrunk";
import type { KeptWeights } from "./durability/weights-vault";
import { embedImages } from "./evaluation/embed";
import { describeModel, exportWeights } from "./exported-weights";
import { roundedModel } from "./interchange/int8";
import type { ModelDescription } from "./interchange/model-graph";
import { Purpose, randomFor } from "./math/random";
import { Backbone } from "./networks/backbone";
import { loadEncoder } from "./training/learners/load-weights";
import { ResidentImages } from "./views/resident-images";

/** The largest number of held-out images that a network is measured on. */
const mostImages = 2_000;
/** Images per forward pass. */
const chunk = 50;

/**
 * Measures an exported network, as it is and with its weights in 8 bits, on held-out images. Undefined if these are not
 * like those that it was trained on.
 */
export async function measureModel(kept: KeptWeights, dataset: Dataset): Promise<ModelMeasures | undefined> {
  const model = describeModel(kept.bytes);
  const { classNames } = dataset;
  const { mean, std, size, metadata } = model;
  const test = shrunk(dataset.test, size);
  if (test.size !== size || test.channels !== mean.length) return undefined;
  if (metadata.classes !== JSON.stringify(classNames)) return undefined;
  const images = ResidentImages.upload(test, { mean, std });
  try {
    const exact = await accuracyOf(model, images);
    const rounded = await accuracyOf(roundedModel(model), images);
    if (!exact || !rounded) return undefined;
    const bytes = (format: "onnx" | "onnx-int8") =>
      exportWeights(kept, format).reduce((sum, file) => sum + file.bytes.length, 0);
    return {
      runId: kept.runId,
      role: kept.role,
      images: Math.min(test.count, mostImages),
      imageMs: exact.imageMs,
      whole: { bytes: bytes("onnx"), top1: exact.top1 },
      int8: { bytes: bytes("onnx-int8"), top1: rounded.top1 },
    };
  } finally {
    images.dispose();
  }
}

/** Accuracy and time per image; undefined without a layer that gives classes. */
async function accuracyOf(
  { plan, tensors, binaryWeights }: ModelDescription,
  images: ResidentImages,
): Promise<{ readonly top1: number; readonly imageMs: number } | undefined> {
  const named = (name: string) => tensors.find((tensor) => tensor.name === name);
  const layer = ["classifier", "probe", "ridge"].find((name) => named(`${name}/weight`));
  const [weight, bias] = [named(`${layer}/weight`), named(`${layer}/bias`)];
  if (!weight || !bias) return undefined;
  const network = Backbone.create(plan, undefined, randomFor(0, Purpose.init));
  network.binaryWeights = binaryWeights;
  try {
    loadEncoder(network, tensors);
    const count = Math.min(images.set.count, mostImages);
    const indices = Int32Array.from({ length: count }, (_, at) => at);
    // The first pass compiles.
    const first = embedImages(network, images, indices.subarray(0, chunk), chunk);
    await first.data();
    first.dispose();
    const start = performance.now();
    const features = embedImages(network, images, indices, chunk);
    await features.data();
    const imageMs = (performance.now() - start) / count;
    const chosen = tf.tidy(() => {
      const matrix = tf.tensor2d(weight.values, weight.shape as [number, number]);
      return tf.argMax(tf.add(tf.matMul(features, matrix), tf.tensor1d(bias.values)), 1);
    });
    const found = await chosen.data();
    tf.dispose([features, chosen]);
    const right = found.filter((label, at) => label === images.set.labels[at]).length;
    return { top1: right / count, imageMs };
  } finally {
    network.dispose();
  }
}
