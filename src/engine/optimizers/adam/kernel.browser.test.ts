import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { cut, distance, drawInto, layouts } from "../layouts.test-support";
import { updateByAdam } from "./kernel";
import { type AdamState, adamMoments, adamUpdate, biasCorrections } from "./rule";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const random = randomFor(53, Purpose.test);
const cases = layouts(random, 52).map((layout, i) => ({
  total: layout.total,
  decay: i % 2 ? ("decoupled" as const) : ("gradient" as const),
  layout,
}));

test.each(cases)(
  "Adam over $total numbers, decay: $decay, equals the pure rule on each parameter",
  async ({ total, decay, layout }) => {
    const weightDecay = 0.05;
    const flat = drawInto(layout, random, 0);
    const [parameters, first, second] = [tf.tensor1d(flat), tf.zeros([total]), tf.zeros([total])];
    const shares = layout.parts.flatMap(({ blocks, excluded }) => Array(blocks).fill(excluded ? 0 : 1));
    let pure: AdamState[] = cut(layout, flat).map((parameter) => ({
      parameter,
      first: tf.zerosLike(parameter),
      second: tf.zerosLike(parameter),
    }));
    for (const [step, learningRate] of [0.05, 0.01, 0.1].entries()) {
      const corrections = biasCorrections(step + 1, adamMoments);
      const gradient = drawInto(layout, random, step + 1);
      updateByAdam(backend, {
        parameters,
        first,
        second,
        gradient: tf.tensor1d(gradient),
        scalars: tf.tensor1d([learningRate, corrections.first, corrections.second]),
        rateIndex: 0,
        firstIndex: 1,
        secondIndex: 2,
        decayed: tf.tensor1d(shares),
        weightDecay,
        decay,
        ...adamMoments,
      });
      const own = cut(layout, gradient);
      pure = pure.map((state, i) =>
        adamUpdate(state, own[i] as tf.Tensor, {
          ...adamMoments,
          learningRate,
          weightDecay: layout.parts[i]?.excluded ? 0 : weightDecay,
          decay,
          corrections,
        }),
      );
    }
    const part = (name: keyof AdamState) => pure.map((state) => state[name]);
    expect(await distance(layout, parameters, part("parameter"))).toBeLessThan(1e-5);
    expect(await distance(layout, first, part("first"))).toBeLessThan(1e-5);
    expect(await distance(layout, second, part("second"))).toBeLessThan(1e-5);
  },
);
