import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../backend";
import { Purpose, randomFor } from "../math/random";
import { trainingBackend } from "./backend";
import { measureMatmulPeak, multiplyBy } from "./matmul-peak";

let device: GPUDevice;
beforeAll(async () => {
  await startBackend("webgpu");
  device = (trainingBackend() as NonNullable<ReturnType<typeof trainingBackend>>).device;
});

test.each(["register tiles", "shared tiles"] as const)(
  "%s: the measured product is a product",
  async (variant) => {
    const n = 256;
    const random = randomFor(1, Purpose.init);
    const [a, b] = [random.normals(n * n, 0), random.normals(n * n, 1)].map((x) => Float32Array.from(x)) as [
      Float32Array<ArrayBuffer>,
      Float32Array<ArrayBuffer>,
    ];
    const product = await multiplyBy(device, variant, n, a, b);
    for (const [row, column] of [
      [0, 0],
      [17, 201],
      [128, 64],
      [255, 255],
    ] as const) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (a[row * n + k] as number) * (b[k * n + column] as number);
      expect(product[row * n + column]).toBeCloseTo(sum, 3);
    }
  },
);

test("a peak is a rate that this device could reach", async () => {
  const { gflops, variant } = await measureMatmulPeak(device, 256);
  expect(gflops).toBeGreaterThan(0.01);
  expect(gflops).toBeLessThan(1e6);
  expect(["register tiles", "shared tiles"]).toContain(variant);
});
