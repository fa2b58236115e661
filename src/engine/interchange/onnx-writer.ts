import type { Field } from "../../protocol/protobuf";
import type { NamedNumbers } from "../networks/parameters";
import type {
  AttentionShape,
  ConvolutionOptions,
  GraphWriter,
  InputShape,
  NormNumbers,
  Precision,
  Value,
} from "./graph-writer";
import { channelsOf, toInt8 } from "./int8";
import {
  type Attribute,
  floats,
  graphInput,
  graphOutput,
  nodeOf,
  onnxFile,
  signedBytes,
  wholeNumbers,
} from "./onnx-messages";

/**
 * Writes a graph as an ONNX file (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Images are [batch,
 * channels, height, width], as ONNX requires.
 */

/**
 * Transposes a filter: [height, width, in, out] → [out, in, height, width]; depthwise [channels, 1, height, width].
 */
export function onnxFilter<Values extends Float32Array | Int8Array>({
  shape,
  values,
}: {
  readonly shape: readonly number[];
  readonly values: Values;
}): { shape: number[]; values: Values } {
  const [height = 1, width = 1, from = 1, to = 1] = shape;
  const turned = values.slice() as Values;
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let i = 0; i < from; i++) {
      for (let o = 0; o < to; o++) {
        turned[(o * from + i) * height * width + pixel] = values[(pixel * from + i) * to + o] ?? 0;
      }
    }
  }
  return { shape: [to, from, height, width], values: turned };
}

export class OnnxWriter implements GraphWriter {
  readonly input: Value = "pixels";
  private readonly nodes: Field[] = [];
  private readonly constants = new Map<string, Field>();
  private readonly outputs: Field[] = [];
  private count = 0;

  constructor(
    private readonly shape: InputShape,
    private readonly precision: Precision = "float32",
  ) {}

  conv(x: Value, filter: NamedNumbers, { stride, padding, depthwise }: ConvolutionOptions): Value {
    const [height = 1, width = 1, from = 1, to = 1] = filter.shape;
    // A depthwise filter is [height, width, channels, 1], with one output per channel.
    const shape = depthwise ? [from, to, height, width] : [to, from, height, width];
    const weight = this.weights(filter, shape, 0, (values) => onnxFilter({ ...filter, values }).values);
    const [before, after] = padding;
    return this.node("Conv", [x, weight], {
      kernel_shape: [height, width],
      strides: [stride, stride],
      pads: [before, before, after, after],
      group: depthwise ? from : 1,
    });
  }

  norm(x: Value, { gamma, beta, mean, variance, epsilon }: NormNumbers): Value {
    const numbers = [gamma, beta, mean, variance].map((one) => this.asIs(one));
    return this.node("BatchNormalization", [x, ...numbers], { epsilon: { float: epsilon } });
  }

  relu(x: Value): Value {
    return this.node("Relu", [x]);
  }

  hardSigmoid(x: Value): Value {
    return this.node("HardSigmoid", [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } });
  }

  hardSwish(x: Value): Value {
    return this.node("HardSwish", [x]);
  }

  signs(x: Value): Value {
    const isOn = this.node("GreaterOrEqual", [x, this.scalar(0)]);
    return this.node("Where", [isOn, this.scalar(1), this.scalar(-1)]);
  }

  add(x: Value, y: Value): Value {
    return this.node("Add", [x, y]);
  }

  withChannels(operation: "add" | "multiply" | "prelu", x: Value, { name, values }: NamedNumbers): Value {
    const type = { add: "Add", multiply: "Mul", prelu: "PRelu" }[operation];
    return this.node(type, [x, this.constant(name, [values.length, 1, 1], values)]);
  }

  concat(images: readonly Value[]): Value {
    return this.node("Concat", images, { axis: 1 });
  }

  halve(x: Value): Value {
    return this.node("AveragePool", [x], { kernel_shape: [2, 2], strides: [2, 2], auto_pad: "SAME_UPPER" });
  }

  pool(x: Value): Value {
    return this.node("Flatten", [this.node("GlobalAveragePool", [x])], { axis: 1 });
  }

  gate(x: Value, rows: Value): Value {
    return this.node("Mul", [x, this.reshape(rows, [0, -1, 1, 1])]);
  }

  linear(rows: Value, weight: NamedNumbers, bias: NamedNumbers): Value {
    const stored = this.weights(weight, weight.shape, 1, (values) => values);
    return this.node("Gemm", [rows, stored, this.asIs(bias)]);
  }

  tokens(x: Value, length: number): Value {
    return this.reshape(this.node("Transpose", [x], { perm: [0, 2, 3, 1] }), [-1, length]);
  }

  addPlaces(rows: Value, { name, shape, values }: NamedNumbers): Value {
    const [places = 1, length = 1] = shape;
    const apart = this.reshape(rows, [-1, places, length]);
    return this.reshape(this.add(apart, this.constant(name, shape, values)), [-1, length]);
  }

  layerNorm(rows: Value, gamma: NamedNumbers, beta: NamedNumbers, epsilon: number): Value {
    return this.node("LayerNormalization", [rows, this.asIs(gamma), this.asIs(beta)], {
      axis: -1,
      epsilon: { float: epsilon },
    });
  }

  gelu(rows: Value): Value {
    const erf = this.node("Erf", [this.node("Mul", [rows, this.scalar(Math.SQRT1_2)])]);
    const share = this.node("Mul", [this.add(erf, this.scalar(1)), this.scalar(0.5)]);
    return this.node("Mul", [rows, share]);
  }

  attention(query: Value, key: Value, value: Value, { places, heads, length }: AttentionShape): Value {
    const apart = (rows: Value, perm: readonly number[]) =>
      this.node("Transpose", [this.reshape(rows, [-1, places, heads, length / heads])], { perm });
    const scores = this.node("MatMul", [apart(query, [0, 2, 1, 3]), apart(key, [0, 2, 3, 1])]);
    const scaled = this.node("Mul", [scores, this.scalar(1 / Math.sqrt(length / heads))]);
    const mixed = this.node("MatMul", [
      this.node("Softmax", [scaled], { axis: -1 }),
      apart(value, [0, 2, 1, 3]),
    ]);
    return this.reshape(this.node("Transpose", [mixed], { perm: [0, 2, 1, 3] }), [-1, length]);
  }

  meanOfPlaces(rows: Value, places: number, length: number): Value {
    return this.node("ReduceMean", [this.reshape(rows, [-1, places, length])], { axes: [1], keepdims: 0 });
  }

  output(x: Value, name: string, length: number): void {
    this.nodes.push(nodeOf("Identity", [x], [name]));
    this.outputs.push(graphOutput(name, ["batch", length]));
  }

  /** @param description metadata of the file, as keys and values */
  file(name: string, description: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
    const { size, channels } = this.shape;
    const input = graphInput(this.input, ["batch", channels, size, size]);
    return onnxFile(name, [...this.nodes, ...this.constants.values(), input, ...this.outputs], description);
  }

  private node(
    type: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): Value {
    const output = `${type.toLowerCase()}_${this.count++}`;
    this.nodes.push(nodeOf(type, inputs, [output], attributes));
    return output;
  }

  /**
   * Weights as a constant or, in 8 bits, as one that the graph multiplies by the scales of its channels.
   * @param axis of the channels in `shape`
   * @param ordered puts values into the order of `shape`
   */
  private weights(
    tensor: NamedNumbers,
    shape: readonly number[],
    axis: number,
    ordered: <Values extends Float32Array | Int8Array>(values: Values) => Values,
  ): Value {
    const { name } = tensor;
    if (this.precision === "float32") return this.constant(name, shape, ordered(tensor.values));
    const { values, scales } = toInt8(tensor.values, channelsOf(tensor));
    this.constants.set(name, signedBytes(name, shape, ordered(values)));
    const scale = this.constant(`${name}/scale`, [scales.length], scales);
    return this.node("DequantizeLinear", [name, scale], { axis });
  }

  private reshape(x: Value, shape: readonly number[]): Value {
    const name = `shape_${shape.join("_")}`;
    if (!this.constants.has(name)) {
      this.constants.set(name, wholeNumbers(name, shape));
    }
    return this.node("Reshape", [x, name]);
  }

  private asIs({ name, shape, values }: NamedNumbers): Value {
    return this.constant(name, shape, values);
  }

  private scalar(value: number): Value {
    return this.constant(`number_${value}`, [], Float32Array.of(value));
  }

  private constant(name: string, shape: readonly number[], values: Float32Array): Value {
    this.constants.set(name, floats(name, shape, values));
    return name;
  }
}
