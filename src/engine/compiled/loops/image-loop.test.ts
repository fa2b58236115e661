import fc from "fast-check";
import { expect, test } from "vitest";
import { fromLayout, toLayout } from "../images.test-support";
import { KernelTrial, numbers, relativeError } from "../kernel-trial.test-support";
import { ImageLayout } from "../layout";
import type { Terms } from "./expression";
import { type ImageOperand, imageLoopKernel } from "./image-loop";

const image = (layout: ImageLayout): ImageOperand => ({ kind: "image", ...layout.strides });

/** relu(x · scale + shift) + y, scale and shift by group and channel, times a number. */
const terms: Terms = [
  { kind: "operand", operand: 0 },
  { kind: "operand", operand: 1 },
  { kind: "operand", operand: 2 },
  { kind: "binary", function: "multiply", left: 0, right: 1 },
  { kind: "binary", function: "add", left: 3, right: 2 },
  { kind: "unary", function: "relu", of: 4 },
  { kind: "operand", operand: 3 },
  { kind: "binary", function: "multiply", left: 5, right: 6 },
  { kind: "binary", function: "multiply", left: 0, right: 7 },
];

const shapes = fc.record({
  images: fc.integer({ min: 1, max: 3 }),
  groups: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 1, max: 5 }),
  width: fc.integer({ min: 1, max: 6 }),
  channels: fc.constantFrom(1, 3, 8, 12, 16),
  borders: fc.tuple(fc.nat(2), fc.nat(2)),
});

test("images of any size, border and number of channels, in groups, with sums", () => {
  fc.assert(
    fc.property(shapes, ({ images, groups, height, width, channels, borders }) => {
      const batch = images * groups;
      const extent = { batch, height, width, channels };
      const [x, y] = borders.map((border) => new ImageLayout(extent, border)) as [ImageLayout, ImageLayout];
      const { blocks, paddedChannels } = x;
      const trial = new KernelTrial();
      const loop = {
        ...{ batch, blocks, height, width, groups, terms },
        operands: [
          image(x),
          { kind: "channels" },
          { kind: "channels" },
          { kind: "number" },
          image(y),
        ] as ImageOperand[],
        results: [{ term: 7, operand: 4, border: y.border }],
        sums: [7, 8],
      };
      const kernel = trial.kernel((module) => imageLoopKernel(module, loop));
      const size = batch * height * width * channels;
      const values = numbers(size, 1);
      const perChannel = [2, 3].map((seed) => numbers(groups * channels, seed)) as [
        Float32Array,
        Float32Array,
      ];
      // Lanes beyond the last channel have neither scale nor shift.
      const padded = perChannel.map((given) =>
        Float32Array.from({ length: groups * paddedChannels }, (_, i) => {
          const c = i % paddedChannels;
          return c < channels ? (given[Math.floor(i / paddedChannels) * channels + c] as number) : 0;
        }),
      ) as [Float32Array, Float32Array];
      const at = [toLayout(x, values), ...padded, [0.5]].map((given) => trial.put(given));
      const out = trial.room(y.bytes);
      const sums = Array.from({ length: groups }, () => trial.room(16 * paddedChannels));
      for (const [g, sum] of sums.entries()) trial.run(kernel, ...at, out, sum, g * images, (g + 1) * images);
      trial.expectUntouched(out, y.bytes);
      const found = fromLayout(y, trial.floats(out, y.bytes / 4));
      const expected = values.map((value, i) => {
        const c = i % channels;
        const g = Math.floor(i / (size / groups));
        const [scale, shift] = perChannel.map((given) => given[g * channels + c]) as [number, number];
        return 0.5 * Math.max(0, value * scale + shift);
      });
      expect(relativeError(found, expected)).toBeLessThan(1e-6);
      for (const [g, sum] of sums.entries()) {
        const [plain, weighted] = [new Float64Array(paddedChannels), new Float64Array(paddedChannels)];
        expected.forEach((value, i) => {
          if (Math.floor(i / (size / groups)) !== g) return;
          plain[i % channels] = (plain[i % channels] as number) + value;
          weighted[i % channels] = (weighted[i % channels] as number) + value * (values[i] as number);
        });
        expect(relativeError(trial.doubles(sum, 2 * paddedChannels), [...plain, ...weighted])).toBeLessThan(
          1e-5,
        );
      }
    }),
    { numRuns: 40 },
  );
});
