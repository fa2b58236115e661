import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import { startBackend } from "../../device/start";
import { Purpose, randomFor } from "../../math/random";
import type { ResNetPlan } from "../../networks/architecture";
import { ParameterStore } from "../../networks/parameters";
import { resNetMap, resNetParameters, resNetStatistics } from "../../networks/resnet";
import { sized } from "../../test-size.test-support";
import { normals } from "../alike.test-support";

const convolution = (kernel: 1 | 3, stride: 1 | 2, from: number, to: number) => ({
  kernel,
  stride,
  from,
  to,
});

/** Basic blocks with and without a shortcut, and one of three convolutions. */
const plan = (a: number, b: number): ResNetPlan => ({
  family: "resnet",
  stem: convolution(3, 1, 3, a),
  blocks: [
    { path: [convolution(3, 1, a, a), convolution(3, 1, a, a)] },
    {
      path: [convolution(3, 2, a, b), convolution(3, 1, b, b)],
      shortcut: convolution(1, 2, a, b),
    },
    { path: [convolution(1, 1, b, a), convolution(3, 1, a, a), convolution(1, 1, a, b)] },
  ],
  features: b,
});

/** Norms of many rows; of many that do not divide into equal chunks, and of few, which alone are in the short suite. */
const cases = (
  [
    { batch: 20, size: 16, groups: 1, widths: [4, 8] },
    { batch: 18, size: 13, groups: 2, widths: [5, 3] },
  ] as const
).slice(sized(1, 0));
type Case = (typeof cases)[number];

/** A network whose γ and β differ from 1 and 0, and images. The caller owns the stores and tensors. */
async function start({ batch, size, groups, widths }: Case) {
  const network = plan(widths[0], widths[1]);
  const parameters = ParameterStore.create(resNetParameters(network), randomFor(3, Purpose.init));
  const statistics = ParameterStore.create(resNetStatistics(network), randomFor(4, Purpose.init));
  const shifted = (await parameters.values()).map((value, i) => value + 0.2 * Math.sin(i));
  parameters.load(Float32Array.from(shifted));
  const images = normals<tf.Rank.R4>([batch, size, size, 3], 5);
  const side = Math.ceil(size / 2);
  const weights = normals<tf.Rank.R4>([batch, side, side, widths[1]], 6);
  const variables = [...parameters.variables.values()];
  /** The map, and all gradients of a weighted sum of it. */
  const compute = (): tf.Tensor[] => {
    let map: tf.Tensor | undefined;
    const { value, grads } = tf.variableGrads(() => {
      map = tf.keep(resNetMap(network, { parameters, statistics, mode: { kind: "train", groups } }, images));
      return tf.sum(tf.mul(map, weights)) as tf.Scalar;
    }, variables);
    value.dispose();
    return [map as tf.Tensor, ...variables.map(({ name }) => grads[name] as tf.Tensor)];
  };
  const dispose = () => {
    tf.dispose([images, weights]);
    for (const store of [parameters, statistics]) store.dispose();
  };
  return { compute, statistics, dispose };
}

/** The map, the gradients, and the running statistics afterwards. */
async function run(one: Case): Promise<Float32Array[]> {
  const { compute, statistics, dispose } = await start(one);
  const results = compute();
  const found = await Promise.all(results.map(async (result) => Float32Array.from(await result.data())));
  for (const { values } of await statistics.named()) found.push(Float32Array.from(values));
  tf.dispose(results);
  dispose();
  return found;
}

const onGpu: Float32Array[][][] = cases.map(() => []);
beforeAll(async () => {
  await startBackend("webgpu");
  const started = await Promise.all(cases.map(start));
  const backend = trainingBackend() as TrainingBackend;
  for (const cheap of [false, true]) {
    // Programs for software adapters, and for graphics cards.
    backend.hasCheapBarriers = cheap;
    await backend.prepare(() => {
      for (const { compute } of started) tf.dispose(compute());
    });
    for (const [i, one] of cases.entries()) onGpu[i]?.push(await run(one));
  }
  for (const { dispose } of started) dispose();
  await backend.checked();
  await startBackend("cpu");
}, 240_000);

test.each(cases.map((one, i) => ({ ...one, i })))(
  "fused residual networks equal their layers one by one: $batch × $size, widths $widths, $groups groups",
  async ({ i, ...one }) => {
    const wanted = await run(one);
    expect(onGpu[i]).toHaveLength(2);
    for (const found of onGpu[i] ?? []) {
      expect(found).toHaveLength(wanted.length);
      for (const [part, values] of wanted.entries()) {
        const given = found[part] ?? new Float32Array();
        expect(given).toHaveLength(values.length);
        const scale = values.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-3);
        const worst = values.reduce((most, x, j) => Math.max(most, Math.abs(x - (given[j] as number))), 0);
        expect(worst / scale, `part ${part}`).toBeLessThan(2e-4);
      }
    }
  },
);
