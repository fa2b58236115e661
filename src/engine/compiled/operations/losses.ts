import type { GraphBuilder } from "../graph/builder";
import { accessOf, type Quantity } from "../graph/quantity";
import type { Binary, Unary } from "../loops/expression";
import { oneHot } from "./elementwise";
import { type Build, input, type Operations, Uncompilable } from "./operation";
import { foldRows } from "./sums";

/** The same least norm, squared, as in `math/similarities.ts`. */
const leastSquare = 1e-24;

/** Equations on rows, written as they read. */
class Equations {
  constructor(readonly b: GraphBuilder) {}

  number(value: number): Quantity {
    return this.b.constant(value);
  }

  of(name: Unary, x: Quantity): Quantity {
    return this.b.unary(name, x);
  }

  two(name: Binary, x: Quantity, y: Quantity): Quantity {
    return this.b.binary(name, x, y);
  }

  times(...factors: readonly Quantity[]): Quantity {
    return factors.reduce((product, factor) => this.two("multiply", product, factor));
  }

  minus(x: Quantity, y: Quantity): Quantity {
    return this.two("subtract", x, y);
  }

  exp(x: Quantity): Quantity {
    return this.of("exponential", x);
  }

  inverse(x: Quantity): Quantity {
    return this.two("divide", this.number(1), x);
  }

  /** Σ over each row. */
  sum(x: Quantity): Quantity {
    return foldRows(this.b, x, "sum");
  }

  /** A number for each row, to be used at all its columns. */
  eachRow(x: Quantity): Quantity {
    return this.b.reshape(x, [x.shape[0] as number, 1]);
  }

  column(x: Quantity, place: number): Quantity {
    const [rows = 0] = x.shape;
    const { strides, offset } = accessOf(x);
    return this.b.view(x, [rows], { strides: [strides[0] as number], offset: offset + place });
  }

  /** log Σ exp over each row, without overflow. */
  logSumExp(x: Quantity): Quantity {
    const most = foldRows(this.b, x, "maximum");
    const total = this.sum(this.exp(this.minus(x, this.eachRow(most))));
    return this.two("add", most, this.of("logarithm", total));
  }

  /** Columns side by side: [rows] each → [rows, columns]. */
  stack(columns: readonly Quantity[]): Quantity {
    const [first] = columns as readonly [Quantity];
    const shape = [first.shape[0] as number, columns.length];
    const terms = columns.map((_, i) => i);
    // The place along a row chooses among them.
    const place = columns.length;
    const list: Parameters<GraphBuilder["compute"]>[2][number][] = [{ kind: "place" }];
    let chosen = terms[columns.length - 1] as number;
    for (let i = columns.length - 2; i >= 0; i--) {
      list.push({ kind: "constant", value: i });
      list.push({ kind: "binary", function: "equal", left: place, right: columns.length + list.length - 1 });
      list.push({ kind: "choice", condition: columns.length + list.length - 1, yes: i, no: chosen });
      chosen = columns.length + list.length - 1;
    }
    return this.b.compute(
      shape,
      columns.map((column) => this.eachRow(column)),
      list,
    );
  }
}

const crossEntropy: Build = (b, inputs) => {
  const e = new Equations(b);
  const [logits, labels] = [input(inputs, "logits"), input(inputs, "labels")];
  const scaled = e.times(logits, e.inverse(input(inputs, "temperature")));
  const total = e.logSumExp(scaled);
  const chosen = e.sum(e.times(oneHot(b, labels, logits.shape[1] as number), scaled));
  return [e.minus(total, chosen), total];
};

/** (softmax − one-hot) / τ · dy. */
const crossEntropyGradient: Build = (b, inputs) => {
  const e = new Equations(b);
  const [logits, labels, totals] = [
    input(inputs, "logits"),
    input(inputs, "labels"),
    input(inputs, "totals"),
  ];
  const inverse = e.inverse(input(inputs, "temperature"));
  const q = e.exp(e.minus(e.times(logits, inverse), e.eachRow(totals)));
  const wrong = e.minus(q, oneHot(b, labels, logits.shape[1] as number));
  return [e.times(wrong, inverse, e.eachRow(input(inputs, "dy")))];
};

const softTargets: Build = (b, inputs, { kind }) => {
  const e = new Equations(b);
  const scaled = (["teacher", "student"] as const).map((name) =>
    e.times(input(inputs, name), e.inverse(input(inputs, `${name}Temperature`))),
  ) as [Quantity, Quantity];
  const totals = scaled.map((x) => e.logSumExp(x)) as [Quantity, Quantity];
  const [logP, logQ] = scaled.map((x, i) => e.minus(x, e.eachRow(totals[i] as Quantity))) as [
    Quantity,
    Quantity,
  ];
  const cost = kind === "divergence" ? e.minus(logP, logQ) : e.of("negative", logQ);
  return [e.sum(e.times(e.exp(logP), cost)), e.stack(totals)];
};

/** (q − p) / τ · dy. */
const softTargetsGradient: Build = (b, inputs) => {
  const e = new Equations(b);
  const totals = input(inputs, "totals");
  const [p, q] = (["teacher", "student"] as const).map((name, i) => {
    const scaled = e.times(input(inputs, name), e.inverse(input(inputs, `${name}Temperature`)));
    return e.exp(e.minus(scaled, e.eachRow(e.column(totals, i))));
  }) as [Quantity, Quantity];
  const inverse = e.inverse(input(inputs, "studentTemperature"));
  return [e.times(e.minus(q, p), inverse, e.eachRow(input(inputs, "dy")))];
};

const logSoftmax: Build = (b, inputs) => {
  const e = new Equations(b);
  const scaled = e.times(input(inputs, "x"), e.inverse(input(inputs, "temperature")));
  return [e.minus(scaled, e.eachRow(e.logSumExp(scaled)))];
};

/** (dy − softmax · Σ dy) / τ. */
const logSoftmaxGradient: Build = (b, inputs) => {
  const e = new Equations(b);
  const [dy, y] = [input(inputs, "dy"), input(inputs, "y")];
  const across = e.minus(dy, e.times(e.exp(y), e.eachRow(e.sum(dy))));
  return [e.times(across, e.inverse(input(inputs, "temperature")))];
};

/** exp(x − max) / Σ exp(x − max) over the last axis. */
const softmax: Build = (b, inputs, { dim }) => {
  const e = new Equations(b);
  const x = input(inputs, "logits");
  const rank = x.shape.length;
  if (dim !== -1 && dim !== rank - 1) throw new Uncompilable("A softmax over another axis than the last.");
  const each = (rows: Quantity) => b.reshape(rows, [...x.shape.slice(0, -1), 1]);
  const powers = e.exp(e.minus(x, each(foldRows(b, x, "maximum"))));
  return [e.two("divide", powers, each(e.sum(powers)))];
};

/** 2 − 2 cos, and what its gradient needs: 1/‖p‖, 1/‖t‖, and cos, zero where ‖p‖ is too small to change. */
const distance: Build = (b, inputs) => {
  const e = new Equations(b);
  const [p, t] = [input(inputs, "prediction"), input(inputs, "goal")];
  const [pp, tt, pt] = [e.sum(e.of("square", p)), e.sum(e.of("square", t)), e.sum(e.times(p, t))];
  const least = e.number(leastSquare);
  const [ofP, ofT] = [pp, tt].map((square) => e.of("inverseRoot", e.two("maximum", square, least))) as [
    Quantity,
    Quantity,
  ];
  const cosine = e.times(pt, ofP, ofT);
  const changing = e.times(cosine, e.two("greater", pp, least));
  return [e.minus(e.number(2), e.times(e.number(2), cosine)), e.stack([ofP, ofT, changing])];
};

/** −2/‖p‖ · (t/‖t‖ − cos · p/‖p‖) · dy. */
const distanceGradient: Build = (b, inputs) => {
  const e = new Equations(b);
  const saved = input(inputs, "saved");
  const [ofP, ofT, cosine] = [0, 1, 2].map((place) => e.eachRow(e.column(saved, place))) as [
    Quantity,
    Quantity,
    Quantity,
  ];
  const along = e.times(cosine, ofP, input(inputs, "prediction"));
  const across = e.minus(e.times(ofT, input(inputs, "goal")), along);
  return [e.times(e.number(-2), e.eachRow(input(inputs, "dy")), ofP, across)];
};

/** x / ‖x‖, and 1/‖x‖, negative where the row was too short to be divided by its length. */
const unitRows: Build = (b, inputs) => {
  const e = new Equations(b);
  const x = input(inputs, "x");
  const square = e.sum(e.of("square", x));
  const least = e.number(leastSquare);
  const inverse = e.of("inverseRoot", e.two("maximum", square, least));
  const signed = b.choice(e.two("greater", square, least), inverse, e.of("negative", inverse));
  return [e.times(x, e.eachRow(inverse)), signed];
};

/** (dy − y ⟨y, dy⟩) / ‖x‖. */
const unitRowsGradient: Build = (b, inputs) => {
  const e = new Equations(b);
  const [dy, y, inverses] = [input(inputs, "dy"), input(inputs, "y"), input(inputs, "inverses")];
  const along = e.times(e.sum(e.times(dy, y)), e.of("positive", inverses));
  return [e.times(e.minus(dy, e.times(y, e.eachRow(along))), e.eachRow(e.of("absolute", inverses)))];
};

export const losses: Operations = {
  RetortSoftmaxCrossEntropy: crossEntropy,
  RetortSoftmaxCrossEntropyGradient: crossEntropyGradient,
  RetortSoftTargetLoss: softTargets,
  RetortSoftTargetLossGradient: softTargetsGradient,
  Softmax: softmax,
  RetortLogSoftmax: logSoftmax,
  RetortLogSoftmaxGradient: logSoftmaxGradient,
  RetortRegressionDistance: distance,
  RetortRegressionDistanceGradient: distanceGradient,
  RetortUnitRows: unitRows,
  RetortUnitRowsGradient: unitRowsGradient,
};
