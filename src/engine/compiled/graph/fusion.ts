import { lanes } from "../layout";
import { keepsZero } from "../loops/expression";
import {
  type Access,
  type Compute,
  isPlain,
  type Opaque,
  type Quantity,
  sizeOf,
  type Unit,
} from "./quantity";

/** Computations of one shape that a single loop does, in an order in which each finds what it reads. */
export interface Group {
  readonly kind: "group";
  readonly members: readonly Compute[];
  /** Whether its numbers lie as images do. */
  readonly isImages: boolean;
  readonly groups: number;
}

export type Piece = Group | Opaque;

/** How an operand of a computation on images is read. */
export type ImageAccess = "all" | "each image" | "channels" | "number" | undefined;

export function imageAccess(
  shape: readonly number[],
  access: Access | { readonly channels: number },
): ImageAccess {
  if ("channels" in access) return "channels";
  const { strides, offset } = access;
  if (shape.every((length, axis) => length === 1 || strides[axis] === 0)) return "number";
  if (isPlain(shape, access)) return "all";
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 4 || offset !== 0) return undefined;
  const is = (axis: number, length: number, stride: number) => length === 1 || strides[axis] === stride;
  const isEach = is(0, batch, channels) && is(1, height, 0) && is(2, width, 0) && is(3, channels, 1);
  return isEach ? "each image" : undefined;
}

/** Units that something of `wanted` depends on, in the order in which they were made. */
export function reachable(wanted: readonly Quantity[]): Unit[] {
  const seen = new Set<Unit>();
  const open = [...wanted];
  for (let quantity = open.pop(); quantity; quantity = open.pop()) {
    const { source } = quantity;
    if (source.kind === "view") open.push(source.of);
    if (source.kind !== "unit" || seen.has(source.unit)) continue;
    seen.add(source.unit);
    open.push(...inputsOf(source.unit));
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

export const inputsOf = (unit: Unit): readonly Quantity[] =>
  unit.kind === "opaque" ? unit.inputs : unit.operands.map(({ quantity }) => quantity);

const unitOf = ({ source }: Quantity): Unit | undefined => {
  if (source.kind === "view") return unitOf(source.of);
  return source.kind === "unit" ? source.unit : undefined;
};

interface Standing {
  readonly isImages: boolean;
  readonly level: number;
}

/**
 * Joins computations into loops. Two are joined where one reads the other's numbers, place for place, and nothing outside
 * the loop lies between them: both then have the same level, the number of loops and other units that must come before.
 *
 * @param isBatch whether a first axis of that length is one of images
 */
export function fuse(units: readonly Unit[], isBatch: (length: number) => boolean): Piece[] {
  const standing = new Map<Unit, Standing>();
  const leader = new Map<Compute, Compute>();
  const find = (unit: Compute): Compute => {
    let top = unit;
    for (let next = leader.get(top); next && next !== top; next = leader.get(top)) top = next;
    return top;
  };
  const groupsOf = new Map<Compute, number>();
  for (const unit of units) {
    if (unit.kind === "opaque") {
      const before = inputsOf(unit).map((input) => levelOf(input, standing));
      standing.set(unit, { isImages: unit.makesImages, level: Math.max(-1, ...before) + 1 });
      continue;
    }
    const isImages = liesAsImages(unit, standing, isBatch);
    const joinable = new Set<Compute>();
    let level = 0;
    for (const { quantity, access } of unit.operands) {
      const source = unitOf(quantity);
      const joins =
        source?.kind === "compute" &&
        source.output === quantity &&
        "strides" in access &&
        isPlain(unit.shape, access) &&
        isSameShape(source.shape, unit.shape) &&
        standing.get(source)?.isImages === isImages;
      const before = levelOf(quantity, standing);
      level = Math.max(level, joins ? before : before + 1);
      if (joins) joinable.add(source);
    }
    const beside = [...joinable].filter((other) => standing.get(other)?.level === level).map(find);
    const divisions = new Set([unit.groups, ...beside.map((top) => groupsOf.get(top))]);
    divisions.delete(undefined);
    // Batch norms that divide one tensor in different ways are computed one after the other.
    const isJoined = divisions.size <= 1;
    standing.set(unit, { isImages, level: isJoined ? level : level + 1 });
    leader.set(unit, unit);
    const [division] = isJoined ? divisions : [unit.groups];
    if (division !== undefined) groupsOf.set(unit, division);
    if (isJoined) for (const top of beside) leader.set(top, unit);
  }
  return pieces(units, standing, find, groupsOf);
}

function pieces(
  units: readonly Unit[],
  standing: ReadonlyMap<Unit, Standing>,
  find: (unit: Compute) => Compute,
  groupsOf: ReadonlyMap<Compute, number>,
): Piece[] {
  const members = new Map<Compute, Compute[]>();
  const placed: { piece: Piece; level: number; first: number }[] = [];
  for (const unit of units) {
    const { level, isImages } = standing.get(unit) as Standing;
    if (unit.kind === "opaque") {
      placed.push({ piece: unit, level, first: unit.id });
      continue;
    }
    const top = find(unit);
    const known = members.get(top);
    if (known) {
      known.push(unit);
      continue;
    }
    const list = [unit];
    members.set(top, list);
    placed.push({
      piece: { kind: "group", members: list, isImages, groups: groupsOf.get(top) ?? 1 },
      level,
      first: unit.id,
    });
  }
  return placed.sort((a, b) => a.level - b.level || a.first - b.first).map(({ piece }) => piece);
}

const isSameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((length, axis) => length === b[axis]);

function levelOf(quantity: Quantity, standing: ReadonlyMap<Unit, Standing>): number {
  const unit = unitOf(quantity);
  return unit ? (standing.get(unit)?.level ?? -1) : -1;
}

/** On images where its operands are images, and zeros around them and beyond the last channel stay zeros. */
function liesAsImages(
  unit: Compute,
  standing: ReadonlyMap<Unit, Standing>,
  isBatch: (length: number) => boolean,
): boolean {
  if (unit.groups !== undefined) return true;
  const { shape, operands, terms } = unit;
  if (shape.length !== 4 || sizeOf(shape) === 0 || !isBatch(shape[0] as number)) return false;
  const accesses = operands.map(({ access }) => imageAccess(shape, access));
  if (accesses.includes(undefined) || terms.some(({ kind }) => kind === "place")) return false;
  if (unit.output?.integer || operands.some(({ quantity }) => quantity.integer)) return false;
  const isImages = operands.some(({ quantity }, i) => {
    const source = unitOf(quantity);
    const fromImages =
      source !== undefined && quantity.source.kind === "unit" && standing.get(source)?.isImages;
    // What every pixel of an image gets, as after an average over all of them, goes to images again.
    return accesses[i] === "each image" || (accesses[i] === "all" && fromImages === true);
  });
  if (!isImages) return false;
  const isZero = (operand: number) => accesses[operand] !== "number";
  return (shape[3] as number) % lanes === 0 || keepsZero(terms, terms.length - 1, isZero);
}
