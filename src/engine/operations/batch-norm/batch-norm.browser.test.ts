import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { sized } from "../../test-size.test-support";
import { batchNormTrain } from "./batch-norm";

const random = randomFor(21, Purpose.test);
const tensor = (shape: readonly number[], stream: number) =>
  tf.reshape(
    tf.tensor1d(
      random.normals(
        shape.reduce((a, b) => a * b, 1),
        stream,
        1,
      ),
    ),
    [...shape],
  );

const drawn = Array.from({ length: sized(16, 50) }, (_, i) => {
  const [a = 0, b = 0, c = 0] = random.words(3, i);
  const channels = [1, 3, 4, 8, 17, 32, 70][a % 7] as number;
  const groups = 1 + (b % 3);
  const size = [1, 3, 4, 8][c % 4] as number;
  const batch = groups * (2 + ((c >>> 8) % 5));
  const shape = i % 4 === 0 ? [batch, channels] : [batch, size, size + 1, channels];
  return { shape, groups, relu: i % 2 === 0, mean: i % 5 === 0 ? 100 : 0 };
});

/** Rows that do not divide into equal chunks, that divide into equal chunks of odd length, and that need many chunks. */
const cases = [
  ...drawn,
  { shape: [134, 5], groups: 2, relu: true, mean: 0 },
  { shape: [98, 4], groups: 2, relu: false, mean: 0 },
  { shape: [24, 16, 16, 8], groups: 2, relu: true, mean: 0 },
  // More chunks than are merged at once; the last joined chunk is shorter.
  { shape: [26, 16, 17, 3], groups: 1, relu: true, mean: 100 },
  { shape: [13, 16, 20, 2], groups: 1, relu: false, mean: 0 },
];

type Case = (typeof cases)[number];
const parts = ["y", "mean", "variance", "dx", "dγ", "dβ"];

/** The composed reference: plain ops, differentiated by tfjs. */
function composed(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, { groups, relu }: Case): tf.Tensor {
  const parted = groups === 1 ? [x] : tf.split(x, groups); // tfjs cannot differentiate a split into one part
  const rows = parted.map((part) => {
    const { mean, variance } = tf.moments(
      part,
      part.shape.slice(1).map((_, i) => i),
    );
    const y = tf.add(tf.mul(tf.mul(tf.sub(part, mean), tf.rsqrt(tf.add(variance, 1e-5))), gamma), beta);
    return relu ? tf.relu(y) : y;
  });
  return tf.concat(rows);
}

/** Returns y, mean, variance and the gradients; the caller owns them. */
function compute(one: Case, i: number, plain: boolean): tf.Tensor[] {
  const channels = one.shape.at(-1) as number;
  const x = tf.add(tensor(one.shape, 4 * i), one.mean);
  const [gamma, beta] = [tensor([channels], 4 * i + 1), tensor([channels], 4 * i + 2)] as [
    tf.Tensor1D,
    tf.Tensor1D,
  ];
  const weights = tensor(one.shape, 4 * i + 3);
  const options = { groups: one.groups, epsilon: 1e-5, relu: one.relu };
  const { y, mean, variance } = batchNormTrain(x, gamma, beta, options);
  const forward = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) =>
    plain ? composed(a, b, c, one) : batchNormTrain(a, b as tf.Tensor1D, c as tf.Tensor1D, options).y;
  const gradients = tf.grads((a, b, c) => tf.sum(tf.mul(forward(a, b, c), weights)))([x, gamma, beta]);
  const first = plain ? composed(x, gamma, beta, one) : y;
  return [first, mean, variance, ...gradients];
}

async function run(one: Case, i: number, plain: boolean): Promise<number[][]> {
  const results = tf.tidy(() => compute(one, i, plain));
  const values = await Promise.all(results.map(async (t) => Array.from(await t.data())));
  tf.dispose(results);
  return values;
}

const onGpu: number[][][] = [];
const onWasm: number[][][] = [];

beforeAll(async () => {
  await startBackend("webgpu");
  await trainingBackend()?.prepare(() => {
    for (const [i, one] of cases.entries()) tf.tidy(() => compute(one, i, false));
  });
  for (const [i, one] of cases.entries()) onGpu.push(await run(one, i, false));
  await startBackend("wasm");
  for (const [i, one] of cases.entries()) onWasm.push(await run(one, i, false));
  await startBackend("cpu");
}, 300_000);

test.each(cases.map((one, i) => ({ ...one, i })))(
  "[$shape] in $groups groups, relu $relu, mean $mean, equals the composed form",
  async ({ i, ...one }) => {
    for (const plain of [false, true]) {
      const reference = await run(one, i, plain);
      for (const [part, wanted] of reference.entries()) {
        const scale = Math.max(1, ...wanted.map(Math.abs));
        for (const [way, found] of Object.entries({ onGpu, onWasm })) {
          const given = found[i]?.[part] ?? [];
          expect(given.length).toBe(wanted.length);
          const worst = Math.max(...given.map((value, j) => Math.abs(value - (wanted[j] ?? Number.NaN))));
          // A mean of 100 costs the composed form two digits of precision.
          expect(worst / scale, `${parts[part]} ${way}, ${plain ? "composed" : "reference"}`).toBeLessThan(
            one.mean ? 1e-2 : 1e-4,
          );
        }
      }
    }
  },
);

test("shapes that do not fit are named", () => {
  const [x, three, four] = [tf.zeros([5, 4]), tf.zeros([3]), tf.zeros([4])] as [
    tf.Tensor,
    tf.Tensor1D,
    tf.Tensor1D,
  ];
  const options = { groups: 2, epsilon: 1e-5, relu: false };
  expect(() => batchNormTrain(x, three, four, options)).toThrow(/4 channels got γ of 3/);
  expect(() => batchNormTrain(x, four, four, options)).toThrow(/batch of 5 into 2 groups/);
});
