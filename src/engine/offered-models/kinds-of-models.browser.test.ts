/** Kinds of models that exporters write, run by the real runtimes. */
import { beforeAll, describe, expect, test } from "vitest";
import { startBackend } from "../device/start";
import {
  floats,
  graphInput,
  graphOutput,
  nodeOf,
  onnxFile,
  wholeNumbers,
} from "../interchange/onnx-messages";
import { recognizeModel } from "../models/model-files";
import { constantBeside, constantOf } from "../models/onnx/onnx-files.testing";
import { readOnnx } from "../models/onnx/onnx-model";
import { type ReadModel, shapeOf } from "../models/runnable-model";
import { teachingModel } from "../models/teaching-model";
import { backendOfTrials } from "../training/trial-backend.test-support";
import { takeModel } from "./take-model";

beforeAll(async () => void (await startBackend(backendOfTrials)));

const [filters, classes, side] = [16, 5, 8];
const waves = (count: number, step: number) =>
  Float32Array.from({ length: count }, (_, at) => Math.sin(1 + at * step));
const [filter, matrix] = [waves(filters * 27, 0.7), waves(filters * classes, 1.3)];
const weights = {
  filter: floats("filter", [filters, 3, 3, 3], filter),
  matrix: floats("matrix", [filters, classes], matrix),
};
type Fields = Parameters<typeof onnxFile>[1];

const convolution = (from: string) => nodeOf("Conv", [from, "filter"], ["edges"], { kernel_shape: [3, 3] });

/** Images [batch, 3, height, width] → Conv, Relu, mean → features [batch, filters] → classes [batch, classes]. */
const network = ({
  constants = [weights.filter, weights.matrix],
  first = [convolution("pixels")],
  last = [nodeOf("MatMul", ["features", "matrix"], ["classes"])],
  input = graphInput("pixels", ["batch", 3, "height", "width"]),
}: Readonly<Partial<Record<"constants" | "first" | "last", Fields>>> & {
  readonly input?: Fields[number];
} = {}): Fields => [
  input,
  graphOutput("classes", ["batch", classes]),
  ...constants,
  ...first,
  nodeOf("Relu", ["edges"], ["active"]),
  nodeOf("GlobalAveragePool", ["active"], ["pooled"]),
  nodeOf("Flatten", ["pooled"], ["features"], { axis: 1 }),
  ...last,
];

const fileOf = (graph: Fields) => new Blob([onnxFile("network", graph)]);
const given = (files: Readonly<Record<string, Blob>>) =>
  Object.entries(files).map(([path, file]) => ({ path, file }));

/** The outputs for two images, the operations and the multiply-accumulates of one. */
async function answersOf(read: ReadModel, size = side) {
  const model = await read.open();
  try {
    const shape = shapeOf(read.input, read.input.batch ?? 2, size);
    const images = waves(
      shape.reduce((all, one) => all * one, 1),
      0.01,
    );
    const found = await model.run(images, shape, model.outputs);
    const macs = await model.macs(images, shape);
    return {
      macs,
      outputs: new Map(model.outputs.map((name, at) => [name, [...(found[at]?.values ?? [])]] as const)),
    };
  } finally {
    await model.release();
  }
}

const plain = async () => answersOf(await readOnnx(fileOf(network())));

test("weights that stay in the file, or are in a file beside it, give the same answers as weights in the model", async () => {
  const wanted = await plain();
  // 16 filters of 3 × 3 × 3 at 6 × 6 places, and 16 × 5 weights.
  expect(wanted.macs / 2).toBe(filters * 27 * 36 + filters * classes);
  const apart = await readOnnx(fileOf(network()), new Map(), { file: 0, weight: 16 });
  expect(await answersOf(apart)).toEqual(wanted);

  const place = { location: "network.onnx_data", length: 4 * filter.length };
  const beside = [
    constantBeside("filter", [filters, 3, 3, 3], { ...place, offset: 4 * matrix.length }),
    constantBeside("matrix", [filters, classes], { ...place, offset: 0, length: 4 * matrix.length }),
  ];
  const { read } = await recognizeModel(
    given({
      "model/network.onnx_data": new Blob([matrix, filter]),
      "model/network.onnx": fileOf(network({ constants: beside })),
      "model/notes.txt": new Blob(["not a part of it"]),
    }),
  );
  expect(read.parameters).toBe(filter.length + matrix.length);
  expect(await answersOf(read)).toEqual(wanted);
});

describe("a quantized model gives nearly the same answers:", () => {
  const step = 1 / 127;
  const rounded = (name: string, shape: readonly number[], values: Float32Array) =>
    constantOf(
      name,
      "int8",
      shape,
      Int8Array.from(values, (value) => Math.round(value / step)),
    );
  const scale = (name: string, value: number) => constantOf(name, "float32", [], Float32Array.of(value));
  const filter8 = rounded("filter8", [filters, 3, 3, 3], filter);
  const matrix8 = rounded("matrix8", [filters, classes], matrix);
  const [steps, zero] = [scale("step", step), constantOf("zero", "int8", [], Int8Array.of(0))];
  const kinds: Readonly<Record<string, Fields>> = {
    "quantized and dequantized (QDQ)": network({
      constants: [filter8, matrix8, steps, zero],
      first: [
        nodeOf("DequantizeLinear", ["filter8", "step", "zero"], ["filter"]),
        nodeOf("DequantizeLinear", ["matrix8", "step", "zero"], ["matrix"]),
        nodeOf("QuantizeLinear", ["pixels", "step", "zero"], ["pixels8"]),
        nodeOf("DequantizeLinear", ["pixels8", "step", "zero"], ["rounded"]),
        convolution("rounded"),
      ],
    }),
    "with a product of whole numbers": network({
      constants: [weights.filter, matrix8, steps, zero],
      last: [
        nodeOf("DynamicQuantizeLinear", ["features"], ["features8", "scale", "offset"]),
        nodeOf("MatMulInteger", ["features8", "matrix8", "offset", "zero"], ["sums"]),
        nodeOf("Cast", ["sums"], ["floats"], { to: 1 }),
        nodeOf("Mul", ["scale", "step"], ["both"]),
        nodeOf("Mul", ["floats", "both"], ["classes"]),
      ],
    }),
    "with a convolution of whole numbers": network({
      constants: [filter8, weights.matrix, steps, scale("wide", 10 / 127), zero],
      first: [
        nodeOf("QuantizeLinear", ["pixels", "step", "zero"], ["pixels8"]),
        nodeOf(
          "QLinearConv",
          ["pixels8", "step", "zero", "filter8", "step", "zero", "wide", "zero"],
          ["edges8"],
          {
            kernel_shape: [3, 3],
          },
        ),
        nodeOf("DequantizeLinear", ["edges8", "wide", "zero"], ["edges"]),
      ],
    }),
  };

  test.each(Object.entries(kinds))("%s", async (_, graph) => {
    const wanted = await plain();
    const answers = await answersOf(await readOnnx(fileOf(graph)));
    expect([...answers.outputs.keys()]).toEqual([...wanted.outputs.keys()]);
    for (const [name, values] of wanted.outputs) {
      expect(new Set(values).size).toBeGreaterThan(values.length / 2);
      const found = answers.outputs.get(name) ?? [];
      const largest = Math.max(...values.map(Math.abs));
      values.forEach((value, at) => {
        expect(Math.abs(value - (found[at] ?? Number.NaN)) / largest, name).toBeLessThan(0.05);
      });
    }
    expect(answers.outputs).not.toEqual(wanted.outputs);
    expect(answers.macs).toBe(wanted.macs);
  });
});

test("several outputs are offered, each with what it can be taken for", async () => {
  const graph = [
    ...network(),
    wholeNumbers("places", [0, filters, -1]),
    nodeOf("Reshape", ["active", "places"], ["lines"]),
    nodeOf("Transpose", ["lines"], ["tokens"], { perm: [0, 2, 1] }),
    graphOutput("active", ["batch", filters, "height", "width"]),
    graphOutput("tokens", ["batch", "places", filters]),
  ];
  const described = await takeModel(given({ "several.onnx": fileOf(graph) }));
  expect(described.outputs.map(({ name, uses }) => [name, ...uses])).toEqual([
    ["classes", "embedding", "logits"],
    ["active", "map"],
    ["tokens", "classToken", "meanToken"],
    ["features", "embedding", "logits"],
  ]);
});

test("any batch and size are possible where the model allows them; a fixed batch is filled up", async () => {
  const answers = async (read: ReadModel, count: number, size: number) => {
    const asked = { output: "features", use: "embedding", mean: [0], deviation: [1], side: size } as const;
    const model = teachingModel(await read.open(), { ...asked, mean: [0], deviation: [1] });
    const pixels = waves(count * size ** 2 * 3, 0.02);
    const found = await model.answer({ pixels, count, side: size, channels: 3 });
    await model.release();
    return [...found];
  };
  const dynamic = await readOnnx(fileOf(network()));
  expect(dynamic.input).toMatchObject({ side: undefined, batch: undefined });
  expect(await answers(dynamic, 20, 12)).toHaveLength(20 * filters);

  const fixed = await readOnnx(fileOf(network({ input: graphInput("pixels", [4, 3, side, side]) })));
  expect(fixed.input).toMatchObject({ side, batch: 4 });
  const wanted = await answers(dynamic, 6, side);
  expect(await answers(fixed, 6, side)).toEqual(wanted.map((value) => expect.closeTo(value, 5)));
});

test("an operation that the runtime does not know is named", async () => {
  const graph = network({ last: [nodeOf("Divine", ["features", "matrix"], ["classes"])] });
  await expect(takeModel(given({ "odd.onnx": fileOf(graph) }))).rejects.toThrow(
    /^ONNX Runtime cannot load the model: .*Divine/,
  );
});
