import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { isLong } from "../../test-size.test-support";
import { adamMoments, adamUpdate, biasCorrections } from "../adam/rule";
import {
  blockRanges,
  dampedInverseFourthRoot,
  graft,
  inverseFourthRoot,
  precondition,
  type ShampooSettings,
  shampooUpdate,
  startShampoo,
} from "./rule";

const random = (shape: [number, number], seed: number): tf.Tensor2D =>
  tf.randomNormal(shape, 0, 1, "float32", seed);

const settings = (t: number, own: Partial<ShampooSettings> = {}): ShampooSettings => ({
  ...adamMoments,
  learningRate: 0.1,
  weightDecay: 0,
  statisticsMomentum: 0.95,
  corrections: biasCorrections(t, adamMoments),
  refreshRoots: true,
  ...own,
});

/** Tests that take seconds run on one backend, and on both in the long suite. */
const takesLarge = (backend: TestedBackend) => isLong || backend === "cpu";

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // as the vectors' schema allows for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));

  describe("golden vectors", () => {
    test("shampoo.one_step", async () => {
      const { inputs, params, expected, tol } = goldenVector("shampoo.one_step");
      const gradient = tf.tensor2d(inputs.G);
      const identity = tf.mul(params.eps, tf.eye(2));
      const root = (statistics: tf.Tensor) =>
        inverseFourthRoot(tf.add(identity, statistics) as tf.Tensor2D).root;
      const left = root(tf.matMul(gradient, gradient, false, true));
      const right = root(tf.matMul(gradient, gradient, true, false));
      const direction = precondition(gradient, left, right);
      expect(largestError(await direction.array(), expected.precond)).toBeLessThanOrEqual(slack * tol);
      const grafted = graft(direction, tf.norm(gradient));
      expect(largestError(await grafted.array(), expected.grafted)).toBeLessThanOrEqual(slack * tol);
    });
  });

  test.each([1, 5, 24])(
    "the fourth power of the inverse fourth root inverts a matrix of %i rows",
    async (n) => {
      const factor = random([n, n + 2], 1);
      const matrix = tf.add(tf.matMul(factor, factor, false, true), tf.mul(0.05, tf.eye(n))) as tf.Tensor2D;
      const { root, residual } = inverseFourthRoot(matrix);
      expect(await residual.array()).toBeLessThan(1e-3);
      const squared = tf.matMul(root, root);
      const product = tf.matMul(tf.matMul(squared, squared), matrix);
      expect(largestError(await product.array(), await tf.eye(n).array())).toBeLessThan(5e-3);
    },
  );

  test("damping keeps the root of a singular matrix finite, and the root scales with the matrix to the power −¼", async () => {
    const column = random([6, 1], 1);
    const rankOne: tf.Tensor2D = tf.matMul(column, column, false, true);
    const root = dampedInverseFourthRoot(rankOne);
    const largest = (await tf.max(tf.abs(root)).array()) as number;
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(1e3);
    for (const scale of [1e-16, 1e8]) {
      const scaled = tf.mul(dampedInverseFourthRoot(tf.mul(rankOne, scale) as tf.Tensor2D), scale ** 0.25);
      expect(
        largestError(await tf.div(scaled, largest).array(), await tf.div(root, largest).array()),
      ).toBeLessThan(2e-3);
    }
    const none = await dampedInverseFourthRoot(tf.zeros([3, 3])).data();
    expect(Array.from(none).every(Number.isFinite)).toBe(true);
  });

  test("a step is as long as Adam's; a bias follows Adam; a zero gradient changes nothing", async () => {
    const parameter = random([4, 3], 1);
    const gradient = random([4, 3], 2);
    const length = async (after: tf.Tensor) => (await tf.norm(tf.sub(after, parameter)).array()) as number;
    const adam = (start: tf.Tensor, g: tf.Tensor) =>
      adamUpdate({ parameter: start, first: tf.zerosLike(start), second: tf.zerosLike(start) }, g, {
        ...settings(1),
        decay: "decoupled",
      }).parameter;
    const after = shampooUpdate(startShampoo(parameter), gradient, settings(1)).parameter;
    expect((await length(after)) / (await length(adam(parameter, gradient)))).toBeCloseTo(1, 3);
    const bias = tf.tensor1d([1, 2, 3]);
    const biasGradient = tf.tensor1d([0.5, -0.1, 2]);
    const moved = shampooUpdate(startShampoo(bias), biasGradient, settings(1)).parameter;
    expect(await moved.array()).toEqual(await adam(bias, biasGradient).array());
    const still = shampooUpdate(startShampoo(parameter), tf.zeros([4, 3]), settings(1)).parameter;
    expect(await still.array()).toEqual(await parameter.array());
  });

  test("preconditioning equalizes singular values: an ill-conditioned gradient steps as far along its weak axis", async () => {
    const gradient = tf.tensor2d([
      [100, 0],
      [0, 1],
    ]);
    const { parameter } = shampooUpdate(startShampoo(tf.zeros([2, 2])), gradient, settings(1));
    const [[strong = 0] = [], [, weak = 0] = []] = (await parameter.array()) as number[][];
    expect(weak / strong).toBeGreaterThan(0.5);
    expect(weak / strong).toBeLessThan(1.01);
  });

  test("between refreshes the roots stay while the statistics change", async () => {
    const start = shampooUpdate(startShampoo(random([3, 2], 1)), random([3, 2], 2), settings(1));
    const later = shampooUpdate(start, random([3, 2], 3), settings(2, { refreshRoots: false }));
    const [before, after] = [start.blocks[0], later.blocks[0]];
    expect(await after?.leftRoot.array()).toEqual(await before?.leftRoot.array());
    expect(await after?.left.array()).not.toEqual(await before?.left.array());
  });

  test("Shampoo reduces an ill-conditioned quadratic to less than 5% of its initial value", async () => {
    const steepness = tf.tensor2d([[100], [1], [0.01]]);
    let state = startShampoo(tf.ones([3, 2]));
    const height = async () =>
      (await tf.sum(tf.mul(steepness, tf.square(state.parameter))).array()) as number;
    const heights = [await height()];
    for (let t = 1; t <= 20; t++) {
      const gradient = tf.mul(2, tf.mul(steepness, state.parameter));
      state = shampooUpdate(
        state,
        gradient,
        settings(t, { learningRate: 0.1 * (1 - t / 21), refreshRoots: t % 5 === 1 }),
      );
      heights.push(await height());
    }
    expect(heights.at(-1)).toBeLessThan(0.05 * (heights[0] as number));
  });

  const large = takesLarge(backend) ? test : undefined;
  large?.("a filter is cut into blocks and reassembled", async () => {
    const filter = tf.randomNormal([3, 3, 30, 2], 0, 1, "float32", 1);
    const gradient = tf.randomNormal([3, 3, 30, 2], 0, 1, "float32", 2);
    const start = startShampoo(filter);
    expect(start.blocks.map(({ left }) => left.shape[0])).toEqual([128, 128, 14]);
    const { parameter, blocks } = shampooUpdate(start, gradient, settings(1));
    expect(blocks).toHaveLength(3);
    // The second block, alone, gives the same direction.
    const part = tf.slice(tf.reshape(gradient, [270, 2]), [128, 0], [128, 2]) as tf.Tensor2D;
    const block = blocks[1];
    if (!block) throw new Error("no second block");
    const direction = precondition(part, block.leftRoot, block.rightRoot);
    const moved = tf.slice(tf.reshape(tf.sub(filter, parameter), [270, 2]), [128, 0], [128, 2]);
    const unit = (x: tf.Tensor) => tf.div(x, tf.norm(x)).array();
    expect(largestError(await unit(moved), await unit(direction))).toBeLessThan(1e-4);
  });
});

test("blocks cover a dimension without gaps or overlaps, and none exceeds the limit", () => {
  for (const length of [1, 255, 256, 257, 300, 1024]) {
    const ranges = blockRanges(length);
    let next = 0;
    for (const { begin, size } of ranges) {
      expect(begin).toBe(next);
      next += size;
    }
    expect(next).toBe(length);
    expect(Math.max(...ranges.map(({ size }) => size))).toBeLessThanOrEqual(256);
  }
});
