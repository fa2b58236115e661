import "@tensorflow/tfjs-backend-cpu";
import { loadGraphModel } from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import { InferenceSession, Tensor } from "onnxruntime-web";
import { beforeAll, describe, expect, test } from "vitest";
import { Purpose, randomFor } from "../math/random";
import { Backbone } from "../networks/backbone";
import { type EncoderName, planEncoder } from "../networks/encoders";
import { linear } from "../networks/heads";
import { ParameterStore } from "../networks/parameters";
import { drawModel, type ModelDescription } from "./model-graph";
import { OnnxWriter } from "./onnx-writer";
import { TfjsWriter } from "./tfjs-writer";

const random = randomFor(7, Purpose.test);
const classes = 5;
const batch = 3;
const [mean, std] = [
  [0.45, 0.5, 0.4],
  [0.25, 0.2, 0.3],
];

/** Every family, both kinds of residual blocks, and sizes that the strides do not divide. */
const cases = [
  ["R8", 0.125, 16],
  ["R26b", 0.125, 13],
  ["MBV3s", 0.5, 16],
  ["MBV3l", 0.25, 15],
  ["ReAct", 0.125, 16],
  ["ViT", 0.5, 14],
] as const satisfies (readonly [EncoderName, number, number])[];

beforeAll(async () => {
  await tf.setBackend("cpu");
});

interface Known {
  readonly description: ModelDescription;
  readonly pixels: Float32Array;
  readonly features: Float32Array;
  readonly logits: Float32Array;
}

/** A network as if after training: no parameter has its initial value. */
async function known(name: EncoderName, width: number, size: number): Promise<Known> {
  const plan = planEncoder(name, width);
  const backbone = Backbone.create(plan, undefined, random.fork(1));
  for (const store of [backbone.parameters, backbone.statistics]) {
    for (const [parameter, variable] of store.variables) {
      const noise = random.uniforms(variable.size, parameter.length);
      const before = await variable.data();
      variable.assign(
        tf.tensor(
          Float32Array.from(before, (x, at) => x + 0.2 * (noise[at] ?? 0)),
          variable.shape,
        ),
      );
    }
  }
  const classifier = ParameterStore.create(
    [
      {
        name: "classifier/weight",
        shape: [plan.features, classes],
        initializer: { kind: "uniform", bound: 0.5 },
      },
      { name: "classifier/bias", shape: [classes], initializer: { kind: "uniform", bound: 0.5 } },
    ],
    random.fork(2),
  );
  const pixels = Float32Array.from(random.uniforms(batch * size * size * 3, 3));
  const results = tf.tidy(() => {
    const images = tf.div(tf.sub(tf.tensor4d(pixels, [batch, size, size, 3]), mean ?? []), std ?? []);
    const features = backbone.features(images as tf.Tensor4D, { kind: "evaluate" });
    return { features, logits: linear(classifier, "classifier", features) };
  });
  const stores = [backbone.parameters, backbone.statistics, classifier];
  const tensors = (await Promise.all(stores.map((store) => store.named()))).flat();
  const outcome = {
    description: { plan, tensors, size, mean: mean ?? [], std: std ?? [], binaryWeights: true },
    pixels,
    features: Float32Array.from(await results.features.data()),
    logits: Float32Array.from(await results.logits.data()),
  };
  tf.dispose([results.features, results.logits]);
  expectVaried(outcome.features);
  expectVaried(outcome.logits);
  classifier.dispose();
  backbone.dispose();
  return outcome;
}

/** Expects outputs that can reveal an error: neither all equal nor all zero. */
function expectVaried(values: Float32Array): void {
  expect(new Set(values).size).toBeGreaterThan(values.length / 3);
  expect(values.every(Number.isFinite)).toBe(true);
}

/** The largest difference, relative to the largest number if that is above 1. */
function distance(given: ArrayLike<number>, wanted: Float32Array): number {
  expect(given.length).toBe(wanted.length);
  const size = Math.max(1, ...wanted.map(Math.abs));
  return wanted.reduce((most, x, at) => Math.max(most, Math.abs(x - (given[at] ?? Number.NaN)) / size), 0);
}

function channelsFirst(pixels: Float32Array, size: number): Float32Array {
  const places = size * size;
  return pixels.map((_, at) => {
    const [image, rest] = [Math.floor(at / (3 * places)), at % (3 * places)];
    const [channel, place] = [Math.floor(rest / places), rest % places];
    return pixels[(image * places + place) * 3 + channel] ?? Number.NaN;
  });
}

describe.each(cases)("%s × %d on %d pixels gives the same outputs as here:", (name, width, size) => {
  test("in onnxruntime", async () => {
    const { description, pixels, features, logits } = await known(name, width, size);
    const writer = new OnnxWriter({ size, channels: 3 });
    drawModel(writer, description);
    const session = await InferenceSession.create(writer.file(name, { network: name }));
    const input = new Tensor("float32", channelsFirst(pixels, size), [batch, 3, size, size]);
    const given = await session.run({ pixels: input });
    expect(distance(given["features"]?.data as Float32Array, features)).toBeLessThan(1e-4);
    expect(distance(given["logits"]?.data as Float32Array, logits)).toBeLessThan(1e-4);
    await session.release();
  });

  test("in stock TensorFlow.js", async () => {
    const { description, pixels, features, logits } = await known(name, width, size);
    const writer = new TfjsWriter({ size, channels: 3 });
    drawModel(writer, description);
    const { json, weights } = writer.files({ network: name });
    const { modelTopology, weightsManifest, ...rest } = JSON.parse(json);
    const weightSpecs = weightsManifest[0].weights;
    const artifacts = { ...rest, modelTopology, weightSpecs, weightData: weights.buffer };
    const model = await loadGraphModel({ load: async () => artifacts });
    const input = tf.tensor4d(pixels, [batch, size, size, 3]);
    const given = model.execute(input as never, ["features", "logits"]) as unknown as tf.Tensor[];
    expect(distance(await (given[0] as tf.Tensor).data(), features)).toBeLessThan(1e-4);
    expect(distance(await (given[1] as tf.Tensor).data(), logits)).toBeLessThan(1e-4);
    tf.dispose([input, given]);
    model.dispose();
  });
});
