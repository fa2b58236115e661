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
import type { Precision } from "./graph-writer";
import { channelsOf, roundedModel, toInt8 } from "./int8";
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
  readonly model: ModelDescription;
  readonly pixels: Float32Array;
  readonly features: Float32Array;
  readonly logits: Float32Array;
}

/**
 * A network as if after training: no parameter has its initial value.
 * @param changed the model that the outputs are of
 */
async function known(
  name: EncoderName,
  width: number,
  size: number,
  changed: (model: ModelDescription) => ModelDescription = (model) => model,
): Promise<Known> {
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
  const stores = [backbone.parameters, backbone.statistics, classifier];
  const tensors = (await Promise.all(stores.map((store) => store.named()))).flat();
  const model = { plan, tensors, size, mean: mean ?? [], std: std ?? [], binaryWeights: true };
  for (const { name: parameter, values } of changed(model).tensors) {
    stores.find((store) => store.variables.has(parameter))?.put(parameter, Float32Array.from(values));
  }
  const pixels = Float32Array.from(random.uniforms(batch * size * size * 3, 3));
  const results = tf.tidy(() => {
    const images = tf.div(tf.sub(tf.tensor4d(pixels, [batch, size, size, 3]), mean ?? []), std ?? []);
    const features = backbone.features(images as tf.Tensor4D, { kind: "evaluate" });
    return { features, logits: linear(classifier, "classifier", features) };
  });
  const outcome = {
    model,
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

type Outputs = Pick<Known, "features" | "logits">;

async function inOnnxruntime(
  model: ModelDescription,
  pixels: Float32Array,
  precision?: Precision,
): Promise<Outputs> {
  const { size } = model;
  const writer = new OnnxWriter({ size, channels: 3 }, precision);
  drawModel(writer, model);
  const session = await InferenceSession.create(writer.file("model", { network: "model" }));
  const input = new Tensor("float32", channelsFirst(pixels, size), [batch, 3, size, size]);
  const { features, logits } = await session.run({ pixels: input });
  await session.release();
  return { features: features?.data as Float32Array, logits: logits?.data as Float32Array };
}

async function inTensorFlow(
  model: ModelDescription,
  pixels: Float32Array,
  precision?: Precision,
): Promise<Outputs> {
  const { size } = model;
  const writer = new TfjsWriter({ size, channels: 3 }, precision);
  drawModel(writer, model);
  const { json, weights } = writer.files({ network: "model" });
  const { modelTopology, weightsManifest, ...rest } = JSON.parse(json);
  const weightSpecs = weightsManifest[0].weights;
  const artifacts = { ...rest, modelTopology, weightSpecs, weightData: weights.buffer };
  const loaded = await loadGraphModel({ load: async () => artifacts });
  const input = tf.tensor4d(pixels, [batch, size, size, 3]);
  const given = loaded.execute(input as never, ["features", "logits"]) as unknown as tf.Tensor[];
  const [features, logits] = (await Promise.all(given.map((one) => one.data()))) as [
    Float32Array,
    Float32Array,
  ];
  tf.dispose([input, given]);
  loaded.dispose();
  return { features, logits };
}

function expectAlike(given: Outputs, expected: Outputs): void {
  expect(distance(given.features, expected.features)).toBeLessThan(1e-4);
  expect(distance(given.logits, expected.logits)).toBeLessThan(1e-4);
}

describe.each(cases)("%s × %d on %d pixels gives the same outputs as here:", (name, width, size) => {
  test("in onnxruntime", async () => {
    const { model, pixels, ...expected } = await known(name, width, size);
    expectAlike(await inOnnxruntime(model, pixels), expected);
  });

  test("in stock TensorFlow.js", async () => {
    const { model, pixels, ...expected } = await known(name, width, size);
    expectAlike(await inTensorFlow(model, pixels), expected);
  });

  test("in 8 bits, with the weights rounded, in both", async () => {
    const { model, pixels, ...exact } = await known(name, width, size);
    const { pixels: _, ...rounded } = await known(name, width, size, roundedModel);
    expectAlike(await inOnnxruntime(model, pixels, "int8"), rounded);
    expectAlike(await inTensorFlow(model, pixels, "int8"), rounded);
    expect(distance(rounded.logits, exact.logits)).toBeGreaterThan(0);
  });
});

test("weights in 8 bits are within half a scale, and take a quarter of the bytes", async () => {
  const { model } = await known("R8", 0.5, 16);
  const { tensors } = roundedModel(model);
  for (const [at, tensor] of model.tensors.entries()) {
    const channels = channelsOf(tensor);
    const { scales } = toInt8(tensor.values, channels);
    const rounded = tensors[at]?.values as Float32Array;
    const tooFar = tensor.values.filter(
      (x, i) => Math.abs(x - (rounded[i] as number)) > 0.5001 * (scales[i % channels] as number),
    );
    expect(tooFar, tensor.name).toHaveLength(0);
  }
  const [whole, small] = (["float32", "int8"] as const).map((precision) => {
    const writer = new OnnxWriter({ size: 16, channels: 3 }, precision);
    drawModel(writer, model);
    return writer.file("model", {}).length;
  }) as [number, number];
  expect(small).toBeLessThan(0.28 * whole);
});
