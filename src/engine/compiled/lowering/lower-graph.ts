import { fuse, type Group, inputsOf, type Piece, reachable } from "../graph/fusion";
import {
  accessOf,
  baseOf,
  type Compute,
  isPlain,
  type Quantity,
  rowMajor,
  sizeOf,
  type Unit,
} from "../graph/quantity";
import { collapsed, type FlatLoop, flatLoopKernel, itemsOf } from "../loops/flat-loop";
import { type Buffer, type Task, whole } from "../schedule/task";
import { lowerGroup } from "./groups";
import { type Circumstances, Lowering } from "./lowering";

/** What a step leaves: a resident, by its place, becomes a quantity. */
export interface Assignment {
  readonly place: number;
  readonly quantity: Quantity;
}

export type LoweringOptions = Pick<Circumstances, "winograd" | "threads">;

/** The tasks of a step that ends with the given assignments, in an order that is right for a single thread. */
export function lowerGraph(
  assignments: readonly Assignment[],
  { winograd, threads }: LoweringOptions,
): readonly Task[] {
  const units = reachable(assignments.map(({ quantity }) => quantity));
  const batches = batchesOf(units);
  const pieces = fuse(units, (length) => batches.has(length));
  const targets = directTargets(pieces, assignments);
  const lowering = new Lowering({ winograd, threads, batches, borders: bordersOf(units), targets });
  const readers = readersOf(pieces);
  const wanted = new Set(assignments.map(({ quantity }) => baseOf(quantity)));
  for (const piece of pieces) {
    if (piece.kind === "opaque") piece.lower(lowering);
    else {
      const members = new Set<Unit>(piece.members);
      lowerGroup(
        lowering,
        piece,
        (quantity) =>
          wanted.has(quantity) || (readers.get(quantity) ?? []).some((reader) => !members.has(reader)),
      );
    }
  }
  copyRest(lowering, assignments, targets);
  return lowering.tasks;
}

/** Units that read a quantity itself. */
function readersOf(pieces: readonly Piece[]): Map<Quantity, Unit[]> {
  const readers = new Map<Quantity, Unit[]>();
  for (const unit of pieces.flatMap((piece): readonly Unit[] =>
    piece.kind === "group" ? piece.members : [piece],
  )) {
    for (const input of inputsOf(unit)) {
      const base = baseOf(input);
      const known = readers.get(base) ?? [];
      known.push(unit);
      readers.set(base, known);
    }
  }
  return readers;
}

function batchesOf(units: readonly Unit[]): Map<number, Set<number>> {
  const batches = new Map<number, Set<number>>();
  const note = (batch: number, groups: number) => {
    const known = batches.get(batch) ?? new Set();
    known.add(groups);
    batches.set(batch, known);
  };
  for (const unit of units) {
    if (unit.kind === "compute") {
      if (unit.groups !== undefined) note(unit.shape[0] as number, unit.groups);
    } else if (unit.makesImages) {
      for (const { shape } of unit.outputs) note(shape[0] as number, 1);
      for (const { quantity } of unit.borders)
        if (quantity.shape.length === 4) note(quantity.shape[0] as number, 1);
    }
  }
  return batches;
}

function bordersOf(units: readonly Unit[]): Map<Quantity, number> {
  const borders = new Map<Quantity, number>();
  for (const unit of units) {
    if (unit.kind !== "opaque") continue;
    for (const { quantity, border } of unit.borders)
      borders.set(quantity, Math.max(border, borders.get(quantity) ?? 0));
  }
  return borders;
}

const placeOf = ({ source }: Quantity): number | undefined =>
  source.kind === "resident" ? source.place : undefined;

/**
 * Quantities that can be written at once where their resident lies: made by a loop after which nothing reads what the
 * resident was before, and which itself reads it only where it writes.
 */
function directTargets(pieces: readonly Piece[], assignments: readonly Assignment[]): Map<Quantity, number> {
  const lastRead = new Map<number, number>();
  const misread = new Set<string>();
  pieces.forEach((piece, at) => {
    const noteRead = (quantity: Quantity, isInPlace: boolean) => {
      const place = placeOf(baseOf(quantity));
      if (place === undefined) return;
      lastRead.set(place, at);
      if (!isInPlace) misread.add(`${at} ${place}`);
    };
    if (piece.kind === "opaque") for (const input of piece.inputs) noteRead(input, false);
    else
      for (const { operands, shape } of piece.members)
        for (const { quantity, access } of operands)
          noteRead(
            quantity,
            "strides" in access && isPlain(shape, access) && sizeOf(shape) === sizeOf(quantity.shape),
          );
  });
  for (const { quantity } of assignments) {
    const place = placeOf(baseOf(quantity));
    if (place !== undefined) lastRead.set(place, Number.POSITIVE_INFINITY);
  }
  const pieceOf = new Map(
    pieces.flatMap((piece, at) =>
      piece.kind === "group" ? piece.members.map((unit) => [unit, at] as const) : [],
    ),
  );
  const targets = new Map<Quantity, number>();
  const times = new Map<Quantity, number>();
  for (const { quantity } of assignments) times.set(quantity, (times.get(quantity) ?? 0) + 1);
  for (const { place, quantity } of assignments) {
    const { source } = quantity;
    if (source.kind !== "unit" || source.unit.kind !== "compute" || times.get(quantity) !== 1) continue;
    const unit: Compute = source.unit;
    const at = pieceOf.get(unit) as number;
    const last = lastRead.get(place) ?? -1;
    if ((pieces[at] as Group).isImages || last > at || misread.has(`${at} ${place}`)) continue;
    targets.set(quantity, place);
  }
  return targets;
}

/** Copies what could not be written where it belongs. What is itself overwritten is read before anything is. */
function copyRest(
  lowering: Lowering,
  assignments: readonly Assignment[],
  targets: ReadonlyMap<Quantity, number>,
): void {
  const left = assignments.filter(({ quantity, place }) => targets.get(quantity) !== place);
  const sources = left.map(({ quantity }) => {
    const base = baseOf(quantity);
    if (quantity.source.kind === "constant") return undefined;
    const buffer = lowering.flat(base);
    if (placeOf(base) === undefined) return buffer;
    const aside = lowering.scratch("aside", buffer.bytes);
    copy(lowering, base, buffer, base, aside);
    return aside;
  });
  left.forEach(({ place, quantity }, i) => {
    const target = lowering.resident(place, 4 * sizeOf(quantity.shape));
    copy(lowering, quantity, sources[i], quantity, target);
  });
}

function copy(
  lowering: Lowering,
  from: Quantity,
  source: Buffer | undefined,
  to: Pick<Quantity, "shape" | "integer">,
  target: Buffer,
): void {
  const axes = to.shape.length === 0 ? [1] : to.shape;
  const { strides, offset } = accessOf(from);
  const integer = to.integer ? { integer: true } : {};
  const plain = { strides: to.shape.length === 0 ? [0] : rowMajor(to.shape), ...integer };
  const read = { strides: to.shape.length === 0 ? [0] : strides, ...(from.integer ? { integer: true } : {}) };
  const value = from.source.kind === "constant" ? from.source.value : 0;
  const loop: FlatLoop = collapsed(
    {
      axes,
      operands: source ? [read, plain] : [plain],
      terms: source
        ? [
            { kind: "operand", operand: 0 },
            { kind: "unary", function: "copy", of: 0 },
          ]
        : [{ kind: "constant", value }],
      results: [{ term: source ? 1 : 0, operand: source ? 1 : 0 }],
    },
    false,
  );
  const count = itemsOf(loop);
  const isLone = sizeOf(axes) <= 2_048;
  lowering.add({
    label: "copy",
    split: isLone ? { kind: "one" } : { kind: "items", count },
    reads: source ? [whole(source)] : [],
    writes: [whole(target)],
    emit: ({ module, f, from: first, to: last, address }) => {
      if (source) address(source, 4 * offset);
      address(target);
      if (isLone) f.i32(0).i32(count);
      else f.get(first).get(last);
      f.call(flatLoopKernel(module, loop));
    },
  });
}
