import { type Group, imageAccess } from "../graph/fusion";
import { type ComputeOperand, isPlain, type Quantity, rowMajor, sizeOf } from "../graph/quantity";
import { coefficientBytes } from "../kernels/norm-coefficients";
import { extentOf } from "../layout";
import type { Term } from "../loops/expression";
import { collapsed, type FlatLoop, type FlatOperand, flatLoopKernel, itemsOf } from "../loops/flat-loop";
import { type ImageOperand, imageLoopKernel } from "../loops/image-loop";
import { type Buffer, own, type Split, type Use, whole } from "../schedule/task";
import type { Lowering } from "./lowering";

/** Numbers that every thread computes for itself rather than wait for others. */
const fewNumbers = 2_048;

/** All terms of a group as one list, its operands, and where the terms of members and of sums stand. */
interface Joined {
  readonly operands: readonly ComputeOperand[];
  readonly terms: readonly Term[];
  readonly results: readonly { readonly quantity: Quantity; readonly term: number }[];
  readonly sums: readonly { readonly quantity: Quantity; readonly terms: readonly number[] }[];
}

function join({ members }: Group, isNeeded: (quantity: Quantity) => boolean): Joined {
  const operands: ComputeOperand[] = [];
  const terms: Term[] = [];
  const known = new Map<string, number>();
  const results: { quantity: Quantity; term: number }[] = [];
  const sums: { quantity: Quantity; terms: number[] }[] = [];
  const made = new Map<Quantity, number>();
  for (const member of members) {
    const places: number[] = [];
    for (const term of member.terms) {
      places.push(placeOf(term, places));
    }
    const last = places.at(-1) as number;
    if (member.output) {
      made.set(member.output, last);
      if (isNeeded(member.output)) results.push({ quantity: member.output, term: last });
    }
    if (member.sums?.quantity) {
      sums.push({
        quantity: member.sums.quantity,
        terms: member.sums.terms.map((term) => places[term] as number),
      });
    }
    function placeOf(term: Term, earlier: readonly number[]): number {
      const at = (i: number) => earlier[i] as number;
      switch (term.kind) {
        case "operand": {
          const operand = member.operands[term.operand] as ComputeOperand;
          const within = made.get(operand.quantity);
          return within ?? operandPlace(operand);
        }
        case "unary":
          return terms.push({ ...term, of: at(term.of) }) - 1;
        case "binary":
          return terms.push({ ...term, left: at(term.left), right: at(term.right) }) - 1;
        case "choice":
          return (
            terms.push({ ...term, condition: at(term.condition), yes: at(term.yes), no: at(term.no) }) - 1
          );
        default:
          return terms.push(term) - 1;
      }
    }
  }
  function operandPlace(operand: ComputeOperand): number {
    const key = `${operand.quantity.id} ${JSON.stringify(operand.access)}`;
    const place = known.get(key);
    if (place !== undefined) return place;
    operands.push(operand);
    const term = terms.push({ kind: "operand", operand: operands.length - 1 }) - 1;
    known.set(key, term);
    return term;
  }
  return { operands, terms, results, sums };
}

/** @param isNeeded whether something outside the group reads a quantity */
export function lowerGroup(
  lowering: Lowering,
  group: Group,
  isNeeded: (quantity: Quantity) => boolean,
): void {
  const joined = join(group, isNeeded);
  const { shape } = group.members[0] as Group["members"][number];
  if (group.isImages) lowerImages(lowering, group, joined, shape);
  else lowerFlat(lowering, joined, shape);
}

function lowerImages(lowering: Lowering, { groups }: Group, joined: Joined, shape: readonly number[]): void {
  const extent = extentOf(shape);
  const split = lowering.batchRows(extent.batch);
  const reads: Use[] = [];
  const operands: ImageOperand[] = [];
  const addresses: { buffer: Buffer; offset: number }[] = [];
  const add = (operand: ImageOperand, buffer: Buffer, offset: number) => {
    operands.push(operand);
    addresses.push({ buffer, offset });
  };
  for (const { quantity, access } of joined.operands) {
    const kind = imageAccess(shape, access);
    if (kind === "channels" && "channels" in access) {
      const buffer = lowering.flat(quantity);
      add(
        { kind: "channels" },
        buffer,
        access.channels * coefficientBytes({ groups, channels: extent.channels }),
      );
      reads.push(whole(buffer));
    } else if (kind === "number" && "offset" in access) {
      const buffer = lowering.flat(quantity);
      add({ kind: "number" }, buffer, 4 * access.offset);
      reads.push(whole(buffer));
    } else {
      const each = { ...extent, height: 1, width: 1 };
      const { buffer, layout } = lowering.images(quantity, kind === "all" ? extent : each);
      const { strides } = layout;
      add({ kind: "image", ...(kind === "all" ? strides : { ...strides, row: 0, pixel: 0 }) }, buffer, 0);
      reads.push(own(buffer));
    }
  }
  const writes: Use[] = [];
  const results = joined.results.map(({ quantity, term }) => {
    const { buffer, layout } = lowering.defineImages(quantity, extent, "computed images");
    add({ kind: "image", ...layout.strides }, buffer, 0);
    writes.push(own(buffer));
    return { term, operand: operands.length - 1, border: layout.border };
  });
  const [sums] =
    joined.sums.length === 0
      ? []
      : lowering.defineSums(
          joined.sums.map(({ quantity }) => quantity),
          extent.batch,
          extent.channels,
        );
  if (sums) writes.push(own(sums.buffer));
  const { batch, height, width } = extent;
  const loop = {
    ...{ batch, height, width, groups, operands, results, terms: joined.terms },
    blocks: Math.ceil(extent.channels / 8),
    sums: joined.sums.flatMap(({ terms }) => terms),
  };
  lowering.add({
    label: `images: ${labelOf(joined)}`,
    split,
    reads,
    writes,
    emit: ({ module, f, from, to, chunk, address }) => {
      for (const { buffer, offset } of addresses) address(buffer, offset);
      if (sums) {
        address(sums.buffer);
        f.get(chunk).i32(sums.bytes).mul().add();
      } else f.i32(0);
      f.get(from).get(to).call(imageLoopKernel(module, loop));
    },
  });
}

function lowerFlat(lowering: Lowering, joined: Joined, shape: readonly number[]): void {
  const axes = shape.length === 0 ? [1] : [...shape];
  const size = sizeOf(axes);
  if (size === 0 || joined.results.length === 0) return;
  const isInPlace = joined.results.some(({ quantity }) => lowering.isResident(quantity));
  // A place is one along the innermost axis, which must not be the one that threads share.
  const isCounted = axes.length === 1 && joined.terms.some(({ kind }) => kind === "place");
  const rows = isCounted ? undefined : lowering.rows(axes[0] as number);
  const operands: FlatOperand[] = [];
  const addresses: { buffer: Buffer; offset: number }[] = [];
  const add = (strides: readonly number[], integer: boolean, buffer: Buffer, offset: number) => {
    operands.push({ strides: strides.length === 0 ? [0] : strides, ...(integer ? { integer } : {}) });
    addresses.push({ buffer, offset: 4 * offset });
  };
  const given = joined.operands.map(({ quantity, access }) => {
    if (!("strides" in access)) throw new Error("Coefficients of channels are read on images only.");
    const buffer = lowering.flat(quantity);
    add(access.strides, quantity.integer, buffer, access.offset);
    return { quantity, access, buffer };
  });
  const results = joined.results.map(({ quantity, term }) => {
    const buffer = lowering.defineFlat(quantity, "computed");
    add(rowMajor(axes), quantity.integer, buffer, 0);
    return { term, operand: operands.length - 1 };
  });
  const loop: FlatLoop = collapsed({ axes, operands, terms: joined.terms, results }, rows !== undefined);
  const split = splitOf(loop, { size, isInPlace, rows });
  const isEven = split.kind === "items" && loop.axes.length === 1;
  const reads = given.map(({ quantity, access, buffer }): Use => {
    const [batch] = quantity.shape;
    const ofRow = rowMajor(quantity.shape)[0] ?? 1;
    const byRows = split.kind === "rows" && batch === split.rows && access.strides[0] === ofRow;
    const isOwn = byRows ? access.offset < ofRow : isEven && isPlain(axes, access);
    return { buffer, own: isOwn };
  });
  const writes = results.map(({ operand }): Use => {
    const { buffer } = addresses[operand] as { buffer: Buffer };
    return { buffer, own: split.kind === "rows" || isEven };
  });
  lowering.add({
    label: `computed: ${labelOf(joined)}`,
    split,
    reads,
    writes,
    emit: ({ module, f, from, to, address }) => {
      for (const { buffer, offset } of addresses) address(buffer, offset);
      if (split.kind === "each" || split.kind === "one") f.i32(0).i32(itemsOf(loop));
      else f.get(from).get(to);
      f.call(flatLoopKernel(module, loop));
    },
  });
}

interface Share {
  readonly size: number;
  readonly isInPlace: boolean;
  readonly rows: Extract<Split, { kind: "rows" }> | undefined;
}

function splitOf(loop: FlatLoop, { size, isInPlace, rows }: Share): Split {
  if (rows) return rows;
  if (size <= fewNumbers) return { kind: isInPlace ? "one" : "each" };
  return { kind: "items", count: itemsOf(loop) };
}

/** What a loop does, for whoever reads where the time goes. */
const labelOf = ({ terms, operands, results, sums }: Joined): string =>
  `${terms.length - operands.length} terms of ${operands.length}, ${results.length} written${sums.length > 0 ? ", sums" : ""}`;
