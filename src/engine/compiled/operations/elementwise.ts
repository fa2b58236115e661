import type { GraphBuilder } from "../graph/builder";
import type { Quantity } from "../graph/quantity";
import type { Binary, Unary } from "../loops/expression";
import { type Attributes, type Build, input, type Operations, Uncompilable } from "./operation";

const unary =
  (name: Unary, of = "x"): Build =>
  (b, inputs) => [b.unary(name, input(inputs, of))];

const binary =
  (name: Binary, [left, right]: readonly [string, string] = ["a", "b"]): Build =>
  (b, inputs) => {
    const [x, y] = [input(inputs, left), input(inputs, right)];
    return [b.binary(name, x, y, x.integer && y.integer && name !== "divide")];
  };

/** 1 where a condition is 0, and the other way round. */
const not =
  (condition: Build): Build =>
  (b, inputs, attributes) =>
    condition(b, inputs, attributes).map((x) => b.binary("subtract", b.constant(1), x));

/** Powers that are made of other operations: xⁿ for the few exponents that steps use. */
const pow: Build = (b, inputs) => {
  const [base, exponent] = [input(inputs, "a"), input(inputs, "b")];
  if (exponent.source.kind !== "constant") throw new Uncompilable("A power whose exponent changes.");
  switch (exponent.source.value) {
    case 1:
      return [base];
    case 2:
      return [b.unary("square", base)];
    case 3:
      return [b.binary("multiply", b.unary("square", base), base)];
    case 1.5:
      return [b.binary("multiply", b.unary("root", base), base)];
    case 0.25:
      return [b.unary("root", b.unary("root", base))];
    case -0.25:
      return [b.unary("inverseRoot", b.unary("root", base))];
    case 0.5:
      return [b.unary("root", base)];
    case -0.5:
      return [b.unary("inverseRoot", base)];
    case -1:
      return [b.binary("divide", b.constant(1), base)];
    case -1.5:
      return [b.binary("divide", b.unary("inverseRoot", base), base)];
    default:
      throw new Uncompilable(`A power of ${exponent.source.value}.`);
  }
};

/** Abramowitz and Stegun 1964, 7.1.26, as tfjs computes it. */
const erf: Build = (b, inputs) => {
  const x = input(inputs, "x");
  const size = b.unary("absolute", x);
  const number = (value: number) => b.constant(value);
  const t = b.binary(
    "divide",
    number(1),
    b.binary("add", number(1), b.binary("multiply", number(0.3275911), size)),
  );
  const polynomial = [-1.453152027, 1.421413741, -0.284496736, 0.254829592].reduce<Quantity>(
    (sum, coefficient) => b.binary("add", b.binary("multiply", sum, t), number(coefficient)),
    number(1.061405429),
  );
  const fading = b.unary("exponential", b.unary("negative", b.unary("square", x)));
  const rest = b.binary("multiply", b.binary("multiply", polynomial, t), fading);
  const sign = b.binary("subtract", b.unary("positive", x), b.unary("positive", b.unary("negative", x)));
  return [b.binary("multiply", sign, b.binary("subtract", number(1), rest))];
};

const cast: Build = (b, inputs, { dtype }) => {
  const x = input(inputs, "x");
  if (dtype === "bool") return [b.binary("subtract", b.constant(1), b.binary("equal", x, b.constant(0)))];
  const integer = dtype === "int32";
  if (x.source.kind === "constant")
    return [b.constant(integer ? Math.trunc(x.source.value) : x.source.value, x.shape, integer)];
  return [integer === x.integer ? x : b.unary("copy", x, integer)];
};

const step: Build = (b, inputs, { alpha = 0 }) => {
  const positive = b.unary("positive", input(inputs, "x"));
  if (alpha === 0) return [positive];
  const rest = b.binary("multiply", b.binary("subtract", b.constant(1), positive), b.constant(Number(alpha)));
  return [b.binary("add", positive, rest)];
};

const select: Build = (b, inputs) => {
  const [condition, yes, no] = [input(inputs, "condition"), input(inputs, "t"), input(inputs, "e")];
  if (condition.shape.length !== yes.shape.length) throw new Uncompilable("A choice of whole rows.");
  return [b.choice(condition, yes, no)];
};

const filled =
  (value: (attributes: Attributes) => number): Build =>
  (b, inputs, attributes) => {
    const { x } = inputs;
    const shape = x && "source" in x ? x.shape : (attributes["shape"] as number[]);
    const integer = x && "source" in x ? x.integer : attributes["dtype"] === "int32";
    return [b.constant(value(attributes), shape, integer)];
  };

/** x where it is not below 0, else α x. */
const prelu: Build = (b, inputs) => {
  const [x, alpha] = [input(inputs, "x"), input(inputs, "alpha")];
  return [b.choice(b.binary("less", x, b.constant(0)), b.binary("multiply", x, alpha), x)];
};

/** Numbers that count up. */
const range: Build = (b, _, { start, stop, step: by, dtype }) => {
  const [first, last, each] = [start, stop, by ?? 1].map(Number) as [number, number, number];
  const count = Math.max(0, Math.ceil((last - first) / each));
  return [
    b.compute(
      [count],
      [b.constant(each), b.constant(first)],
      [
        { kind: "place" },
        { kind: "binary", function: "multiply", left: 2, right: 0 },
        { kind: "binary", function: "add", left: 3, right: 1 },
      ],
      dtype === "int32",
    ),
  ];
};

/** 1 where a row's number is the column, else 0. */
export function oneHot(b: GraphBuilder, indices: Quantity, depth: number): Quantity {
  const column = b.reshape(indices, [...indices.shape, 1]);
  return b.compute(
    [...indices.shape, depth],
    [column],
    [{ kind: "place" }, { kind: "binary", function: "equal", left: 0, right: 1 }],
  );
}

const hot: Build = (b, inputs, { depth, dtype, onValue = 1, offValue = 0 }) => {
  if (onValue !== 1 || offValue !== 0) throw new Uncompilable("One-hot numbers other than 1 and 0.");
  const made = oneHot(b, input(inputs, "indices"), Number(depth));
  return [dtype === "int32" ? b.unary("copy", made, true) : made];
};

export const elementwise: Operations = {
  Add: binary("add"),
  Sub: binary("subtract"),
  Multiply: binary("multiply"),
  RealDiv: binary("divide"),
  Maximum: binary("maximum"),
  Minimum: binary("minimum"),
  Less: binary("less"),
  LessEqual: not(binary("greater")),
  GreaterEqual: not(binary("less")),
  NotEqual: not(binary("equal")),
  Greater: binary("greater"),
  Equal: binary("equal"),
  LogicalNot: not(unary("copy")),
  LogicalAnd: binary("multiply"),
  Mod: binary("modulo"),
  Pow: pow,
  Neg: unary("negative"),
  Abs: unary("absolute"),
  Square: unary("square"),
  Sqrt: unary("root"),
  Rsqrt: unary("inverseRoot"),
  Exp: unary("exponential"),
  Log: unary("logarithm"),
  Relu: unary("relu"),
  Relu6: (b, inputs) => [b.binary("minimum", b.unary("relu", input(inputs, "x")), b.constant(6))],
  ClipByValue: (b, inputs, { clipValueMin, clipValueMax }) => {
    const low = b.binary("maximum", input(inputs, "x"), b.constant(Number(clipValueMin)));
    return [b.binary("minimum", low, b.constant(Number(clipValueMax)))];
  },
  Prelu: prelu,
  Floor: unary("floor"),
  Sigmoid: unary("sigmoid"),
  Softplus: unary("softplus"),
  Erf: erf,
  Step: step,
  Cast: cast,
  Select: select,
  Fill: filled(({ value }) => Number(value)),
  ZerosLike: filled(() => 0),
  OnesLike: filled(() => 1),
  Range: range,
  OneHot: hot,
  RetortAddRelu: (b, inputs) => [b.unary("relu", b.binary("add", input(inputs, "a"), input(inputs, "b")))],
  RetortReluGradient: binary("gate", ["dy", "y"]),
  RetortAddBias: binary("add", ["x", "bias"]),
};
