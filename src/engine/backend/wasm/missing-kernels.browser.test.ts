import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { BackendName } from "../../../protocol/messages";
import { startBackend } from "../../device/start";

const values = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, "float32", seed);

/** Operations that training needs and that tfjs's WASM backend lacks, or that are replaced there. */
const operations: Readonly<Record<string, () => tf.Tensor>> = {
  "product of a transposed matrix": () => tf.matMul(values([5, 7], 1), values([5, 3], 2), true, false),
  "product with a transposed matrix": () => tf.matMul(values([7, 5], 1), values([3, 5], 2), false, true),
  "products of stacked matrices": () =>
    tf.matMul(values([2, 3, 4, 5], 1), values([2, 3, 6, 5], 2), false, true),
  "gradient of a gather": () =>
    tf.grad((x) => tf.sum(tf.square(tf.gather(x, tf.tensor1d([3, 0, 3], "int32")))))(values([5, 4], 3)),
  "gradient of a depthwise convolution": () =>
    tf.grad((w) =>
      tf.sum(
        tf.square(tf.depthwiseConv2d(values([2, 6, 6, 3], 4) as tf.Tensor4D, w as tf.Tensor4D, 1, "same")),
      ),
    )(values([3, 3, 3, 1], 5)),
  "gradient of a maximum pool": () =>
    tf.grad((x) => tf.sum(tf.square(tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"))))(values([2, 6, 6, 3], 6)),
  "logarithm of 1 + x": () => tf.log1p(tf.abs(values([9], 7))),
};

const found = new Map<BackendName, Float32Array[]>();

beforeAll(async () => {
  for (const backend of ["wasm", "cpu"] as const) {
    await startBackend(backend);
    const before = tf.memory().numTensors;
    const results: Float32Array[] = [];
    for (const compute of Object.values(operations)) {
      const result = tf.tidy(compute);
      results.push(Float32Array.from(await result.data()));
      result.dispose();
    }
    expect(tf.memory().numTensors).toBe(before);
    found.set(backend, results);
  }
});

test.each(Object.keys(operations).map((name, i) => ({ name, i })))(
  "on WASM the $name equals that of plain JavaScript",
  ({ i }) => {
    const [given, wanted] = [found.get("wasm")?.[i], found.get("cpu")?.[i]];
    expect(wanted?.some((value) => value !== 0)).toBe(true);
    expect(given?.length).toBe(wanted?.length);
    for (const [at, value] of (given ?? []).entries()) expect(value).toBeCloseTo(wanted?.[at] as number, 4);
  },
);
