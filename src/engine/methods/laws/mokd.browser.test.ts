import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startTested, type TestedBackend } from "../../compiled/compiled-kernels.test-support";
import { startBackend } from "../../device/start";
import { type GoldenVector, goldenVector, largestError } from "../../math/golden-vectors.test-support";
import { gradientError } from "../../math/gradient-check.test-support";
import { Purpose, randomFor } from "../../math/random";
import { target } from "../../math/target";
import { TransformerHead } from "../../networks/transformer-head";
import { dinoLoss } from "../dino";
import { mokdTerms, searchLoss, weighMokdTerms } from "../mokd";

const random = (seed: number): tf.Tensor2D => tf.randomNormal([3, 8], 0, 0.2, "float32", seed);
const tensors = (views: number[][][]) => views.map((view) => tf.tensor2d(view));
const stopped = (views: number[][][]) => tensors(views).map((view) => target(view));

describe.each<TestedBackend>(["webgpu", "compiled", "cpu"])("on %s", (backend) => {
  const slack = backend === "cpu" ? 1 : 10; // the schema of the vectors allows this for fp32
  beforeAll(async () => void (await startTested(startBackend, backend)));
  const within = async ({ tol }: GoldenVector, value: tf.Tensor | undefined, wanted: unknown) =>
    expect(largestError(await value?.array(), wanted)).toBeLessThanOrEqual(slack * tol);

  const givenBy = ({ inputs, params }: GoldenVector) => {
    const center = (name: string) => target(tf.tensor1d(inputs.centers[name]));
    const temperatures = { student: params.Ts, teacher: params.Tt };
    const itself = {
      pooled: stopped(inputs.itself),
      places: stopped(inputs.itself_places),
      pooledCenter: center("itself"),
      placesCenter: center("itself_places"),
    };
    const other = { ...itself, pooled: stopped(inputs.other), pooledCenter: center("other") };
    const termsOf = (pooled: tf.Tensor2D[], places: tf.Tensor2D[]) =>
      mokdTerms({ pooled, places }, itself, other, stopped(inputs.found), temperatures);
    return { termsOf, pooled: tensors(inputs.pooled), places: tensors(inputs.places) };
  };

  test("mokd.terms", async () => {
    const golden = goldenVector("mokd.terms");
    const { termsOf, pooled, places } = givenBy(golden);
    const terms = termsOf(pooled, places);
    for (const name of ["self", "places", "cross", "search"] as const)
      await within(golden, terms[name], golden.expected[name]);
    await within(golden, weighMokdTerms(terms, 1), golden.expected.total_1);
    await within(golden, weighMokdTerms(terms, 0.1), golden.expected.total_01);
  });

  test("mokd.gradient", async () => {
    const golden = goldenVector("mokd.gradient");
    const { termsOf, pooled, places } = givenBy(golden);
    const { weight } = golden.params;
    const [byPooled, byPlaces] = tf.grads((x, y) =>
      weighMokdTerms(termsOf(pooled.with(1, x as tf.Tensor2D), places.with(2, y as tf.Tensor2D)), weight),
    )([pooled[1] as tf.Tensor2D, places[2] as tf.Tensor2D]);
    await within(golden, byPooled, golden.expected.grad_pooled_1);
    await within(golden, byPlaces, golden.expected.grad_places_2);
  });

  test("mokd.search", async () => {
    const golden = goldenVector("mokd.search");
    const matrix = (name: string) => {
      const [rows, columns, a, b, c] = golden.inputs.formulas[name] as [
        number,
        number,
        number,
        number,
        number,
      ];
      const values = Array.from({ length: rows * columns }, (_, at) => {
        const [i, j] = [Math.floor(at / columns), at % columns];
        return Math.sin(i * j * a + i * b + j * c) / Math.sqrt(rows);
      });
      return tf.tensor2d(values, [rows, columns]);
    };
    const head = TransformerHead.create({ from: 64, blocks: 1, prototypes: 3 }, randomFor(1, Purpose.init));
    for (const name of ["query", "key", "value", "join", "widen", "narrow"]) {
      head.parameters.get(`block0/${name}/weight`).assign(matrix(name));
      const bias = head.parameters.get(`block0/${name}/bias`);
      bias.assign(tf.zerosLike(bias));
    }
    head.prototypes.get("tokenPrototypes").assign(matrix("prototypes"));
    const places = tf.expandDims(matrix("tokens"), 0) as tf.Tensor3D;
    const [one, other] = [matrix("searching"), tf.zeros([1, 64]) as tf.Tensor2D];
    await within(golden, head.search(one, places), [golden.expected.found]);
    // Two queries of one image do not see each other.
    const both = head.search(tf.concat([one, other], 0), places);
    await within(golden, tf.slice(both, 0, 1), [golden.expected.found]);
    head.dispose();
  });

  test("the gradient of every term matches finite differences", async () => {
    const center = target(tf.zeros([8]) as tf.Tensor1D);
    const targets = {
      pooled: [3, 4].map((n) => target(random(n))),
      places: [5, 6].map((n) => target(random(n))),
    };
    const copy = { ...targets, pooledCenter: center, placesCenter: center };
    const soft = { student: 0.5, teacher: 0.2 };
    const loss = (x: tf.Tensor2D) => {
      const views = [random(1), random(2), x];
      return weighMokdTerms(
        mokdTerms({ pooled: views, places: views }, copy, copy, [target(random(7))], soft),
        0.5,
      );
    };
    expect(await gradientError(loss, random(8))).toBeLessThan(5e-3);
  });

  test("with λ = 0 a member learns by DINO's loss on both heads, whatever the other shows", async () => {
    const center = target(tf.zeros([8]) as tf.Tensor1D);
    const copyOf = (...seeds: number[]) => {
      const views = seeds.map((n) => target(random(n)));
      return { pooled: views, places: views, pooledCenter: center, placesCenter: center };
    };
    const views = [1, 2, 3].map(random);
    const temperatures = { student: 0.1, teacher: 0.04 };
    const own = copyOf(4, 5);
    const losses = [copyOf(6, 7), copyOf(8, 9)].map((other) =>
      weighMokdTerms(
        mokdTerms({ pooled: views, places: views }, own, other, [target(random(10))], temperatures),
        0,
      ),
    );
    const dino = tf.mul(2, dinoLoss(views, own.pooled, center, temperatures));
    for (const loss of losses)
      expect(largestError(await loss.array(), await dino.array())).toBeLessThan(1e-4);
  });

  test("the search's loss is the mean over patches", async () => {
    const temperatures = { student: 0.1, teacher: 0.04 };
    const [a, b] = [random(1), random(2)];
    const [ofA, ofB] = [target(random(3)), target(random(4))];
    const both = await searchLoss([a, b], [ofA, ofB], temperatures).array();
    const one = await searchLoss([a], [ofA], temperatures).array();
    const other = await searchLoss([b], [ofB], temperatures).array();
    expect(both).toBeCloseTo((one + other) / 2, 4);
  });
});
