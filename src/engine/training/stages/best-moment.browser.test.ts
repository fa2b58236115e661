import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { planEncoder } from "../../networks/encoders";
import { LabeledNetwork } from "../learners/labeled-network";
import { backendOfTrials } from "../trial-backend.test-support";
import { BestMoment } from "./best-moment";

test("the network of the first highest score is kept, whatever becomes of the network, also over a checkpoint", async () => {
  await startBackend(backendOfTrials);
  const before = tf.memory().numTensors;
  const drawn = (seed: number) =>
    LabeledNetwork.create(planEncoder("R8", 0.125), 4, randomFor(seed, Purpose.test));
  const networks = [1, 2, 3, 4].map(drawn);
  const trained = drawn(0);
  const evaluated = { backbone: trained.backbone, classifier: trained };
  const best = new BestMoment();
  expect(await best.snapshot()).toBeUndefined();
  for (const [at, score] of [0.2, 0.5, 0.5, 0.3].entries()) {
    trained.copyFrom(networks[at] as LabeledNetwork);
    best.offer(evaluated, at, score);
  }
  best.offer(evaluated, 9, Number.NaN);
  const restored = new BestMoment();
  restored.restore((await best.snapshot()) as never, evaluated);
  for (const { step, network } of [best, restored]) {
    expect(step).toBe(1);
    const { backbone, classifier } = network ?? {};
    if (!backbone || !(classifier instanceof LabeledNetwork)) return expect.unreachable("nothing is kept");
    const wanted = networks[1] as LabeledNetwork;
    expect(await classifier.classifier.values()).toEqual(await wanted.classifier.values());
    expect(await backbone.parameters.values()).toEqual(await wanted.backbone.parameters.values());
    expect(await backbone.statistics.values()).toEqual(await wanted.backbone.statistics.values());
  }
  for (const one of [...networks, trained, best, restored]) one.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
