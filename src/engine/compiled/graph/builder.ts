import type { Binary, Term, Terms, Unary } from "../loops/expression";
import {
  type Access,
  accessOf,
  baseOf,
  type Compute,
  type ComputeOperand,
  isPlain,
  type Opaque,
  plainAccess,
  type Quantity,
  reshaped,
  type Source,
  sizeOf,
} from "./quantity";

/** What an opaque unit is made of; its outputs are given by their shapes. */
export interface OpaqueParts extends Pick<Opaque, "label" | "inputs" | "lower"> {
  readonly shapes: readonly (readonly number[])[];
  readonly integer?: boolean;
  readonly makesImages?: boolean;
  readonly borders?: Opaque["borders"];
}

/** Builds the graph of a step, operation after operation. */
export class GraphBuilder {
  private made = 0;
  private units = 0;
  private readonly constants = new Map<string, Quantity>();

  resident(place: number, shape: readonly number[], integer: boolean): Quantity {
    return this.quantity(shape, integer, { kind: "resident", place });
  }

  constant(value: number, shape: readonly number[] = [], integer = false): Quantity {
    const key = `${value} ${shape} ${integer}`;
    const known = this.constants.get(key);
    if (known) return known;
    const made = this.quantity(shape, integer, { kind: "constant", value });
    this.constants.set(key, made);
    return made;
  }

  view(of: Quantity, shape: readonly number[], access: Access): Quantity {
    return this.quantity(shape, of.integer, { kind: "view", of: baseOf(of), ...access });
  }

  /** The same numbers under another shape of the same size. */
  reshape(x: Quantity, shape: readonly number[]): Quantity {
    if (x.shape.length === shape.length && x.shape.every((length, axis) => length === shape[axis])) return x;
    const { source } = x;
    if (source.kind === "constant") return this.constant(source.value, shape, x.integer);
    if (source.kind === "unit" && source.unit.kind === "compute" && source.unit.terms.length <= 3) {
      const again = this.recomputed(source.unit, x, shape);
      if (again) return again;
    }
    const access = reshaped(x.shape, accessOf(x), shape);
    if (access) return this.view(x, shape, access);
    return this.view(this.unary("copy", x), shape, plainAccess(shape));
  }

  unary(name: Unary, x: Quantity, integer = false): Quantity {
    return this.compute(x.shape, [x], [{ kind: "unary", function: name, of: 0 }], integer);
  }

  /** Either side is repeated along axes in which it has one place, as tfjs does. */
  binary(name: Binary, a: Quantity, b: Quantity, integer = false): Quantity {
    const shape = broadcastShape(a.shape, b.shape);
    return this.compute(shape, [a, b], [{ kind: "binary", function: name, left: 0, right: 1 }], integer);
  }

  choice(condition: Quantity, yes: Quantity, no: Quantity): Quantity {
    const shape = broadcastShape(condition.shape, broadcastShape(yes.shape, no.shape));
    return this.compute(shape, [condition, yes, no], [{ kind: "choice", condition: 0, yes: 1, no: 2 }]);
  }

  /** Terms over quantities, which come first among them in their order. The result is the last term. */
  compute(shape: readonly number[], inputs: readonly Quantity[], terms: Terms, integer = false): Quantity {
    const operands: ComputeOperand[] = [];
    const leading = inputs.map((input): Term => {
      if (input.source.kind === "constant") return { kind: "constant", value: input.source.value };
      const access = broadcastAccess(input.shape, accessOf(input), shape);
      operands.push({ quantity: baseOf(input), access });
      return { kind: "operand", operand: operands.length - 1 };
    });
    return this.computeUnit({ shape, operands, terms: [...leading, ...terms] }, integer);
  }

  computeUnit(parts: Omit<Compute, "kind" | "id" | "output">, integer = false): Quantity {
    const unit: Compute = { kind: "compute", id: this.units++, ...parts };
    unit.output = this.quantity(parts.shape, integer, { kind: "unit", unit });
    return unit.output;
  }

  /** Sums of terms for each channel: a quantity of its own, which only {@link opaque} units read. */
  computeSums(
    parts: Pick<Compute, "shape" | "operands" | "terms"> & { readonly groups: number },
    terms: readonly number[],
  ): Quantity {
    const sums: NonNullable<Compute["sums"]> = { terms };
    const unit: Compute = { kind: "compute", id: this.units++, ...parts, sums };
    sums.quantity = this.quantity([], false, { kind: "unit", unit });
    return sums.quantity;
  }

  opaque({
    label,
    inputs,
    lower,
    shapes,
    integer = false,
    makesImages = false,
    borders = [],
  }: OpaqueParts): Quantity[] {
    const unit: Opaque = {
      kind: "opaque",
      id: this.units++,
      label,
      inputs,
      outputs: [],
      makesImages,
      borders,
      lower,
    };
    for (const shape of shapes) unit.outputs.push(this.quantity(shape, integer, { kind: "unit", unit }));
    return unit.outputs;
  }

  /** Σ and Σ² of a unit's only output, which it takes as it goes. */
  sumsOf(unit: Opaque): Quantity {
    unit.sums ??= this.quantity([], false, { kind: "unit", unit });
    return unit.sums;
  }

  /** A few cheap terms over numbers that are repeated can as well be taken under the new shape. */
  private recomputed(unit: Compute, x: Quantity, shape: readonly number[]): Quantity | undefined {
    if (unit.groups !== undefined || unit.sums || unit.terms.some(({ kind }) => kind === "place"))
      return undefined;
    const isRepeated = unit.operands.some(
      ({ access }) => "strides" in access && !isPlain(unit.shape, access) && sizeOf(unit.shape) > 1,
    );
    if (!isRepeated) return undefined;
    const operands: ComputeOperand[] = [];
    for (const { quantity, access } of unit.operands) {
      const moved = "strides" in access ? reshaped(unit.shape, access, shape) : undefined;
      if (!moved) return undefined;
      operands.push({ quantity, access: moved });
    }
    return this.computeUnit({ shape, operands, terms: unit.terms }, x.integer);
  }

  private quantity(shape: readonly number[], integer: boolean, source: Source): Quantity {
    return { id: this.made++, shape: [...shape], integer, source };
  }
}

/** @throws RangeError when the shapes do not fit */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (x !== y && x !== 1 && y !== 1) throw new RangeError(`[${a}] and [${b}] do not fit.`);
    return x === 1 ? y : x;
  });
}

/** Strides of 0 along axes in which there is one place only, or none at all. */
function broadcastAccess(
  shape: readonly number[],
  { strides, offset }: Access,
  to: readonly number[],
): Access {
  const missing = to.length - shape.length;
  return {
    offset,
    strides: to.map((length, axis) => {
      const own = axis - missing;
      if (own < 0 || (shape[own] === 1 && length !== 1)) return 0;
      return strides[own] as number;
    }),
  };
}
