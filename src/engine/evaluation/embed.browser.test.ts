import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { drawDataset } from "../dataset/drawing/draw-dataset";
import { startBackend } from "../device/start";
import { Purpose, randomFor } from "../math/random";
import { Backbone } from "../networks/backbone";
import { type EncoderName, planEncoder } from "../networks/encoders";
import { normalizationOf } from "../views/normalization";
import { renderPlain } from "../views/render-views";
import { ResidentImages } from "../views/resident-images";
import { embedImages } from "./embed";

beforeAll(async () => void (await startBackend("wasm")));

const chunk = 4;
const indices = Int32Array.of(5, 0, 2, 7, 3, 1);

/** The largest difference from features computed operation by operation, relative to the largest feature. */
async function errorOf(backbone: Backbone, images: ResidentImages): Promise<number> {
  const found = embedImages(backbone, images, indices, chunk);
  const [largest, most] = tf.tidy(() => {
    const eager = backbone.features(renderPlain(images, tf.tensor1d(indices, "int32")), { kind: "evaluate" });
    return [tf.max(tf.abs(tf.sub(found, eager))).dataSync()[0], tf.max(tf.abs(eager)).dataSync()[0]] as const;
  });
  found.dispose();
  return (largest as number) / (most as number);
}

test.each<EncoderName>(["R8", "MBV3s", "ReAct", "ViT"])(
  "%s: networks of one shape share what is compiled, and each gives its own features",
  async (name) => {
    const drawn = await drawDataset("shapes", {
      seed: 1,
      size: 16,
      difficulty: "easy",
      train: 10,
      validation: 10,
      test: 10,
    });
    const images = ResidentImages.upload(drawn.train, normalizationOf(drawn.train));
    const { numTensors } = tf.memory();
    const plan = planEncoder(name, 0.125);
    const projector = { from: plan.features, hidden: 8, to: 4 };
    const networks = [undefined, projector, undefined].map((head, seed) =>
      Backbone.create(plan, head, randomFor(seed, Purpose.test)),
    );
    for (const network of networks) expect(await errorOf(network, images)).toBeLessThan(1e-4);
    // What was compiled with the first outlives it, and reads weights as they are.
    networks.shift()?.dispose();
    const [second, third] = networks as [Backbone, Backbone];
    for (const one of third.parameters.plans) second.parameters.copyOne(one.name, third.parameters);
    expect(await errorOf(second, images)).toBeLessThan(1e-4);
    for (const network of networks) network.dispose();
    images.dispose();
    expect(tf.memory().numTensors).toBeLessThan(numTensors);
  },
);
