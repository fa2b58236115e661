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

/**
 * Writes a graph as a TensorFlow.js graph model, for `tf.loadGraphModel`. Images are [batch, height, width,
 * channels].
 */

type Attribute = { readonly [kind: string]: unknown };

interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, Attribute>>;
}

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32";
  readonly values: Float32Array | Int32Array | Uint8Array;
  /** How bytes become numbers: times `scale`, plus `min`. */
  readonly quantization?: { readonly dtype: "uint8"; readonly scale: number; readonly min: number };
}

/** Bytes have no sign in this format. */
const zeroAt = 128;

/** The format stores strings as base64. */
const string = (value: string): Attribute => ({ s: btoa(value) });
const integers = (values: readonly number[]): Attribute => ({ list: { i: values.map(String) } });
const FLOAT: Attribute = { type: "DT_FLOAT" };
const INT: Attribute = { type: "DT_INT32" };
const shapeOf = (sides: readonly number[]) => ({ dim: sides.map((size) => ({ size: String(size) })) });

export interface TfjsFiles {
  readonly json: string;
  readonly weights: Uint8Array<ArrayBuffer>;
}

const WEIGHTS_FILE = "weights.bin";

export class TfjsWriter implements GraphWriter {
  readonly input: Value = "pixels";
  private readonly nodes: GraphNode[] = [];
  private readonly weights = new Map<string, Weight>();
  private readonly outputs: { readonly name: string; readonly length: number }[] = [];
  private readonly inputShape: readonly number[];
  private count = 0;

  constructor(
    { size, channels }: InputShape,
    private readonly precision: Precision = "float32",
  ) {
    this.inputShape = [-1, size, size, channels];
    this.nodes.push({
      name: this.input,
      op: "Placeholder",
      attr: { dtype: FLOAT, shape: { shape: shapeOf(this.inputShape) } },
    });
  }

  conv(x: Value, filter: NamedNumbers, { stride, padding, depthwise }: ConvolutionOptions): Value {
    const [before, after] = padding;
    const padded = before + after === 0 ? x : this.padded(x, before, after);
    return this.node(depthwise ? "DepthwiseConv2dNative" : "Conv2D", [padded, this.scaled(filter)], {
      strides: integers([1, stride, stride, 1]),
      padding: string("VALID"),
      data_format: string("NHWC"),
      dilations: integers([1, 1, 1, 1]),
    });
  }

  norm(x: Value, { gamma, beta, mean, variance, epsilon }: NormNumbers): Value {
    const numbers = [gamma, beta, mean, variance].map((one) => this.asIs(one));
    return this.node("FusedBatchNormV3", [x, ...numbers], {
      epsilon: { f: epsilon },
      data_format: string("NHWC"),
      is_training: { b: false },
    });
  }

  relu(x: Value): Value {
    return this.node("Relu", [x]);
  }

  hardSigmoid(x: Value): Value {
    const shifted = this.node("Relu6", [this.add(x, this.scalar(3))]);
    return this.node("Mul", [shifted, this.scalar(1 / 6)]);
  }

  hardSwish(x: Value): Value {
    return this.node("Mul", [x, this.hardSigmoid(x)]);
  }

  signs(x: Value): Value {
    const isOn = this.node("GreaterEqual", [x, this.scalar(0)]);
    const bits = this.node("Cast", [isOn], { SrcT: { type: "DT_BOOL" }, DstT: FLOAT });
    return this.add(this.node("Mul", [bits, this.scalar(2)]), this.scalar(-1));
  }

  add(x: Value, y: Value): Value {
    return this.node("AddV2", [x, y]);
  }

  withChannels(operation: "add" | "multiply" | "prelu", x: Value, numbers: NamedNumbers): Value {
    const type = { add: "AddV2", multiply: "Mul", prelu: "Prelu" }[operation];
    return this.node(type, [x, this.asIs(numbers)]);
  }

  concat(images: readonly Value[]): Value {
    if (images.length === 1) return images[0] as Value;
    return this.node("ConcatV2", [...images, this.integers([3], [])], { N: { i: String(images.length) } });
  }

  halve(x: Value): Value {
    return this.node("AvgPool", [x], {
      ksize: integers([1, 2, 2, 1]),
      strides: integers([1, 2, 2, 1]),
      padding: string("SAME"),
      data_format: string("NHWC"),
    });
  }

  pool(x: Value): Value {
    return this.node("Mean", [x, this.integers([1, 2])], { keep_dims: { b: false } });
  }

  gate(x: Value, rows: Value): Value {
    const image = this.node("ExpandDims", [rows, this.integers([1], [])]);
    return this.node("Mul", [x, this.node("ExpandDims", [image, this.integers([1], [])])]);
  }

  linear(rows: Value, weight: NamedNumbers, bias: NamedNumbers): Value {
    const product = this.node("MatMul", [rows, this.scaled(weight)], {
      transpose_a: { b: false },
      transpose_b: { b: false },
    });
    return this.add(product, this.asIs(bias));
  }

  tokens(x: Value, length: number): Value {
    return this.reshape(x, [-1, length]);
  }

  addPlaces(rows: Value, numbers: NamedNumbers): Value {
    const [places = 1, length = 1] = numbers.shape;
    const apart = this.reshape(rows, [-1, places, length]);
    return this.reshape(this.add(apart, this.asIs(numbers)), [-1, length]);
  }

  layerNorm(rows: Value, gamma: NamedNumbers, beta: NamedNumbers, epsilon: number): Value {
    const mean = (x: Value) => this.node("Mean", [x, this.integers([-1])], { keep_dims: { b: true } });
    const centered = this.node("Sub", [rows, mean(rows)]);
    const variance = this.add(mean(this.node("Square", [centered])), this.scalar(epsilon));
    const unit = this.node("Mul", [centered, this.node("Rsqrt", [variance])]);
    return this.add(this.node("Mul", [unit, this.asIs(gamma)]), this.asIs(beta));
  }

  gelu(rows: Value): Value {
    const erf = this.node("Erf", [this.node("Mul", [rows, this.scalar(Math.SQRT1_2)])]);
    const share = this.node("Mul", [this.add(erf, this.scalar(1)), this.scalar(0.5)]);
    return this.node("Mul", [rows, share]);
  }

  attention(query: Value, key: Value, value: Value, { places, heads, length }: AttentionShape): Value {
    const apart = (rows: Value) =>
      this.transposed(this.reshape(rows, [-1, places, heads, length / heads]), [0, 2, 1, 3]);
    const product = (a: Value, b: Value, transposed: boolean) =>
      this.node("BatchMatMulV2", [a, b], { adj_x: { b: false }, adj_y: { b: transposed } });
    const scores = product(apart(query), apart(key), true);
    const scaled = this.node("Mul", [scores, this.scalar(1 / Math.sqrt(length / heads))]);
    const mixed = product(this.node("Softmax", [scaled]), apart(value), false);
    return this.reshape(this.transposed(mixed, [0, 2, 1, 3]), [-1, length]);
  }

  meanOfPlaces(rows: Value, places: number, length: number): Value {
    const apart = this.reshape(rows, [-1, places, length]);
    return this.node("Mean", [apart, this.integers([1])], { keep_dims: { b: false } });
  }

  output(x: Value, name: string, length: number): void {
    this.nodes.push({ name, op: "Identity", input: [x], attr: { T: FLOAT } });
    this.outputs.push({ name, length });
  }

  /** @param description metadata of the file, as keys and values */
  files(description: Readonly<Record<string, string>>): TfjsFiles {
    const tensor = (name: string, shape: readonly number[]) => ({
      name: `${name}:0`,
      dtype: "DT_FLOAT",
      tensorShape: shapeOf(shape),
    });
    const all = [...this.weights.values()];
    const model = {
      format: "graph-model",
      generatedBy: "Retort",
      convertedBy: "Retort",
      signature: {
        inputs: { [this.input]: tensor(this.input, this.inputShape) },
        outputs: Object.fromEntries(
          this.outputs.map(({ name, length }) => [name, tensor(name, [-1, length])]),
        ),
      },
      modelTopology: { node: this.nodes, library: {}, versions: { producer: 1 } },
      userDefinedMetadata: description,
      weightsManifest: [
        { paths: [WEIGHTS_FILE], weights: all.map(({ values: _, ...described }) => described) },
      ],
    };
    const weights = new Uint8Array(all.reduce((sum, { values }) => sum + values.byteLength, 0));
    let at = 0;
    for (const { values } of all) {
      weights.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
      at += values.byteLength;
    }
    return { json: JSON.stringify(model), weights };
  }

  private padded(x: Value, before: number, after: number): Value {
    const paddings = [0, 0, before, after, before, after, 0, 0];
    return this.node("PadV2", [x, this.integers(paddings, [4, 2]), this.scalar(0)]);
  }

  private reshape(x: Value, shape: readonly number[]): Value {
    return this.node("Reshape", [x, this.integers(shape)]);
  }

  private transposed(x: Value, order: readonly number[]): Value {
    return this.node("Transpose", [x, this.integers(order)]);
  }

  private node(op: string, input: readonly Value[], attr: Readonly<Record<string, Attribute>> = {}): Value {
    const name = `${op}_${this.count++}`;
    this.nodes.push({ name, op, input, attr: { T: FLOAT, ...attr } });
    return name;
  }

  private asIs({ name, shape, values }: NamedNumbers): Value {
    return this.constant({ name, shape, dtype: "float32", values });
  }

  /** Weights as a constant or, in 8 bits, as whole numbers that the graph multiplies by the scales of their channels. */
  private scaled(tensor: NamedNumbers): Value {
    if (this.precision === "float32") return this.asIs(tensor);
    const { name, shape } = tensor;
    const channels = channelsOf(tensor);
    const { values, scales } = toInt8(tensor.values, channels);
    const whole = this.constant({
      name,
      shape,
      dtype: "float32",
      values: Uint8Array.from(values, (value) => value + zeroAt),
      quantization: { dtype: "uint8", scale: 1, min: -zeroAt },
    });
    // A depthwise filter's channels are its last axis but one.
    const scaleShape = shape.at(-1) === channels ? [channels] : [channels, 1];
    const scale = this.asIs({ name: `${name}/scale`, shape: scaleShape, values: scales });
    return this.node("Mul", [whole, scale]);
  }

  private scalar(value: number): Value {
    const values = Float32Array.of(value);
    return this.constant({
      name: `number_${String(value).replace("-", "minus_")}`,
      shape: [],
      dtype: "float32",
      values,
    });
  }

  /** @param shape by default that of a list */
  private integers(values: readonly number[], shape: readonly number[] = [values.length]): Value {
    const name = `integers_${[...shape, "of", ...values].join("_").replaceAll("-", "minus_")}`;
    return this.constant({ name, shape, dtype: "int32", values: Int32Array.from(values) });
  }

  private constant(weight: Weight): Value {
    const { name, shape, dtype } = weight;
    if (!this.weights.has(name)) {
      this.weights.set(name, weight);
      const type = dtype === "float32" ? FLOAT : INT;
      const value = { tensor: { dtype: type["type"], tensorShape: shapeOf(shape) } };
      this.nodes.push({ name, op: "Const", attr: { dtype: type, value } });
    }
    return name;
  }
}
