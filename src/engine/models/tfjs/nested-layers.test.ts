/** Models as Teachable Machine exports them: a list of two models, the first of which contains another. */
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { recognizeModel } from "../model-files";
import { shapeOf } from "../runnable-model";

const [side, filters, hidden, classes] = [16, 6, 8, 3];

beforeAll(async () => void (await tf.setBackend("cpu")));

/** A truncated convolutional network and the mean over its places; then two dense layers, the last one with softmax. */
function exported(): layers.Sequential {
  const images = layers.input({ shape: [side, side, 3] });
  const edges = layers.layers
    .conv2d({ filters, kernelSize: 3, strides: 2, useBias: false })
    .apply(images) as layers.SymbolicTensor;
  const known = layers.layers.batchNormalization().apply(edges) as layers.SymbolicTensor;
  const active = layers.layers.reLU({ maxValue: 6 }).apply(known) as layers.SymbolicTensor;
  const body = layers.sequential();
  body.add(layers.model({ inputs: images, outputs: active }));
  body.add(layers.layers.globalAveragePooling2d({}));
  const head = layers.sequential();
  head.add(layers.layers.dense({ inputShape: [filters], units: hidden, activation: "relu" }));
  head.add(layers.layers.dense({ units: classes, useBias: false, activation: "softmax" }));
  const both = layers.sequential();
  both.add(body);
  both.add(head);
  return both;
}

async function filesOf(model: layers.Sequential, changed = (json: string) => json) {
  let files: { path: string; file: Blob }[] = [];
  await model.save({
    save: async ({ modelTopology, weightSpecs, weightData }) => {
      const manifest = [{ paths: ["./weights.bin"], weights: weightSpecs }];
      files = [
        ["model.json", changed(JSON.stringify({ modelTopology, weightsManifest: manifest }))],
        ["weights.bin", weightData as ArrayBuffer],
        ["metadata.json", JSON.stringify({ labels: ["cat", "dog", "bird"], imageSize: side })],
      ].map(([path, content]) => ({ path: `export/${path}`, file: new Blob([content as BlobPart]) }));
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
    },
  });
  return files;
}

test("a model of nested models answers as it does where it was made, and offers what its classes are read from", async () => {
  const model = exported();
  const { read, name } = await recognizeModel(await filesOf(model));
  expect(name).toBe("model.json");
  expect(read.labels).toEqual(["cat", "dog", "bird"]);
  expect(read.input).toMatchObject({ layout: "channelsLast", channels: 3, side });
  expect(Object.fromEntries(read.operators.map(({ name: kind, count }) => [kind, count]))).toMatchObject({
    Conv2D: 1,
    GlobalAveragePooling2D: 1,
    Dense: 2,
  });

  const opened = await read.open();
  const shape = shapeOf(read.input, 2, side);
  const images = Float32Array.from({ length: 2 * side ** 2 * 3 }, (_, at) => Math.sin(at * 0.1));
  const found = await opened.run(images, shape, opened.outputs);
  const wanted = [model, model.layers[0] as layers.LayersModel].map((part) =>
    (part.predict(tf.tensor(images, [...shape])) as tf.Tensor).dataSync(),
  );
  expect(found.map((output) => output.shape)).toEqual([
    [2, classes],
    [2, filters],
  ]);
  found.forEach(({ values }, at) => {
    expect([...values]).toEqual([...(wanted[at] ?? [])].map((value) => expect.closeTo(value, 5)));
  });
  // A convolution at 7 × 7 places, and two products.
  const macs = 49 * 27 * filters + filters * hidden + hidden * classes;
  expect(await opened.macs(images, shape)).toBe(2 * macs);
  await opened.release();
});

test("a layer that the runtime does not know is named", async () => {
  const files = await filesOf(exported(), (json) => json.replaceAll("GlobalAveragePooling2D", "Oracle"));
  const { read } = await recognizeModel(files);
  await expect(read.open()).rejects.toThrow(/^TensorFlow\.js cannot load the model: .*Oracle/);
});
