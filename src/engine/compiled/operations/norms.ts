import type { ModuleWriter } from "../assembler/module-writer";
import type { GraphBuilder } from "../graph/builder";
import {
  baseOf,
  type ComputeOperand,
  type LoweringContext,
  plainAccess,
  type Quantity,
} from "../graph/quantity";
import {
  backwardCoefficients,
  backwardKinds,
  coefficientCount,
  forwardCoefficients,
  forwardKinds,
} from "../kernels/norm-coefficients";
import { lanes } from "../layout";
import type { Term } from "../loops/expression";
import { own as ownPart, whole } from "../schedule/task";
import { type Build, type Inputs, input, type Operations, plain, Uncompilable } from "./operation";

interface NormShape {
  readonly groups: number;
  readonly rows: number;
  readonly channels: number;
  readonly epsilon: number;
  readonly relu: boolean;
}

/** The coefficients of a forward pass, found again by the mean that it gave. */
const coefficientsOf = new WeakMap<Quantity, Quantity>();

const [scale, shift, mean] = [0, 1, 2];

/** A quantity read as it is, and coefficients by channel. */
const all = (x: Quantity): ComputeOperand => ({ quantity: baseOf(x), access: plainAccess(x.shape) });
const channels = (coefficients: Quantity, kind: number): ComputeOperand => ({
  quantity: coefficients,
  access: { channels: kind },
});

const operand = (place: number): Term => ({ kind: "operand", operand: place });
const combine = (name: "add" | "subtract" | "multiply" | "gate", left: number, right: number): Term => ({
  kind: "binary",
  function: name,
  left,
  right,
});

function imagesOf(b: GraphBuilder, inputs: Inputs, name: string): Quantity {
  const x = plain(b, input(inputs, name));
  if (x.shape.length !== 4 && x.shape.length !== 2)
    throw new Uncompilable("A batch norm of neither images nor rows.");
  return x;
}

/** Σx and Σx²: taken by the convolution that makes x, or in a loop of their own. */
function sumsOf(b: GraphBuilder, x: Quantity, groups: number): Quantity {
  const base = baseOf(x);
  if (x === base && base.source.kind === "unit" && base.source.unit.kind === "opaque") {
    const { unit } = base.source;
    if (unit.label === "convolution") return b.sumsOf(unit);
  }
  const terms: Term[] = [operand(0), { kind: "unary", function: "square", of: 0 }];
  return b.computeSums({ shape: x.shape, operands: [all(x)], terms, groups }, [0, 1]);
}

interface Coefficients {
  readonly label: string;
  /** The sums over chunks of rows, which the kernel adds up. */
  readonly sums: Quantity;
  readonly given: readonly Quantity[];
  readonly made: readonly Quantity[];
  readonly kernel: (
    module: ModuleWriter,
    chunked: { readonly chunks: number; readonly chunkBytes: number },
  ) => number;
}

/** Adds the task that computes a norm's coefficients by channel. */
function lowerCoefficients(
  lowering: LoweringContext,
  { label, sums, given, made, kernel }: Coefficients,
): void {
  const { buffer, chunks, bytes, offset } = lowering.sumsOf(sums);
  const read = given.map((quantity) => lowering.flat(quantity));
  const out = made.map((quantity) => lowering.defineFlat(quantity, label));
  lowering.add({
    label: `${label} coefficients`,
    split: { kind: "each" },
    reads: [buffer, ...read].map(whole),
    writes: out.map(ownPart),
    emit: ({ module, f, address }) => {
      address(buffer, offset);
      for (const each of [...read, ...out]) address(each);
      f.call(kernel(module, { chunks, chunkBytes: bytes }));
    },
  });
}

const forward: Build = (b, inputs, attributes) => {
  const shape = attributes as unknown as NormShape;
  const x = imagesOf(b, inputs, "x");
  const { groups } = shape;
  const [gamma, beta] = ["gamma", "beta"].map((name) => baseOf(plain(b, input(inputs, name)))) as [
    Quantity,
    Quantity,
  ];
  const sums = sumsOf(b, x, groups);
  const statistics = [groups, shape.channels];
  const made = b.opaque({
    label: "norm",
    inputs: [sums, gamma, beta],
    shapes: [[forwardKinds.length, coefficientCount(shape)], statistics, statistics],
    lower: (lowering) =>
      lowerCoefficients(lowering, {
        label: "norm",
        sums,
        given: [gamma, beta],
        made,
        kernel: (module, chunked) => forwardCoefficients(module, { ...shape, ...chunked }),
      }),
  });
  const [coefficients, means, variances] = made as [Quantity, Quantity, Quantity];
  coefficientsOf.set(means, coefficients);
  return [
    normalised(b, x, shape, [channels(coefficients, scale), channels(coefficients, shift)]),
    means,
    variances,
  ];
};

function normalised(
  b: GraphBuilder,
  x: Quantity,
  { groups, relu }: NormShape,
  given: readonly ComputeOperand[],
): Quantity {
  const terms: Term[] = [operand(0), operand(1), operand(2), combine("multiply", 0, 1), combine("add", 3, 2)];
  if (relu) terms.push({ kind: "unary", function: "relu", of: 4 });
  return b.computeUnit({ shape: x.shape, operands: [all(x), ...given], terms, groups });
}

const gradient: Build = (b, inputs, attributes) => {
  const shape = attributes as unknown as NormShape;
  const { groups, relu } = shape;
  const [x, dy] = [imagesOf(b, inputs, "x"), imagesOf(b, inputs, "dy")];
  const gamma = baseOf(plain(b, input(inputs, "gamma")));
  const coefficients = coefficientsOf.get(input(inputs, "mean"));
  if (!coefficients)
    throw new Uncompilable("A gradient of a batch norm whose forward pass is no part of the step.");
  const same = dy.shape.length === x.shape.length ? dy : b.reshape(dy, x.shape);
  /** The gradient where the ReLU let x through. */
  const gated = (place: number): Term[] =>
    relu
      ? [
          operand(place),
          operand(place + 1),
          combine("multiply", 0, 2),
          combine("add", 4, 3),
          combine("gate", 1, 5),
        ]
      : [];
  const gate = relu ? [channels(coefficients, scale), channels(coefficients, shift)] : [];
  const sums = b.computeSums(
    {
      groups,
      shape: x.shape,
      operands: [all(x), all(same), ...gate, channels(coefficients, mean)],
      terms: [
        operand(0),
        operand(1),
        ...gated(2),
        operand(relu ? 4 : 2),
        combine("subtract", 0, relu ? 7 : 2),
        combine("multiply", relu ? 6 : 1, relu ? 8 : 3),
      ],
    },
    relu ? [6, 9] : [1, 4],
  );
  const perChannel = [shape.channels];
  const made = b.opaque({
    label: "norm gradient",
    inputs: [sums, gamma, coefficients],
    shapes: [[backwardKinds.length, coefficientCount(shape)], perChannel, perChannel],
    lower: (lowering) =>
      lowerCoefficients(lowering, {
        label: "norm gradient",
        sums,
        given: [gamma, coefficients],
        made,
        kernel: (module, chunked) => backwardCoefficients(module, { ...shape, ...chunked }),
      }),
  });
  const [backward, dGamma, dBeta] = made as [Quantity, Quantity, Quantity];
  const [ofGradient, ofInput, constant] = backwardKinds.map((_, kind) => channels(backward, kind)) as [
    ComputeOperand,
    ComputeOperand,
    ComputeOperand,
  ];
  // The operands that follow those of the gate, and their terms.
  const own = relu ? 4 : 2;
  const at = relu ? 7 : 2;
  const dx = b.computeUnit({
    groups,
    shape: x.shape,
    operands: [all(x), all(same), ...gate, ofGradient, ofInput, constant, channels(coefficients, mean)],
    terms: [
      operand(0),
      operand(1),
      ...gated(2),
      ...[0, 1, 2, 3].map((place) => operand(own + place)),
      combine("subtract", 0, at + 3),
      combine("multiply", at + 4, at + 1),
      combine("add", at + 5, at + 2),
      combine("multiply", relu ? 6 : 1, at),
      combine("add", at + 7, at + 6),
    ],
  });
  return [dx, dGamma, dBeta];
};

/** With given statistics: y = scale · x + shift, both found first. */
const evaluation: Build = (b, inputs, attributes) => {
  const shape = attributes as unknown as NormShape;
  const x = imagesOf(b, inputs, "x");
  const [gamma, beta, average, variance] = ["gamma", "beta", "mean", "variance"].map((name) =>
    input(inputs, name),
  ) as [Quantity, Quantity, Quantity, Quantity];
  const inverse = b.unary("inverseRoot", b.binary("add", variance, b.constant(shape.epsilon)));
  const slope = b.binary("multiply", gamma, inverse);
  const offset = b.binary("subtract", beta, b.binary("multiply", average, slope));
  const given = [slope, offset].map((each) => channels(padded(b, each), 0));
  return [normalised(b, x, { ...shape, groups: 1 }, given)];
};

/** Zeros for the lanes beyond the last channel. */
function padded(b: GraphBuilder, x: Quantity): Quantity {
  const count = x.shape[0] as number;
  const wanted = Math.ceil(count / lanes) * lanes;
  if (wanted === count) return baseOf(plain(b, x));
  const given = baseOf(plain(b, x));
  const [made] = b.opaque({
    label: "channels",
    inputs: [given],
    shapes: [[wanted]],
    lower: (lowering) => {
      const [from, to] = [lowering.flat(given), lowering.defineFlat(made as Quantity, "channels")];
      lowering.add({
        label: "channels",
        split: { kind: "each" },
        reads: [whole(from)],
        writes: [ownPart(to)],
        emit: ({ f, address }) => {
          address(to, 4 * count);
          f.i32(0)
            .i32(4 * (wanted - count))
            .fillMemory();
          address(to);
          address(from);
          f.i32(4 * count).copyMemory();
        },
      });
    },
  });
  return made as Quantity;
}

export const norms: Operations = {
  RetortBatchNorm: forward,
  RetortBatchNormGradient: gradient,
  RetortBatchNormEvaluation: evaluation,
};
