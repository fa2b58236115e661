import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { cut, distance, drawInto, layouts } from "../layouts.test-support";
import type { MomentumState } from "../sgd/rule";
import { updateByLars } from "./kernel";
import { larsUpdate } from "./rule";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const random = randomFor(41, Purpose.test);
/** The last cases use programs for graphics cards. */
const cases = layouts(random, 52).map((layout, i) => ({
  total: layout.total,
  rule: i % 2 ? ("solo" as const) : ("simdis" as const),
  shares: i >= 44,
  layout,
}));

test.each(cases)(
  "LARS over $total numbers equals the pure $rule rule on each parameter, and padding stays zero",
  async ({ total, rule, shares, layout }) => {
    backend.hasCheapBarriers = shares;
    const settings = { momentum: 0.9, weightDecay: 1e-3, trustCoefficient: 0.02, rule };
    const flat = drawInto(layout, random, 0);
    const [parameters, buffer] = [tf.tensor1d(flat), tf.zeros([total])];
    let pure: MomentumState[] = cut(layout, flat).map((parameter) => ({
      parameter,
      buffer: tf.zerosLike(parameter),
    }));
    for (const [step, rate] of [0.5, 0.02, 1].entries()) {
      const gradient = drawInto(layout, random, step + 1);
      updateByLars(backend, {
        parameters,
        buffer,
        gradient: tf.tensor1d(gradient),
        scalars: tf.tensor1d([rate]),
        rateIndex: 0,
        segments: layout.parts.map(({ start, blocks, excluded }) => ({
          firstBlock: start / 64,
          blocks,
          excluded,
        })),
        ...settings,
      });
      const own = cut(layout, gradient);
      pure = pure.map((state, i) => {
        const excluded = layout.parts[i]?.excluded ?? false;
        return larsUpdate(state, own[i] as tf.Tensor, { ...settings, learningRate: rate, excluded });
      });
    }
    const wanted = pure.map(({ parameter }) => parameter);
    expect(await distance(layout, parameters, wanted)).toBeLessThan(1e-5);
  },
);
