import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { floats, graphInput, graphOutput, nodeOf, onnxFile } from "../interchange/onnx-messages";
import { Purpose, type Random, randomFor } from "../math/random";
import { recognizeModel } from "./model-files";
import { ModelUnreadable } from "./model-unreadable";
import { readOnnx } from "./onnx/onnx-model";
import { readTfjs } from "./tfjs/tfjs-files";

const mutations = 200;
/** Even small weights are read apart. */
const all = { file: 0, weight: 16 };
type Bytes = Uint8Array<ArrayBuffer>;
const encoded = (value: unknown): Bytes => new TextEncoder().encode(JSON.stringify(value));

const onnx = (
  inputs = [graphInput("pixels", ["batch", 3, 8, 8])],
  more: Parameters<typeof onnxFile>[1] = [],
) =>
  onnxFile("model", [
    ...inputs,
    graphOutput("features", ["batch", 4, 6, 6]),
    floats("filter", [4, 3, 3, 3], new Float32Array(108)),
    nodeOf("Conv", ["pixels", "filter"], ["features"], { kernel_shape: [3, 3] }),
    ...more,
  ]);

const manifest = (bytes: number) => [
  { paths: ["weights.bin"], weights: [{ name: "kernel", shape: [bytes / 4], dtype: "float32" }] },
];
const dimensions = (sizes: readonly number[]) => ({
  shape: { dim: sizes.map((size) => ({ size: String(size) })) },
});
const graph = {
  format: "graph-model",
  modelTopology: {
    node: [
      {
        name: "x",
        op: "Placeholder",
        attr: { dtype: { type: "DT_FLOAT" }, shape: dimensions([-1, 8, 8, 3]) },
      },
      { name: "kernel", op: "Const" },
      { name: "y", op: "Conv2D", input: ["x", "kernel"] },
    ],
  },
  weightsManifest: manifest(64),
};
const layers = {
  format: "layers-model",
  modelTopology: {
    model_config: {
      class_name: "Sequential",
      config: {
        layers: [
          { class_name: "Conv2D", config: { name: "first", batch_input_shape: [null, 8, 8, 3] } },
          { class_name: "Flatten", config: { name: "last" } },
        ],
      },
    },
  },
  weightsManifest: manifest(64),
};
const weights = new Map([["weights.bin", new Blob([new Uint8Array(64)])]]);

/** Flips bits, cuts, doubles and fills parts of a file. */
function mutated(file: Bytes, random: Random, at: number): Bytes {
  const words = random.words(8, at, 0, 0);
  const place = (words[0] ?? 0) % file.length;
  const length = (words[1] ?? 0) % Math.max(1, Math.min(64, file.length - place));
  switch (at % 4) {
    case 0:
      return file.slice(0, place);
    case 1:
      return file.map((byte, i) => (i === place ? byte ^ (1 << ((words[2] ?? 0) % 8)) : byte)) as Bytes;
    case 2:
      return Uint8Array.from([
        ...file.subarray(0, place),
        ...file.subarray(place - length < 0 ? 0 : place - length),
      ]);
    default:
      return file.slice().fill((words[2] ?? 0) & 255, place, place + length);
  }
}

async function expectReadOrRefused(read: () => unknown): Promise<boolean> {
  try {
    await read();
    return false;
  } catch (error) {
    expect(error).toBeInstanceOf(ModelUnreadable);
    expect((error as Error).message).toMatch(/^[A-Z].*\.$/s);
    expect((error as Error).message.length).toBeLessThan(600);
    return true;
  }
}

test("what the valid files say is understood", async () => {
  const read = async (file: Bytes) => (await readOnnx(new Blob([file]))).input;
  expect(await read(onnx())).toMatchObject({ layout: "channelsFirst", channels: 3, side: 8 });
  const open = onnx([graphInput("pixels", ["batch", "channels", "height", "width"])]);
  expect(await read(open)).toMatchObject({ layout: "channelsFirst", channels: 3, side: undefined });
  for (const model of [graph, layers])
    expect(readTfjs(encoded(model), weights).read.input).toMatchObject({ layout: "channelsLast", side: 8 });
});

describe("a mutated file is understood, or refused in one sentence:", () => {
  const random = randomFor(21, Purpose.test);
  test.each([
    ["ONNX", onnx(), (file: Bytes) => readOnnx(new Blob([file]))],
    ["ONNX, its weights apart", onnx(), (file: Bytes) => readOnnx(new Blob([file]), new Map(), all)],
    ["a graph of TensorFlow.js", encoded(graph), (file: Bytes) => readTfjs(file, weights)],
    ["layers of TensorFlow.js", encoded(layers), (file: Bytes) => readTfjs(file, weights)],
  ] as const)("%s", async (_, file, read) => {
    const refused: boolean[] = [];
    for (let at = 0; at < mutations; at++)
      refused.push(await expectReadOrRefused(() => read(mutated(file, random, at))));
    expect(refused.filter(Boolean).length).toBeGreaterThan(mutations / 4);
  });
});

describe("what cannot teach is refused by name:", () => {
  const refusal = async (files: Readonly<Record<string, Bytes>>) => {
    const given = Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes]) }));
    return recognizeModel(given).then(
      () => "understood",
      (error: unknown) => (error instanceof ModelUnreadable ? error.message : String(error)),
    );
  };
  const huge = {
    ...graph,
    weightsManifest: [{ paths: [], weights: [{ name: "w", shape: [2 ** 40], dtype: "float32" }] }],
  };
  test.each([
    [
      "two inputs",
      { "a.onnx": onnx([graphInput("image", [1, 3, 8, 8]), graphInput("mask", [1, 1, 8, 8])]) },
      "2 inputs (image, mask)",
    ],
    ["an input that is no image", { "a.onnx": onnx([graphInput("tokens", [1, 77])]) }, "[1, 77]"],
    ["images that are not square", { "a.onnx": onnx([graphInput("pixels", [1, 3, 8, 9])]) }, "8 × 9"],
    ["an empty file", { "a.onnx": new Uint8Array(0) }, "not exactly one graph"],
    ["two graphs", { "a.onnx": Uint8Array.from([...onnx(), ...onnx()]) }, "not exactly one graph"],
    ["shards that are missing", { "model.json": encoded(graph) }, "weights.bin is missing"],
    [
      "shards of another length",
      { "model.json": encoded(graph), "weights.bin": new Uint8Array(60) },
      "60 bytes where 64",
    ],
    ["weights without end", { "model.json": encoded(huge) }, "weightsManifest"],
    ["a page", { "a.html": new TextEncoder().encode("<html></html>") }, "neither an ONNX file"],
    ["a zip file of nothing", { "a.zip": zipSync({}) as Bytes }, "no file"],
  ] as const)("%s", async (_, files, words) => {
    expect(await refusal(files)).toContain(words);
  });

  test("a folder and a zip file of the same model have the same hash", async () => {
    const files = { "m/model.json": encoded(graph), "m/weights.bin": new Uint8Array(64) };
    const folder = Object.entries(files).map(([path, bytes]) => ({ path, file: new Blob([bytes]) }));
    const zip = [{ path: "m.zip", file: new Blob([zipSync(files)]) }];
    const [one, other] = await Promise.all([recognizeModel(folder), recognizeModel(zip)]);
    expect(one.hash).toBe(other.hash);
    expect(one.read.input).toEqual(other.read.input);
  });
});
