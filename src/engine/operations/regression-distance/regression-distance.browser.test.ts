import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { regressionDistance as composed } from "../../math/similarities";
import { type Target, target } from "../../math/target";
import { regressionDistance } from "./regression-distance";

const random = randomFor(31, Purpose.test);

const cases = Array.from({ length: 50 }, (_, i) => {
  const [a = 0, b = 0] = random.words(2, i);
  return {
    i,
    rows: 1 + (a % 70),
    columns: [5, 2, 3, 17, 64, 128, 130][b % 7] as number,
    zeroRow: i % 3 === 0,
  };
});
type Case = (typeof cases)[number];

/** Returns the distances of random rows and the gradient of a weighted sum of them. */
async function run(one: Case, distance: typeof regressionDistance): Promise<number[][]> {
  const { i, rows, columns, zeroRow } = one;
  const values = random.normals(rows * columns, i, 1);
  if (zeroRow) values.fill(0, 0, columns);
  const prediction = tf.tensor2d(values, [rows, columns]);
  const goal = target(tf.tensor2d(random.normals(rows * columns, i, 2), [rows, columns]));
  const weights = tf.tensor1d(random.normals(rows, i, 3));
  const y = distance(prediction, goal);
  const gradient = tf.grad((p) => tf.sum(tf.mul(distance(p as tf.Tensor2D, goal), weights)))(prediction);
  const read = await Promise.all([y, gradient].map(async (t) => Array.from(await t.data())));
  tf.dispose([prediction, goal, weights, y, gradient]);
  return read;
}

const onGpu: number[][][] = [];
beforeAll(async () => {
  await startBackend("webgpu");
  for (const one of cases) onGpu.push(await run(one, regressionDistance));
  await startBackend("cpu");
}, 120_000);

test.each(cases)("[$rows, $columns], zero row: $zeroRow, equals composition and reference", async (one) => {
  for (const distance of [composed, regressionDistance]) {
    for (const [part, wanted] of (await run(one, distance)).entries()) {
      const given = onGpu[one.i]?.[part] ?? [];
      expect(given.length).toBe(wanted.length);
      // A row of zeros has a gradient of about 1e12.
      const worst = Math.max(
        ...wanted.map(
          (value, j) => Math.abs((given[j] ?? Number.NaN) - value) / Math.max(1, Math.abs(value)),
        ),
      );
      expect(worst).toBeLessThan(2e-5);
    }
  }
});

test("shapes that do not fit are named", () => {
  expect(() => regressionDistance(tf.zeros([2, 3]), tf.zeros([2, 4]) as Target)).toThrow(/\[2,3\].*\[2,4\]/);
});
