import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterEach, beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { type Target, target } from "../../math/target";
import { globalAveragePool } from "../../operations/average-pool/average-pool";
import { batchNormEvaluate, batchNormTrain } from "../../operations/batch-norm/batch-norm";
import { conv2d } from "../../operations/conv2d/conv2d";
import { dense, product, productByTransposed } from "../../operations/dense/dense";
import { depthwiseConv2d } from "../../operations/depthwise/depthwise";
import { addBias, addRelu } from "../../operations/elementwise/elementwise";
import { columnSums } from "../../operations/reductions/column-sums";
import { regressionDistance } from "../../operations/regression-distance/regression-distance";
import { logSoftmax } from "../../operations/softmax-losses/log-softmax";
import { softmaxCrossEntropy, softmaxDivergence } from "../../operations/softmax-losses/softmax-losses";
import { unitRows } from "../../operations/unit-rows/unit-rows";
import { CompiledSteps } from "../compiled-steps";
import { relativeError } from "../kernel-trial.test-support";

/** Operations as a step consists of them, compiled together, are what they are one by one. */

let steps: CompiledSteps;
beforeAll(async () => void (await startBackend("wasm")));
afterEach(() => steps.dispose());

interface Sizes {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly from: number;
  readonly to: number;
}

const sizes = fc.record({
  batch: fc.integer({ min: 1, max: 5 }),
  height: fc.integer({ min: 1, max: 6 }),
  width: fc.integer({ min: 2, max: 6 }),
  from: fc.constantFrom(1, 3, 8, 10, 16),
  to: fc.constantFrom(2, 5, 8, 12, 24),
});

const draw = (shape: number[], seed: number) => tf.randomUniform(shape, -1, 1, "float32", seed);

/** Everything that operations are given, as variables. */
function givenOf({ batch, height, width, from, to }: Sizes) {
  const shapes = {
    images: [batch, height, width, from],
    others: [batch, height, width, from],
    filter: [3, 3, from, to],
    deep: [3, 3, from, 1],
    rows: [batch, from],
    goals: [batch, from],
    weight: [from, to],
    turned: [to, from],
    bias: [to],
    channels: [from],
    shift: [from],
  };
  const entries = Object.entries(shapes).map(([name, shape], seed) => [
    name,
    tf.variable(draw(shape, seed + 1), false),
  ]);
  return Object.fromEntries(entries) as Record<keyof typeof shapes, tf.Variable>;
}
type Given = ReturnType<typeof givenOf>;

const as = <T extends tf.Tensor>(variable: tf.Variable) => variable as tf.Tensor as T;

/** Loss and gradients of whatever depends on some of the variables. */
function graded(loss: () => tf.Tensor, ...by: tf.Variable[]): tf.Tensor[] {
  for (const variable of by) variable.trainable = true;
  const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(loss())) as tf.Scalar, by);
  for (const variable of by) variable.trainable = false;
  return [value, ...by.map(({ name }) => grads[name] as tf.Tensor)];
}

const operations: Readonly<Record<string, (g: Given, s: Sizes) => tf.Tensor[]>> = {
  arithmetic: ({ rows, goals, channels }) => [
    tf.add(tf.mul(rows, goals), channels),
    tf.div(tf.sub(rows, 2), tf.add(tf.square(goals), 1)),
    tf.maximum(tf.minimum(rows, goals), tf.neg(channels)),
    tf.where(tf.less(rows, goals), tf.exp(rows), tf.abs(goals)),
    tf.add(tf.sqrt(tf.abs(rows)), tf.softplus(goals)),
    tf.mod(tf.mul(rows, 7), 3),
    tf.cast(tf.greaterEqual(rows, 0), "float32"),
  ],
  movement: ({ rows, goals, images }, { batch, from, height, width }) => [
    tf.transpose(images, [0, 3, 1, 2]),
    tf.concat([as<tf.Tensor2D>(rows), as<tf.Tensor2D>(goals)], 1),
    tf.concat([as<tf.Tensor2D>(rows), as<tf.Tensor2D>(goals)], 0),
    tf.pad(images, [
      [0, 0],
      [1, 0],
      [0, 2],
      [0, 0],
    ]),
    tf.stack([rows, goals], 1),
    tf.tile(rows, [2, 3]),
    tf.slice(as<tf.Tensor4D>(images), [0, 0, 1, 0], [batch, height, width - 1, from]),
    tf.reshape(tf.transpose(rows), [batch, from]),
    tf.gather(
      rows,
      tf.cast(
        tf.floor(tf.mul(tf.abs(tf.reshape(tf.slice(goals, [0, 0], [batch, 1]), [batch])), batch)),
        "int32",
      ),
    ),
    tf.cast(tf.oneHot(tf.cast(tf.range(0, 4), "int32"), 6), "float32"),
  ],
  "sums and means": ({ images, rows, channels }) => [
    tf.sum(images, [0, 1, 2]),
    tf.mean(images, 3),
    tf.sum(images, [1, 3]),
    tf.max(rows, 1),
    tf.sum(rows),
    tf.norm(rows),
    tf.mean(tf.mul(rows, channels), 0, true),
    columnSums(as(rows)),
  ],
  products: ({ rows, weight, turned, bias, goals }) => [
    product(as(rows), as(weight)),
    productByTransposed(as(rows), as(turned)),
    tf.matMul(tf.reshape(rows, [1, ...rows.shape]), tf.reshape(goals, [1, ...goals.shape]), true, false),
    addBias(product(as(rows), as(weight)), as(bias)),
    ...graded(() => dense(as(rows), as(weight), as(bias)), rows, weight, bias),
  ],
  losses: ({ rows, goals, weight }, { batch, to }) => [
    logSoftmax(as(rows), 0.5),
    tf.softmax(rows),
    // More than one class, of which there is always one.
    ...graded(
      () => {
        const labels = tf.tensor1d(
          Array.from({ length: batch }, (_, i) => i % to),
          "int32",
        );
        return softmaxCrossEntropy(product(as(rows), as(weight)), labels);
      },
      rows,
      weight,
    ),
    ...graded(
      () => softmaxDivergence(target(as<tf.Tensor2D>(goals)), as(rows), { teacher: 2, student: 0.7 }),
      rows,
    ),
    ...graded(() => regressionDistance(as(rows), goals as tf.Tensor as Target), rows),
    ...graded(() => tf.mul(unitRows(as(rows)), goals), rows),
  ],
  convolutions: ({ images, filter, deep }) => [
    ...graded(() => conv2d(as(images), as(filter), { stride: 1, padding: 1 }), images, filter),
    ...graded(() => conv2d(as(images), as(filter), { stride: 2, padding: 1 }), images, filter),
    ...graded(() => depthwiseConv2d(as(images), as(deep), 2), images, deep),
  ],
  "batch norm": ({ images, others, rows, channels, shift }) => {
    const normed = (x: tf.Variable, relu: boolean) =>
      batchNormTrain(x, as(channels), as(shift), { groups: 1, epsilon: 1e-2, relu }).y;
    const running = { mean: as<tf.Tensor>(shift), variable: channels };
    return [
      ...graded(() => normed(images, true), images, channels, shift),
      ...graded(() => addRelu(normed(images, false), as(others)), images, others, channels),
      ...graded(() => normed(rows, true), rows, channels),
      ...graded(() => globalAveragePool(as(images)), images),
      batchNormEvaluate(
        images,
        channels,
        shift,
        { mean: running.mean, variance: tf.abs(channels) },
        { epsilon: 1e-2, relu: true },
      ),
    ];
  },
};

test.for(Object.entries(operations))("%s, on random shapes", async ([, operation]) => {
  await fc.assert(
    fc.asyncProperty(sizes, async (size) => {
      steps = CompiledSteps.start({ threads: 2 });
      const given = givenOf(size);
      const expected = tf.tidy(() => operation(given, size).map((tensor) => tf.cast(tensor, "float32")));
      const found = expected.map(({ shape }) => tf.variable(tf.zeros(shape), false));
      const made = steps.compile(() => {
        operation(given, size).forEach((tensor, i) => void found[i]?.assign(tf.cast(tensor, "float32")));
      });
      if ("reason" in made) throw new Error(made.reason);
      await steps.ready();
      steps.run(made);
      expected.forEach((tensor, i) => {
        const difference = relativeError((found[i] as tf.Variable).dataSync(), tensor.dataSync());
        expect(difference, `result ${i}, [${tensor.shape}]`).toBeLessThan(2e-5);
      });
      made.release();
      steps.dispose();
      tf.dispose([...Object.values(given), ...expected, ...found]);
    }),
    { numRuns: 8 },
  );
});

test("what reads a tensor between steps sees what the last one wrote", () => {
  steps = CompiledSteps.start({ threads: 1 });
  const images = tf.tensor4d(Array.from(draw([2, 5, 5, 3], 1).dataSync()), [2, 5, 5, 3]);
  const filter = tf.variable(draw([3, 3, 3, 8], 2), false);
  const convolved = () => tf.conv2d(images, as<tf.Tensor4D>(filter), 1, "same").dataSync();
  const before = convolved();
  const made = steps.compile(() => void filter.assign(tf.mul(filter, 2)));
  if ("reason" in made) throw new Error(made.reason);
  steps.run(made);
  expect(
    relativeError(
      convolved(),
      before.map((value) => 2 * value),
    ),
  ).toBeLessThan(1e-6);
  steps.writeInPlace(filter, filter.dataSync().map((value) => value / 4) as Float32Array);
  expect(
    relativeError(
      convolved(),
      before.map((value) => value / 2),
    ),
  ).toBeLessThan(1e-6);
  made.release();
});
