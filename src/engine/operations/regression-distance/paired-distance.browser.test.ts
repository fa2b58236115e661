import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { type Target, target } from "../../math/target";
import { drawn, normals, pick } from "../alike.test-support";
import { pairedDistance } from "./paired-distance";

const cases = Array.from({ length: 12 }, (_, i) => {
  const [a, b, c] = drawn(i, 3);
  return {
    i,
    rows: pick(a, [1, 2, 3, 8, 64]),
    columns: pick(b, [3, 16, 17, 64, 128, 300]),
    crossed: pick(c, [true, false]),
  };
});
type Case = (typeof cases)[number];

/** The distance and its gradient, from views stacked or one by one. */
async function run({ i, rows, columns, crossed }: Case, together: boolean): Promise<number[][]> {
  const [prediction, goal] = [1, 2].map((stream) => normals([2 * rows, columns], 10 * i + stream)) as [
    tf.Tensor2D,
    tf.Tensor2D,
  ];
  const pair = <T extends tf.Tensor2D>(stacked: T) => {
    const [v, vPrime] = tf.split(stacked, 2) as [T, T];
    return together ? { v, vPrime, stacked } : { v, vPrime };
  };
  const of = (p: tf.Tensor2D) => {
    const goals = pair<Target>(target(goal));
    return tf.mul(pairedDistance(pair(p), goals, crossed), 1.5) as tf.Scalar;
  };
  const results = tf.tidy(() => [of(prediction), tf.grad((p) => of(p as tf.Tensor2D))(prediction)]);
  const read = await Promise.all(results.map(async (result) => Array.from(await result.data())));
  tf.dispose([prediction, goal, results]);
  return read;
}

const onGpu: number[][][] = [];
beforeAll(async () => {
  await startBackend("webgpu");
  for (const one of cases) onGpu.push(await run(one, true));
  await startBackend("cpu");
}, 120_000);

test.each(cases)("2 × [$rows, $columns], crossed: $crossed, equals views one by one", async (one) => {
  const wanted = await run(one, false);
  for (const [part, values] of wanted.entries()) {
    const given = onGpu[one.i]?.[part] ?? [];
    expect(given).toHaveLength(values.length);
    const worst = Math.max(...values.map((value, j) => Math.abs((given[j] ?? Number.NaN) - value)));
    expect(worst).toBeLessThan(2e-5 * Math.max(0.1, ...values.map(Math.abs)));
  }
});

test("shapes that do not fit are named", async () => {
  await startBackend("webgpu");
  const [two, four] = [tf.zeros([2, 3]), tf.zeros([4, 3])] as [tf.Tensor2D, Target];
  const pair = <T>(stacked: T) => ({ v: stacked, vPrime: stacked, stacked });
  expect(() => pairedDistance(pair(two), pair(four), true)).toThrow(/\[2,3\].*\[4,3\]/);
});
