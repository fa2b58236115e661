import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import { matmulsFor } from "./matmul";
import { measureMatmulPeak } from "./peak";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

test("the kernels of all styles compute matrix products", async () => {
  const n = 512;
  const random = randomFor(1, Purpose.init);
  const [a, b] = [random.normals(n * n, 0), random.normals(n * n, 1)];
  const [left, right] = [tf.tensor1d(a), tf.tensor1d(b)];
  const styles = matmulsFor(backend.device);
  expect(styles.length).toBeGreaterThan(2);
  for (const { style, program } of styles) {
    const product = tf.engine().makeTensorFromTensorInfo(backend.output([n * n]));
    backend.run(program(n), [left, right, product]);
    const values = await product.data();
    for (const [row, column] of [
      [0, 0],
      [17, 201],
      [128, 64],
      [511, 511],
    ] as const) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (a[row * n + k] as number) * (b[k * n + column] as number);
      expect(values[row * n + column], style).toBeCloseTo(sum, 3);
    }
    product.dispose();
  }
});

test("the measured peak is plausible for this device", async () => {
  const { gflops, variant } = await measureMatmulPeak(backend);
  expect(gflops).toBeGreaterThan(0.01);
  expect(gflops).toBeLessThan(1e6);
  expect(matmulsFor(backend.device).map(({ style }) => style)).toContain(variant);
});
