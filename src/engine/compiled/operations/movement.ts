import type { GraphBuilder } from "../graph/builder";
import { type Access, accessOf, baseOf, type Quantity, rowMajor, sizeOf } from "../graph/quantity";
import { gatherKernel } from "../kernels/reductions";
import { collapsed, type FlatLoop, flatLoopKernel, itemsOf } from "../loops/flat-loop";
import { whole } from "../schedule/task";
import { type Build, input, inputList, type Operations, plain, Uncompilable } from "./operation";

const axisOf = (axis: unknown, rank: number): number =>
  Number(axis) < 0 ? Number(axis) + rank : Number(axis);

/** A part of x, from `begin` on. */
function part(b: GraphBuilder, x: Quantity, begin: readonly number[], size: readonly number[]): Quantity {
  if (x.source.kind === "constant") return b.constant(x.source.value, size, x.integer);
  const { strides, offset } = accessOf(x);
  const moved = begin.reduce((sum, at, axis) => sum + at * (strides[axis] as number), offset);
  return b.view(x, size, { strides, offset: moved });
}

const slice: Build = (b, inputs, { begin, size }) => {
  const x = input(inputs, "x");
  // tfjs also takes a number, which is that of the first axis.
  const [begins, sizes] = [begin, size].map((given) => [given].flat() as number[]) as [number[], number[]];
  const at = x.shape.map((_, axis) => begins[axis] ?? 0);
  const lengths = x.shape.map((length, axis) => {
    const wanted = sizes[axis] ?? -1;
    return wanted < 0 ? length - (at[axis] as number) : wanted;
  });
  return [part(b, x, at, lengths)];
};

const split: Build = (b, inputs, { numOrSizeSplits, axis: given }) => {
  const x = input(inputs, "x");
  const axis = axisOf(given, x.shape.length);
  const length = x.shape[axis] as number;
  const sizes = Array.isArray(numOrSizeSplits)
    ? (numOrSizeSplits as number[])
    : Array.from({ length: Number(numOrSizeSplits) }, () => length / Number(numOrSizeSplits));
  let from = 0;
  return sizes.map((size) => {
    const begin = x.shape.map((_, i) => (i === axis ? from : 0));
    from += size;
    return part(
      b,
      x,
      begin,
      x.shape.map((whole, i) => (i === axis ? size : whole)),
    );
  });
};

const unpack: Build = (b, inputs, { axis: given }) => {
  const x = input(inputs, "value");
  const axis = axisOf(given ?? 0, x.shape.length);
  const parts = split(b, { x }, { numOrSizeSplits: x.shape[axis] as number, axis });
  return parts.map((each) => b.reshape(each, [...x.shape.slice(0, axis), ...x.shape.slice(axis + 1)]));
};

const transpose: Build = (b, inputs, { perm }) => {
  const x = input(inputs, "x");
  const order = perm as number[];
  const shape = order.map((axis) => x.shape[axis] as number);
  if (x.source.kind === "constant") return [b.constant(x.source.value, shape, x.integer)];
  const { strides, offset } = accessOf(x);
  return [b.view(x, shape, { strides: order.map((axis) => strides[axis] as number), offset })];
};

/** x again and again along some axes. */
const tile: Build = (b, inputs, { reps }) => {
  const x = input(inputs, "x");
  const times = reps as number[];
  const shape = x.shape.map((length, axis) => length * (times[axis] as number));
  if (x.source.kind === "constant") return [b.constant(x.source.value, shape, x.integer)];
  const { strides, offset } = accessOf(x);
  // Each axis as one of repetitions, which cost nothing, and one of places.
  const parted = x.shape.flatMap((length, axis) =>
    times[axis] === 1 ? [length] : [times[axis] as number, length],
  );
  const repeated = x.shape.flatMap((_, axis) =>
    times[axis] === 1 ? [strides[axis] as number] : [0, strides[axis] as number],
  );
  return [b.reshape(b.view(x, parted, { strides: repeated, offset }), shape)];
};

interface Part {
  readonly quantity: Quantity;
  /** Its first number's place in the whole. */
  readonly at: number;
}

/** Parts side by side in one tensor, with a number wherever none lies. */
function assemble(
  b: GraphBuilder,
  shape: readonly number[],
  parts: readonly Part[],
  integer: boolean,
  fill?: number,
): Quantity {
  const strides = rowMajor(shape);
  const solid = parts.map(({ quantity, at }) => ({
    at,
    quantity: quantity.source.kind === "constant" ? b.unary("copy", quantity, integer) : quantity,
  }));
  const [made] = b.opaque({
    label: "assembled",
    inputs: solid.map(({ quantity }) => baseOf(quantity)),
    shapes: [shape],
    integer,
    lower: (lowering) => {
      const out = lowering.defineFlat(made as Quantity, "assembled");
      const add = (axes: readonly number[], from: Quantity | undefined, access: Access, at: number) => {
        if (sizeOf(axes) === 0) return;
        const box = axes.length === 0 ? [1] : axes;
        const target = { strides: axes.length === 0 ? [0] : strides, ...(integer ? { integer } : {}) };
        const source = {
          strides: axes.length === 0 ? [0] : access.strides,
          ...(from?.integer ? { integer: true } : {}),
        };
        const given = from && lowering.flat(from);
        const loop: FlatLoop = collapsed(
          {
            axes: box,
            operands: given ? [source, target] : [target],
            terms: given
              ? [
                  { kind: "operand", operand: 0 },
                  { kind: "unary", function: "copy", of: 0 },
                ]
              : [{ kind: "constant", value: fill ?? 0 }],
            results: [{ term: given ? 1 : 0, operand: given ? 1 : 0 }],
          },
          false,
        );
        lowering.add({
          label: "assemble",
          split: { kind: "items", count: itemsOf(loop) },
          reads: given ? [whole(given)] : [],
          writes: [whole(out)],
          emit: ({ module, f, from: first, to, address }) => {
            if (given) address(given, 4 * access.offset);
            address(out, 4 * at);
            f.get(first).get(to).call(flatLoopKernel(module, loop));
          },
        });
      };
      if (fill !== undefined) add(shape, undefined, { strides, offset: 0 }, 0);
      for (const { quantity, at } of solid) add(quantity.shape, baseOf(quantity), accessOf(quantity), at);
    },
  });
  return made as Quantity;
}

function concatenated(b: GraphBuilder, parts: readonly Quantity[], axis: number): Quantity {
  const [first] = parts;
  if (!first) throw new Uncompilable("Nothing to put together.");
  if (parts.length === 1) return first;
  const shape = first.shape.map((length, i) =>
    i === axis ? parts.reduce((sum, x) => sum + (x.shape[axis] as number), 0) : length,
  );
  const stride = rowMajor(shape)[axis] as number;
  let at = 0;
  const placed = parts.map((quantity): Part => {
    const here = at;
    at += (quantity.shape[axis] as number) * stride;
    return { quantity, at: here };
  });
  return assemble(b, shape, placed, first.integer);
}

const concat: Build = (b, inputs, { axis }) => {
  const parts = inputList(inputs).filter(({ shape }) => sizeOf(shape) > 0);
  return [concatenated(b, parts, axisOf(axis, parts[0]?.shape.length ?? 0))];
};

const pack: Build = (b, inputs, { axis: given }) => {
  const parts = inputList(inputs);
  const axis = axisOf(given ?? 0, (parts[0]?.shape.length ?? 0) + 1);
  const raised = parts.map((x) => b.reshape(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)]));
  return [concatenated(b, raised, axis)];
};

const pad: Build = (b, inputs, { paddings, constantValue = 0 }) => {
  const x = input(inputs, "x");
  const around = paddings as [number, number][];
  const shape = x.shape.map((length, axis) => length + (around[axis]?.[0] ?? 0) + (around[axis]?.[1] ?? 0));
  const at = rowMajor(shape).reduce((sum, stride, axis) => sum + stride * (around[axis]?.[0] ?? 0), 0);
  return [assemble(b, shape, [{ quantity: x, at }], x.integer, Number(constantValue))];
};

/** Rows by their numbers. */
const gather: Build = (b, inputs, { axis = 0, batchDims = 0 }) => {
  const [table, indices] = [plain(b, input(inputs, "x")), plain(b, input(inputs, "indices"))];
  if (axis !== 0 || batchDims !== 0 || !indices.integer)
    throw new Uncompilable("Only whole rows are gathered.");
  const row = table.shape.slice(1);
  const count = sizeOf(indices.shape);
  const [made] = b.opaque({
    label: "gather",
    inputs: [baseOf(table), baseOf(indices)],
    shapes: [[...indices.shape, ...row]],
    integer: table.integer,
    lower: (lowering) => {
      const [from, at] = [lowering.flat(baseOf(table)), lowering.flat(baseOf(indices))];
      const out = lowering.defineFlat(made as Quantity, "gathered");
      lowering.add({
        label: "gather",
        split: { kind: "items", count },
        reads: [whole(from), whole(at)],
        writes: [whole(out)],
        emit: ({ module, f, from: first, to, address }) => {
          for (const buffer of [from, at, out]) address(buffer);
          f.get(first)
            .get(to)
            .call(gatherKernel(module, 4 * sizeOf(row)));
        },
      });
    },
  });
  return [made as Quantity];
};

export const movement: Operations = {
  Identity: (_, inputs) => [input(inputs, "x")],
  Reshape: (b, inputs, { shape }) => {
    const x = input(inputs, "x");
    const known = (shape as number[]).reduce(
      (product, length) => (length < 0 ? product : product * length),
      1,
    );
    return [
      b.reshape(
        x,
        (shape as number[]).map((length) => (length < 0 ? sizeOf(x.shape) / known : length)),
      ),
    ];
  },
  ExpandDims: (b, inputs, { dim }) => {
    const x = input(inputs, "input");
    const axis = axisOf(dim, x.shape.length + 1);
    return [b.reshape(x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)])];
  },
  Slice: slice,
  SplitV: split,
  Transpose: transpose,
  Tile: tile,
  Concat: concat,
  Pack: pack,
  Unpack: unpack,
  PadV2: pad,
  GatherV2: gather,
};
