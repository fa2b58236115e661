import fc from "fast-check";
import { expect, test } from "vitest";
import { toLayout } from "../images.test-support";
import { KernelTrial, numbers, relativeError } from "../kernel-trial.test-support";
import { ImageLayout } from "../layout";
import { packBackward, packForward } from "./filters";
import { matrixProductKernel, packedMatrixBytes } from "./matrix-product";
import {
  averagePoolKernel,
  blockLength,
  blockSumsKernel,
  gatherKernel,
  reductionItems,
  reductionKernel,
} from "./reductions";

const size = fc.integer({ min: 1, max: 21 });

test("products of matrices of any size, either of them transposed, with a bias or not", () => {
  fc.assert(
    fc.property(
      fc.record({ rows: size, inner: size, columns: size, transposed: fc.boolean(), biased: fc.boolean() }),
      fc.boolean(),
      (product, byTransposed) => {
        const { rows, inner, columns, transposed, biased } = product;
        const trial = new KernelTrial();
        const [a, b, bias] = [numbers(rows * inner, 1), numbers(inner * columns, 2), numbers(columns, 3)];
        const at = [a, b, bias].map((values) => trial.put(values)) as [number, number, number];
        const packed = trial.room(packedMatrixBytes(inner, columns));
        const out = trial.room(4 * rows * columns);
        const pack = trial.kernel((module) =>
          byTransposed
            ? packBackward(module, { taps: 1, from: columns, to: inner }, [0])
            : packForward(module, { taps: 1, from: inner, to: columns }),
        );
        const kernel = trial.kernel((module) => matrixProductKernel(module, product));
        trial.run(pack, at[1], packed, 0, byTransposed ? Math.ceil(columns / 8) : 1);
        const half = Math.floor(rows / 2);
        trial.run(kernel, at[0], packed, at[2], out, 0, half);
        trial.run(kernel, at[0], packed, at[2], out, half, rows);
        trial.expectUntouched(out, 4 * rows * columns);
        const expected = new Float64Array(rows * columns);
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) {
            let sum = biased ? (bias[j] as number) : 0;
            for (let p = 0; p < inner; p++) {
              const left = a[transposed ? p * rows + i : i * inner + p] as number;
              sum += left * (b[byTransposed ? j * inner + p : p * columns + j] as number);
            }
            expected[i * columns + j] = sum;
          }
        expect(relativeError(trial.floats(out, rows * columns), expected)).toBeLessThan(1e-6);
      },
    ),
    { numRuns: 40 },
  );
});

test("sums and maxima over a middle axis", () => {
  fc.assert(
    fc.property(
      size,
      size,
      size,
      fc.constantFrom("sum" as const, "maximum" as const),
      (outer, middle, inner, fold) => {
        const trial = new KernelTrial();
        const reduction = { outer, middle, inner, fold, scale: 0.5 };
        const kernel = trial.kernel((module) => reductionKernel(module, reduction));
        const x = numbers(outer * middle * inner, 1);
        const [given, out] = [trial.put(x), trial.room(4 * outer * inner)];
        const items = reductionItems(reduction);
        trial.run(kernel, given, out, 0, 1);
        trial.run(kernel, given, out, 1, items);
        trial.expectUntouched(out, 4 * outer * inner);
        const expected = Array.from({ length: outer * inner }, (_, i) => {
          const [o, c] = [Math.floor(i / inner), i % inner];
          const line = Array.from({ length: middle }, (__, m) => x[(o * middle + m) * inner + c] as number);
          return 0.5 * (fold === "sum" ? line.reduce((a, b) => a + b) : Math.max(...line));
        });
        expect(relativeError(trial.floats(out, outer * inner), expected)).toBeLessThan(1e-6);
      },
    ),
    { numRuns: 40 },
  );
});

test.each([1, 5, blockLength, blockLength + 3, 3 * blockLength - 1])(
  "sums of blocks of %i numbers",
  (count) => {
    const trial = new KernelTrial();
    const kernel = trial.kernel((module) => blockSumsKernel(module, count));
    const x = numbers(count, 1);
    const blocks = Math.ceil(count / blockLength);
    const [given, out] = [trial.put(x), trial.room(4 * blocks)];
    trial.run(kernel, given, out, 0, blocks);
    trial.expectUntouched(out, 4 * blocks);
    const expected = Array.from({ length: blocks }, (_, b) =>
      x.subarray(b * blockLength, (b + 1) * blockLength).reduce((sum, value) => sum + value, 0),
    );
    expect(relativeError(trial.floats(out, blocks), expected)).toBeLessThan(1e-5);
  },
);

test.each([1, 3, 8, 12])("the mean over all pixels of images of %i channels", (channels) => {
  const trial = new KernelTrial();
  const layout = new ImageLayout({ batch: 3, height: 4, width: 5, channels }, 1);
  const { blocks, height, width, strides, paddedChannels } = layout;
  const kernel = trial.kernel((module) => averagePoolKernel(module, { blocks, height, width, x: strides }));
  const x = numbers(3 * 20 * channels, 1);
  const [given, out] = [trial.put(toLayout(layout, x)), trial.room(12 * paddedChannels)];
  trial.run(kernel, given, out, 0, 2);
  trial.run(kernel, given, out, 2, 3);
  const expected = Array.from({ length: 3 * paddedChannels }, (_, i) => {
    const [n, c] = [Math.floor(i / paddedChannels), i % paddedChannels];
    if (c >= channels) return 0;
    return (
      Array.from({ length: 20 }, (__, p) => x[(n * 20 + p) * channels + c] as number).reduce(
        (a, b) => a + b,
      ) / 20
    );
  });
  expect(relativeError(trial.floats(out, expected.length), expected)).toBeLessThan(1e-6);
});

test("rows are gathered by their numbers", () => {
  const trial = new KernelTrial();
  const kernel = trial.kernel((module) => gatherKernel(module, 12));
  const [table, indices] = [trial.put(numbers(30, 1)), trial.put([9, 0, 4, 4], Int32Array)];
  const out = trial.room(48);
  trial.run(kernel, table, indices, out, 0, 4);
  trial.expectUntouched(out, 48);
  const rows = [9, 0, 4, 4].flatMap((row) => [...numbers(30, 1).subarray(3 * row, 3 * row + 3)]);
  expect([...trial.floats(out, 12)]).toEqual(rows);
});
