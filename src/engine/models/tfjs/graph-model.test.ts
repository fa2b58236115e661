import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { recognizeModel } from "../model-files";
import { shapeOf } from "../runnable-model";

beforeAll(async () => void (await tf.setBackend("cpu")));

const filters = 4;
const values = Uint8Array.from({ length: 27 * filters }, (_, at) => (at * 37) & 255);
const [scale, min] = [1 / 128, -1];
const exact = Float32Array.from(values, (value) => value * scale + min);

const type = (name: string) => ({ type: name });
const sides = (sizes: readonly number[]) => ({
  shape: { dim: sizes.map((size) => ({ size: String(size) })) },
});
const text = (value: string) => ({ s: btoa(value) });
const ones = { list: { i: ["1", "1", "1", "1"] } };

/** Images of any number and size → a convolution → its map, and the mean of it. */
const nodes = (last = "Mean") => [
  { name: "x", op: "Placeholder", attr: { dtype: type("DT_FLOAT"), shape: sides([-1, -1, -1, 3]) } },
  { name: "filter", op: "Const", attr: { dtype: type("DT_FLOAT") } },
  { name: "axes", op: "Const", attr: { dtype: type("DT_INT32") } },
  {
    name: "map",
    op: "Conv2D",
    input: ["x", "filter"],
    attr: { strides: ones, padding: text("VALID"), data_format: text("NHWC"), dilations: ones },
  },
  { name: "active", op: "Relu", input: ["map"] },
  { name: "features", op: last, input: ["map", "axes"], attr: { keep_dims: { b: false } } },
];

function filesOf(node: ReturnType<typeof nodes>, isRounded: boolean) {
  const quantization = { quantization: { dtype: "uint8", scale, min } };
  const shape = [3, 3, 3, filters];
  const weightsManifest = [
    {
      paths: ["filter.bin", "axes.bin"],
      weights: [
        { name: "filter", shape, dtype: "float32", ...(isRounded && quantization) },
        { name: "axes", shape: [2], dtype: "int32" },
      ],
    },
  ];
  const model = {
    format: "graph-model",
    modelTopology: { node, versions: { producer: 1 } },
    weightsManifest,
  };
  return [
    { path: "model.json", file: new Blob([JSON.stringify(model)]) },
    { path: "filter.bin", file: new Blob([isRounded ? values : exact]) },
    { path: "axes.bin", file: new Blob([Int32Array.of(1, 2)]) },
  ];
}

async function answersOf(files: ReturnType<typeof filesOf>, side: number) {
  const { read } = await recognizeModel(files);
  expect(read.input).toMatchObject({ side: undefined, batch: undefined });
  const model = await read.open();
  const shape = shapeOf(read.input, 2, side);
  const images = Float32Array.from({ length: 2 * side ** 2 * 3 }, (_, at) => Math.sin(at * 0.1));
  const found = await model.run(images, shape, model.outputs);
  const macs = await model.macs(images, shape);
  // Counting changes nothing.
  expect(await model.run(images, shape, model.outputs)).toEqual(found);
  await model.release();
  return { macs, found: model.outputs.map((name, at) => ({ name, ...found[at] })) };
}

test("all outputs of a graph are offered, for images of any size; weights in 8 bits give the same answers", async () => {
  for (const side of [8, 11]) {
    const whole = await answersOf(filesOf(nodes(), false), side);
    expect(whole.found.map(({ name, shape }) => [name, shape]).toSorted()).toEqual([
      ["active", [2, side - 2, side - 2, filters]],
      ["features", [2, filters]],
    ]);
    expect(whole.macs).toBe(2 * (side - 2) ** 2 * 27 * filters);
    const rounded = await answersOf(filesOf(nodes(), true), side);
    whole.found.forEach(({ values: wanted }, at) => {
      const given = rounded.found[at]?.values ?? [];
      expect(given).toHaveLength(wanted?.length ?? 0);
      expect([...given]).toEqual([...(wanted ?? [])].map((value) => expect.closeTo(value, 4)));
    });
  }
});

test("an operation that the runtime does not know is named", async () => {
  await expect(answersOf(filesOf(nodes("Divine"), false), 8)).rejects.toThrow(
    /^TensorFlow\.js cannot run the model: .*Divine/,
  );
});
