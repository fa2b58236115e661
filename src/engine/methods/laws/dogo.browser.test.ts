import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { type GoldenVector, goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError } from "../../math/gradient-check.test-support";
import { dogoTerms, ntXentLoss, similarityTarget, viewSimilarities, weighDogoTerms } from "../dogo";

const random = (seed: number): tf.Tensor2D => tf.randomNormal([4, 6], 0, 1, "float32", seed);
const settings = { weight: 1, temperature: 0.5, klTemperature: 0.1 };

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));
  const within = async ({ tol }: GoldenVector, value: tf.Tensor, wanted: unknown) =>
    expect(largestError(await value.array(), wanted)).toBeLessThanOrEqual(slack * tol);
  const own = ({ inputs }: GoldenVector) => ({
    v: tf.tensor2d(inputs.v),
    vPrime: tf.tensor2d(inputs.v_prime),
  });
  const peer = ({ inputs }: GoldenVector) =>
    similarityTarget({ v: tf.tensor2d(inputs.peer_v), vPrime: tf.tensor2d(inputs.peer_v_prime) });
  const gradient = (loss: (x: tf.Tensor2D) => tf.Scalar, at: tf.Tensor2D) =>
    tf.grad((x) => loss(x as tf.Tensor2D))(at);

  test("dogo.nt_xent", async () => {
    const golden = goldenVector("dogo.nt_xent");
    const { v, vPrime } = own(golden);
    const loss = (x: tf.Tensor2D) => ntXentLoss({ v: x, vPrime }, golden.params.T);
    await within(golden, loss(v), golden.expected.mean);
    const views: number[] = golden.expected.per_view;
    expect(views.reduce((sum, x) => sum + x, 0) / views.length).toBeCloseTo(golden.expected.mean, 12);
    await within(golden, gradient(loss, v), golden.expected.grad_v);
  });

  test("dogo.kl", async () => {
    const golden = goldenVector("dogo.kl");
    const { v, vPrime } = own(golden);
    const loss = (views: { v: tf.Tensor2D; vPrime: tf.Tensor2D }) =>
      dogoTerms(views, peer(golden), { ...settings, klTemperature: golden.params.T }).imitation;
    await within(golden, viewSimilarities({ v, vPrime }), golden.expected.similarities);
    await within(golden, loss({ v, vPrime }), golden.expected.mean);
    await within(golden, tf.div(loss({ v, vPrime }), 3), golden.expected.mean_of_code);
    await within(
      golden,
      gradient((x) => loss({ v: x, vPrime }), v),
      golden.expected.grad_v,
    );
    await within(
      golden,
      gradient((x) => loss({ v, vPrime: x }), vPrime),
      golden.expected.grad_v_prime,
    );
  });

  test("dogo.loss", async () => {
    const golden = goldenVector("dogo.loss");
    const { v, vPrime } = own(golden);
    const { T: temperature, T_kl: klTemperature, weight } = golden.params;
    const loss = (x: tf.Tensor2D) =>
      weighDogoTerms(
        dogoTerms({ v: x, vPrime }, peer(golden), { weight, temperature, klTemperature }),
        weight,
      );
    await within(golden, loss(v), golden.expected.loss);
    await within(golden, gradient(loss, v), golden.expected.grad_v);
  });

  test("the gradient of both terms matches finite differences in both views", async () => {
    const [v, vPrime] = [random(1), random(2)];
    const other = similarityTarget({ v: random(3), vPrime: random(4) });
    // A temperature at which float32's rounding of the difference quotient stays small.
    const soft = { ...settings, klTemperature: 0.5 };
    const loss = (views: { v: tf.Tensor2D; vPrime: tf.Tensor2D }) =>
      weighDogoTerms(dogoTerms(views, other, soft), 1);
    expect(await gradientError((x: tf.Tensor2D) => loss({ v: x, vPrime }), v)).toBeLessThan(5e-3);
    expect(await gradientError((x: tf.Tensor2D) => loss({ v, vPrime: x }), vPrime)).toBeLessThan(5e-3);
  });

  test("NT-Xent is ln(2B − 1) if all embeddings are equal, and does not change with their lengths", async () => {
    const alike = tf.ones([4, 6]) as tf.Tensor2D;
    expect(await ntXentLoss({ v: alike, vPrime: alike }, 0.5).array()).toBeCloseTo(Math.log(7), 4);
    const [v, vPrime] = [random(1), random(2)];
    const plain = await ntXentLoss({ v, vPrime }, 0.5).array();
    expect(await ntXentLoss({ v: tf.mul(v, 3), vPrime }, 0.5).array()).toBeCloseTo(plain, 4);
  });
});
