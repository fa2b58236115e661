import fc from "fast-check";
import { expect, test } from "vitest";
import { KernelTrial, numbers, relativeError } from "../kernel-trial.test-support";
import { evaluate, unaryOf } from "./evaluate.test-support";
import { binary, type Terms, unary } from "./expression";
import { collapsed, type FlatLoop, flatLoopKernel, itemsOf } from "./flat-loop";

/** Runs a loop in two shares. */
function run(loop: FlatLoop, given: readonly Float32Array[], results: readonly number[]): Float32Array[] {
  const trial = new KernelTrial();
  const kernel = trial.kernel((module) => flatLoopKernel(module, loop));
  const inputs = given.map((values) => trial.put(values));
  const outputs = results.map((count) => trial.room(4 * count));
  const items = itemsOf(loop);
  const half = Math.floor(items / 2);
  trial.run(kernel, ...inputs, ...outputs, 0, half);
  trial.run(kernel, ...inputs, ...outputs, half, items);
  results.forEach((count, i) => void trial.expectUntouched(outputs[i] as number, 4 * count));
  return results.map((count, i) => trial.floats(outputs[i] as number, count));
}

/** Row-major strides, 0 along broadcast axes. */
function stridesOf(axes: readonly number[], broadcast: readonly boolean[]): number[] {
  const strides = axes.map(() => 0);
  let stride = 1;
  for (let axis = axes.length - 1; axis >= 0; axis--) {
    if (broadcast[axis]) continue;
    strides[axis] = stride;
    stride *= axes[axis] as number;
  }
  return strides;
}

const boxes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }).chain((axes) =>
  fc.record({
    axes: fc.constant(axes),
    broadcast: fc.array(fc.array(fc.boolean(), { minLength: axes.length, maxLength: axes.length }), {
      minLength: 2,
      maxLength: 2,
    }),
    order: fc.shuffledSubarray(
      axes.map((_, i) => i),
      { minLength: axes.length },
    ),
    names: fc.tuple(
      fc.constantFrom(...binary.filter((name) => name !== "equal" && name !== "modulo")),
      fc.constantFrom("copy" as const, "square" as const, "relu" as const),
    ),
    keepsOutermost: fc.boolean(),
  }),
);

/** All places of a box, in order. */
function placesOf(axes: readonly number[]): number[][] {
  return axes.reduce<number[][]>(
    (places, size) => places.flatMap((place) => Array.from({ length: size }, (_, i) => [...place, i])),
    [[]],
  );
}
const at = (place: readonly number[], strides: readonly number[]) =>
  place.reduce((sum, i, axis) => sum + i * (strides[axis] as number), 0);

test("any box of numbers, broadcast and transposed, whole and in shares", () => {
  fc.assert(
    fc.property(boxes, ({ axes, broadcast, order, names, keepsOutermost }) => {
      const [a, b] = broadcast.map((of) => stridesOf(axes, of)) as [number[], number[]];
      // The result lies in another order of the axes.
      const permuted = stridesOf(
        order.map((axis) => axes[axis] as number),
        order.map(() => false),
      );
      const out = axes.map((_, axis) => permuted[order.indexOf(axis)] as number);
      const terms: Terms = [
        { kind: "operand", operand: 0 },
        { kind: "operand", operand: 1 },
        { kind: "binary", function: names[0], left: 0, right: 1 },
        { kind: "unary", function: names[1], of: 2 },
      ];
      const loop = collapsed(
        {
          axes,
          operands: [{ strides: a }, { strides: b }, { strides: out }],
          terms,
          results: [{ term: 3, operand: 2 }],
        },
        keepsOutermost,
      );
      const size = axes.reduce((product, n) => product * n, 1);
      const [x, y] = [numbers(size, 1), numbers(size, 2)];
      const [found] = run(loop, [x, y], [size]) as [Float32Array];
      const expected = new Float32Array(size);
      for (const place of placesOf(axes)) {
        const values = evaluate(terms, (i) => (i === 0 ? x[at(place, a)] : y[at(place, b)]) as number, 0);
        expected[at(place, out)] = values[3] as number;
      }
      found.forEach((value, i) => {
        const wanted = expected[i] as number;
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(wanted)));
      });
    }),
    { numRuns: 60 },
  );
});

test.each([1, 3, 4, 5, 1_023, 1_024, 1_025, 5_000])("a single axis of %i numbers", (size) => {
  const loop: FlatLoop = {
    axes: [size],
    operands: [{ strides: [1] }, { strides: [0] }, { strides: [1] }],
    terms: [
      { kind: "operand", operand: 0 },
      { kind: "operand", operand: 1 },
      { kind: "binary", function: "multiply", left: 0, right: 1 },
      { kind: "binary", function: "add", left: 2, right: 0 },
    ],
    results: [{ term: 3, operand: 2 }],
  };
  const x = numbers(size, 3);
  const [found] = run(loop, [x, Float32Array.of(0.5)], [size]) as [Float32Array];
  expect(
    relativeError(
      found,
      x.map((value) => 1.5 * value),
    ),
  ).toBeLessThan(1e-6);
});

test.each([
  [1, 1],
  [3, 4],
  [5, 10],
  [7, 33],
])("sums and maxima over each of %i rows of %i numbers", (rows, columns) => {
  const loop: FlatLoop = {
    axes: [rows, columns],
    operands: [{ strides: [columns, 1] }, { strides: [1, 0] }, { strides: [1, 0] }],
    terms: [{ kind: "operand", operand: 0 }],
    results: [
      { term: 0, operand: 1, fold: "sum" },
      { term: 0, operand: 2, fold: "maximum" },
    ],
  };
  const x = numbers(rows * columns, 4);
  const [sums, maxima] = run(loop, [x], [rows, rows]) as [Float32Array, Float32Array];
  const byRow = Array.from({ length: rows }, (_, row) => [...x.subarray(row * columns, (row + 1) * columns)]);
  expect(
    relativeError(
      sums,
      byRow.map((row) => row.reduce((a, b) => a + b)),
    ),
  ).toBeLessThan(1e-5);
  expect([...maxima]).toEqual(byRow.map((row) => Math.max(...row)));
});

test("the place along a row is known, and whole numbers are read and written as such", () => {
  const trial = new KernelTrial();
  const [rows, columns] = [3, 7];
  const loop: FlatLoop = {
    axes: [rows, columns],
    operands: [
      { strides: [1, 0], integer: true },
      { strides: [columns, 1], integer: true },
    ],
    terms: [
      { kind: "operand", operand: 0 },
      { kind: "place" },
      { kind: "binary", function: "equal", left: 0, right: 1 },
    ],
    results: [{ term: 2, operand: 1 }],
  };
  const kernel = trial.kernel((module) => flatLoopKernel(module, loop));
  const labels = trial.put([2, 6, 0], Int32Array);
  const out = trial.room(4 * rows * columns);
  trial.run(kernel, labels, out, 0, rows);
  const found = trial.whole(out, rows * columns);
  expect([...found]).toEqual(
    [2, 6, 0].flatMap((label) => Array.from({ length: columns }, (_, i) => (i === label ? 1 : 0))),
  );
});

const special = [
  0, -0, 1, -1, 0.5, 1e-3, -1e-3, 80, -80, 88, 89, 100, -87, -90, -103, -110, 1e-38, 1e-40, 3e38,
];
const endless = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN];

test.each(unary)("%s of numbers small, large and none", (name) => {
  const dense = Array.from({ length: 4_000 }, (_, i) => (i - 2_000) / 23);
  const x = Float32Array.from([...special, ...endless, ...dense]);
  const loop: FlatLoop = {
    axes: [x.length],
    operands: [{ strides: [1] }, { strides: [1] }],
    terms: [
      { kind: "operand", operand: 0 },
      { kind: "unary", function: name, of: 0 },
    ],
    results: [{ term: 1, operand: 1 }],
  };
  const [found] = run(loop, [x], [x.length]) as [Float32Array];
  x.forEach((value, i) => {
    const [got, wanted] = [found[i] as number, Math.fround(unaryOf[name](value))];
    if (!Number.isFinite(wanted)) expect(`${name}(${value}) = ${got}`).toBe(`${name}(${value}) = ${wanted}`);
    else
      expect(Math.abs(got - wanted), `${name}(${value}) = ${got}`).toBeLessThanOrEqual(
        4e-7 * Math.abs(wanted) + 1.2e-38 + (name === "logarithm" || name === "softplus" ? 1e-7 : 0),
      );
  });
});
