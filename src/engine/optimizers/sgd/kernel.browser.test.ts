import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { flatSizes, worst } from "../layouts.test-support";
import { updateBySgd } from "./kernel";
import { sgdUpdate } from "./rule";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const random = randomFor(23, Purpose.test);
const sizes = flatSizes(random);

test.each(sizes)("SGD on %d numbers equals the pure rule at every step", async (size) => {
  const at = (step: number) => tf.tensor1d(random.normals(size, size, step));
  const parameters = at(0);
  const buffer = tf.zeros([size]);
  let pure = { parameter: at(0) as tf.Tensor, buffer: tf.zeros([size]) as tf.Tensor };
  for (const [step, rate] of [0.1, 0.03, 0.2].entries()) {
    const gradient = at(step + 1);
    const settings = { momentum: 0.9, weightDecay: 5e-4 };
    updateBySgd(backend, {
      parameters,
      gradient,
      buffer,
      scalars: tf.tensor1d([7, rate]),
      rateIndex: 1,
      ...settings,
    });
    pure = sgdUpdate(pure, gradient, { learningRate: rate, ...settings });
    expect(await worst(parameters, pure.parameter)).toBeLessThan(1e-5);
    expect(await worst(buffer, pure.buffer)).toBeLessThan(1e-5);
  }
});
