import {
  type Attribute,
  floats,
  graphInput,
  graphOutput,
  nodeOf,
  onnxFile,
  wholeNumbers,
} from "../../../../src/engine/interchange/onnx-messages.ts";
import type { Field } from "../../../../src/protocol/protobuf.ts";
import { layersOf, learningRate, momentum, type SupervisedWorkload } from "../../workloads.ts";

/** The name of a tensor in the graph. */
type Value = string;
type Backward = (dy: Value) => Value;
interface Computed {
  readonly y: Value;
  /** Adds nodes for the gradient of the input, given that of `y`, and records gradients of parameters. */
  readonly back: Backward;
}

export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface TrainingGraph {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly parameters: readonly Parameter[];
}

/** The names of a parameter and its moment as inputs and outputs of a step. */
export const ports = (name: string) => ({
  value: name,
  moment: `${name}/moment`,
  nextValue: `${name}/next`,
  nextMoment: `${name}/moment/next`,
});

const epsilon = 1e-5;

/** The nodes of a graph, in the order of computation. */
class Nodes {
  readonly fields: Field[] = [];
  private readonly constants = new Set<string>();
  private count = 0;

  add(type: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}): Value {
    const y = `${type}_${this.count++}`;
    this.fields.push(nodeOf(type, inputs, [y], attributes));
    return y;
  }

  named(type: string, inputs: readonly Value[], name: string): void {
    this.fields.push(nodeOf(type, inputs, [name]));
  }

  number(value: number): Value {
    const name = `number ${value}`;
    if (!this.constants.has(name))
      this.fields.push(this.kept(name, floats(name, [], Float32Array.of(value))));
    return name;
  }

  whole(...values: readonly number[]): Value {
    const name = `whole ${values.join(" ")}`;
    if (!this.constants.has(name)) this.fields.push(this.kept(name, wholeNumbers(name, values)));
    return name;
  }

  private kept(name: string, field: Field): Field {
    this.constants.add(name);
    return field;
  }
}

/**
 * One step of training as an inference graph: forward pass, both gradients of every convolution as convolutions,
 * batch norm from elementary operations, cross-entropy, and the update with momentum. Images are [batch, channels,
 * side, side]. Inputs are "images", "wanted" (one-hot labels) and every parameter with its moment; outputs are "loss"
 * and the updated parameters and moments.
 */
export function trainingGraph(workload: SupervisedWorkload): TrainingGraph {
  const { batch, size, channels, classes, network } = workload;
  const nodes = new Nodes();
  const add = nodes.add.bind(nodes);
  const parameters: Parameter[] = [];
  const gradients = new Map<string, Value>();
  const parameter = (name: string, ...shape: number[]): Value => {
    parameters.push({ name, shape });
    return name;
  };
  const known = new Map(layersOf(workload).map(({ name, ...layer }) => [name, layer]));
  const sumPixels = (x: Value) => add("ReduceSum", [x, nodes.whole(0, 2, 3)], { keepdims: 1 });
  const meanPixels = (x: Value) => add("ReduceMean", [x], { axes: [0, 2, 3], keepdims: 1 });
  const times = (a: Value, b: Value) => add("Mul", [a, b]);

  function convolution(name: string, x: Value, side: number, isFirst: boolean): Computed {
    const { kernel, stride, from, to } = (known.get(name) as { convolution: Convolution }).convolution;
    const out = Math.ceil(side / stride);
    const p = (kernel - 1) / 2;
    const pads = [p, p, p, p];
    const w = parameter(`${name}/filter`, to, from, kernel, kernel);
    const common = { kernel_shape: [kernel, kernel], strides: [stride, stride], pads };
    const y = add("Conv", [x, w], common);
    const back: Backward = (dy) => {
      // Swaps batch and channels: the pixels of dy are the filter's taps, a stride apart.
      const [xs, dys] = [x, dy].map((each) => add("Transpose", [each], { perm: [1, 0, 2, 3] })) as [
        Value,
        Value,
      ];
      const wide = add("Conv", [xs, dys], { kernel_shape: [out, out], dilations: [stride, stride], pads });
      const cut = add("Slice", [wide, nodes.whole(0, 0), nodes.whole(kernel, kernel), nodes.whole(2, 3)]);
      gradients.set(w, add("Transpose", [cut], { perm: [1, 0, 2, 3] }));
      if (isFirst) return dy;
      if (stride === 1) {
        const turned = add("Transpose", [w], { perm: [1, 0, 2, 3] });
        const far = -1_000;
        const flipped = add("Slice", [
          turned,
          nodes.whole(-1, -1),
          nodes.whole(far, far),
          nodes.whole(2, 3),
          nodes.whole(-1, -1),
        ]);
        return add("Conv", [dy, flipped], common);
      }
      const rest = side - ((out - 1) * stride + kernel - 2 * p);
      return add("ConvTranspose", [dy, w], { ...common, output_padding: [rest, rest] });
    };
    return { y, back };
  }

  function norm(name: string, x: Value, to: number, side: number): Computed {
    const count = nodes.number(1 / (batch * side * side));
    const [gamma, beta] = [parameter(`${name}/gamma`, 1, to, 1, 1), parameter(`${name}/beta`, 1, to, 1, 1)];
    const centered = add("Sub", [x, meanPixels(x)]);
    const variance = meanPixels(times(centered, centered));
    const inverse = add("Reciprocal", [add("Sqrt", [add("Add", [variance, nodes.number(epsilon)])])]);
    const xHat = times(centered, inverse);
    const y = add("Add", [times(xHat, gamma), beta]);
    const back: Backward = (dy) => {
      const [dBeta, dGamma] = [sumPixels(dy), sumPixels(times(dy, xHat))];
      gradients.set(beta, dBeta).set(gamma, dGamma);
      const across = add("Sub", [add("Sub", [dy, times(dBeta, count)]), times(xHat, times(dGamma, count))]);
      return times(across, times(gamma, inverse));
    };
    return { y, back };
  }

  function relu(x: Value): Computed {
    const y = add("Relu", [x]);
    // The output is not negative, so its sign is the mask of ReLU.
    return { y, back: (dy) => times(dy, add("Sign", [y])) };
  }

  function layer(
    name: string,
    x: Value,
    from: number,
    isFirst = false,
  ): Computed & { readonly side: number } {
    const { convolution: plan } = known.get(name) as { convolution: Convolution };
    const side = Math.ceil(from / plan.stride);
    const convolved = convolution(name, x, from, isFirst);
    const normed = norm(name, convolved.y, plan.to, side);
    return { y: normed.y, side, back: (dy) => convolved.back(normed.back(dy)) };
  }

  /** Adds the backward steps in reverse order. */
  const backwards: Backward[] = [];
  const stem = layer("stem", "images", size, true);
  const first = relu(stem.y);
  backwards.push((dy) => stem.back(first.back(dy)));
  let [x, side] = [first.y, size];
  for (const [b, { path, shortcut }] of network.blocks.entries()) {
    const [input, from] = [x, side];
    const steps: Backward[] = [];
    path.forEach((_, c) => {
      const one = layer(`block${b}/conv${c}`, x, side);
      [x, side] = [one.y, one.side];
      steps.push(one.back);
      if (c === path.length - 1) return;
      const active = relu(x);
      x = active.y;
      steps.push(active.back);
    });
    const other = shortcut && layer(`block${b}/shortcut`, input, from);
    const joined = relu(add("Add", [x, other?.y ?? input]));
    x = joined.y;
    backwards.push((dy) => {
      const each = joined.back(dy);
      const main = steps.reduceRight((gradient, undo) => undo(gradient), each);
      return add("Add", [main, other ? other.back(each) : each]);
    });
  }
  const pooled = add("ReduceMean", [x], { axes: [2, 3], keepdims: 0 });
  const weight = parameter("weight", network.features, classes);
  const bias = parameter("bias", classes);
  const logits = add("Add", [add("MatMul", [pooled, weight]), bias]);
  const logQ = add("LogSoftmax", [logits], { axis: -1 });
  const chosen = add("ReduceSum", [times(logQ, "wanted")], { keepdims: 0 });
  nodes.named("Mul", [chosen, nodes.number(-1 / batch)], "loss");
  const dLogits = times(add("Sub", [add("Exp", [logQ]), "wanted"]), nodes.number(1 / batch));
  const turned = (matrix: Value) => add("Transpose", [matrix], { perm: [1, 0] });
  gradients.set(weight, add("MatMul", [turned(pooled), dLogits]));
  gradients.set(bias, add("ReduceSum", [dLogits, nodes.whole(0)], { keepdims: 0 }));
  const dPooled = times(add("MatMul", [dLogits, turned(weight)]), nodes.number(1 / side ** 2));
  // All pixels of an image get the same gradient; the next product broadcasts it.
  const spread = add("Reshape", [dPooled, nodes.whole(batch, network.features, 1, 1)]);
  backwards.reduceRight((dy, undo) => undo(dy), spread);
  for (const { name } of parameters) {
    const { value, moment, nextValue, nextMoment } = ports(name);
    nodes.named("Add", [times(moment, nodes.number(momentum)), gradients.get(name) as Value], nextMoment);
    nodes.named("Sub", [value, times(nextMoment, nodes.number(learningRate))], nextValue);
  }
  const inputs = [
    graphInput("images", [batch, channels, size, size]),
    graphInput("wanted", [batch, classes]),
    ...parameters.flatMap(({ name, shape }) =>
      [ports(name).value, ports(name).moment].map((port) => graphInput(port, shape)),
    ),
  ];
  const outputs = [
    graphOutput("loss", []),
    ...parameters.flatMap(({ name, shape }) =>
      [ports(name).nextValue, ports(name).nextMoment].map((port) => graphOutput(port, shape)),
    ),
  ];
  return { file: onnxFile("a step of training", [...nodes.fields, ...inputs, ...outputs]), parameters };
}

type Convolution = ReturnType<typeof layersOf>[number]["convolution"];
