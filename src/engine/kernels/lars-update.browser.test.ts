import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../backend";
import { larsUpdate, type MomentumState } from "../math/optimisers";
import { Purpose, randomFor } from "../math/random";
import { type TrainingBackend, trainingBackend } from "./backend";
import { updateByLars } from "./lars-update";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

const random = randomFor(41, Purpose.test);
/** A filter of 100 numbers in two blocks, a γ of 16 in one, a matrix of 256 in four. */
const parts = [
  { start: 0, size: 100, blocks: 2, excluded: false },
  { start: 128, size: 16, blocks: 1, excluded: true },
  { start: 192, size: 256, blocks: 4, excluded: false },
] as const;
const total = 448;

/** Numbers at the parts' places, zeros between them, as parameters lie in their slab. */
function draw(stream: number): Float32Array {
  const flat = new Float32Array(total);
  for (const [i, { start, size }] of parts.entries()) flat.set(random.normals(size, stream, i), start);
  return flat;
}

test.each(["simdis", "solo-learn"] as const)(
  "LARS over a slab is the pure %s rule on each parameter, and padding stays zero",
  async (rule) => {
    const settings = { momentum: 0.9, weightDecay: 1e-3, trustCoefficient: 0.02, rule };
    const [parameters, buffer] = [tf.tensor1d(draw(0)), tf.zeros([total])];
    let pure: MomentumState[] = parts.map(({ start, size }) => ({
      parameter: tf.tensor1d(draw(0).slice(start, start + size)),
      buffer: tf.zeros([size]),
    }));
    for (const [step, rate] of [0.5, 0.02, 1].entries()) {
      const gradient = draw(step + 1);
      updateByLars(backend, {
        parameters,
        buffer,
        gradient: tf.tensor1d(gradient),
        scalars: tf.tensor1d([rate]),
        rateIndex: 0,
        segments: parts.map(({ start, blocks, excluded }) => ({ firstBlock: start / 64, blocks, excluded })),
        ...settings,
      });
      pure = pure.map((state, i) => {
        const { start, size, excluded } = parts[i] as (typeof parts)[number];
        const own = tf.tensor1d(gradient.slice(start, start + size));
        return larsUpdate(state, own, { ...settings, learningRate: rate, excluded });
      });
    }
    const flat = await parameters.data();
    const covered = new Set<number>();
    for (const [i, { start, size }] of parts.entries()) {
      const wanted = (await pure[i]?.parameter.data()) ?? [];
      for (let j = 0; j < size; j++) {
        covered.add(start + j);
        expect(Math.abs((flat[start + j] as number) - (wanted[j] as number))).toBeLessThan(1e-5);
      }
    }
    expect(flat.every((x, i) => covered.has(i) || x === 0)).toBe(true);
  },
);
