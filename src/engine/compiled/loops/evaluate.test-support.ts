import type { Terms } from "./expression";

/** What terms are at one place, in float64: what loops are compared with. */
export function evaluate(terms: Terms, operand: (index: number) => number, place: number): number[] {
  const values: number[] = [];
  const value = (i: number) => values[i] as number;
  for (const term of terms) {
    switch (term.kind) {
      case "operand":
        values.push(operand(term.operand));
        break;
      case "constant":
        values.push(term.value);
        break;
      case "place":
        values.push(place);
        break;
      case "unary":
        values.push(unaryOf[term.function](value(term.of)));
        break;
      case "binary":
        values.push(binaryOf[term.function](value(term.left), value(term.right)));
        break;
      case "choice":
        values.push(value(term.condition) !== 0 ? value(term.yes) : value(term.no));
        break;
      default:
        term satisfies never;
    }
  }
  return values;
}

type Unary = Extract<Terms[number], { kind: "unary" }>["function"];
type Binary = Extract<Terms[number], { kind: "binary" }>["function"];

export const unaryOf: Readonly<Record<Unary, (x: number) => number>> = {
  copy: (x) => x,
  negative: (x) => -x,
  absolute: Math.abs,
  square: (x) => x * x,
  root: Math.sqrt,
  inverseRoot: (x) => 1 / Math.sqrt(x),
  exponential: Math.exp,
  logarithm: Math.log,
  relu: (x) => (x < 0 ? 0 : x),
  positive: (x) => (x > 0 ? 1 : 0),
  floor: Math.floor,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

export const binaryOf: Readonly<Record<Binary, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  minimum: Math.min,
  maximum: Math.max,
  less: (a, b) => (a < b ? 1 : 0),
  greater: (a, b) => (a > b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
  gate: (a, b) => (b > 0 ? a : 0),
  modulo: (a, b) => a - b * Math.floor(a / b),
};
