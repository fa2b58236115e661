import type { Extent } from "../layout";
import type { Terms } from "../loops/expression";
import type { ChunkSums, Images } from "../lowering/forms";
import type { Buffer, Split, Task } from "../schedule/task";

/** A tensor of a step, before anything is said about memory. */
export interface Quantity {
  readonly id: number;
  readonly shape: readonly number[];
  /** Whole numbers of 32 bits; else floats. */
  readonly integer: boolean;
  readonly source: Source;
}

export type Source =
  /** It outlives the step; its place in the table of addresses. */
  | { readonly kind: "resident"; readonly place: number }
  /** The same number everywhere. */
  | { readonly kind: "constant"; readonly value: number }
  /** Part of another quantity, or its numbers in another order; never of a view. */
  | ({ readonly kind: "view"; readonly of: Quantity } & Access)
  | { readonly kind: "unit"; readonly unit: Unit };

/** Where the numbers along each axis lie, counted in numbers of the quantity that is read. */
export interface Access {
  readonly strides: readonly number[];
  readonly offset: number;
}

export type Unit = Compute | Opaque;

export interface ComputeOperand {
  /** Not a view. */
  readonly quantity: Quantity;
  readonly access: Access | Channels;
}

/** One number for each channel and group of images, from a place on in a table of coefficients. */
export interface Channels {
  readonly channels: number;
}

/** Terms at every place of a shape. Neighbours of one shape are computed in one loop. */
export interface Compute {
  readonly kind: "compute";
  readonly id: number;
  readonly shape: readonly number[];
  readonly operands: readonly ComputeOperand[];
  readonly terms: Terms;
  /** The last term. */
  output?: Quantity;
  /** Terms that are summed over all images and pixels of a group, chunk by chunk. */
  readonly sums?: { readonly terms: readonly number[]; quantity?: Quantity };
  /** For parts of a batch norm, which are computed on images: consecutive groups of the batch. */
  readonly groups?: number;
}

/** Anything else. */
export interface Opaque {
  readonly kind: "opaque";
  readonly id: number;
  readonly label: string;
  readonly inputs: readonly Quantity[];
  readonly outputs: Quantity[];
  /** Whether its outputs lie as images do. */
  readonly makesImages: boolean;
  /** Rows and columns of zeros that it needs around what it reads. */
  readonly borders: readonly { readonly quantity: Quantity; readonly border: number }[];
  /** Sums of its output, where a batch norm asks for them. */
  sums?: Quantity;
  lower(lowering: LoweringContext): void;
}

type RowSplit = Extract<Split, { kind: "rows" }>;

/** What a unit finds its quantities with when it becomes tasks. Quantities are no views. */
export interface LoweringContext {
  /** Whether convolutions may take Winograd's way, with fewer products and another rounding. */
  readonly winograd: boolean;
  add(task: Task): void;
  /** Threads share a batch by its rows; undefined where that number of rows is no batch. */
  rows(batch: number): RowSplit | undefined;
  batchRows(batch: number): RowSplit;
  scratch(label: string, bytes: number): Buffer;
  /** Memory of that size for each thread, one after the other. */
  threadRooms(label: string, bytes: number): Buffer;
  /** Where a quantity lies as a tensor does. */
  flat(quantity: Quantity): Buffer;
  /** Memory for a quantity that is about to be written as a tensor. */
  defineFlat(quantity: Quantity, label: string): Buffer;
  /** Where a quantity lies as images do, with as many zeros around them at least. */
  images(quantity: Quantity, extent: Extent, border?: number): Images;
  /** Memory for a quantity that is about to be written as images. */
  defineImages(quantity: Quantity, extent: Extent, label: string): Images;
  /** Memory for the sums that one loop takes, two numbers for each channel and quantity, one after the other. */
  defineSums(quantities: readonly Quantity[], batch: number, channels: number): ChunkSums[];
  sumsOf(quantity: Quantity): ChunkSums;
}

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);

/** Strides of numbers that lie one after the other, the last axis innermost. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  return strides;
}

export const plainAccess = (shape: readonly number[]): Access => ({ strides: rowMajor(shape), offset: 0 });

/** Whether numbers lie one after the other. Strides of axes with a single place do not matter. */
export function isPlain(shape: readonly number[], { strides, offset }: Access): boolean {
  const plain = rowMajor(shape);
  return offset === 0 && shape.every((length, axis) => length === 1 || strides[axis] === plain[axis]);
}

/** The quantity itself, or what it is a view of. */
export const baseOf = (quantity: Quantity): Quantity =>
  quantity.source.kind === "view" ? quantity.source.of : quantity;

export const accessOf = (quantity: Quantity): Access =>
  quantity.source.kind === "view" ? quantity.source : plainAccess(quantity.shape);

/**
 * The same numbers under another shape, without moving any.
 *
 * @returns undefined where no strides can say so
 */
export function reshaped(from: readonly number[], access: Access, to: readonly number[]): Access | undefined {
  const old = from
    .map((length, axis) => ({ length, stride: access.strides[axis] as number }))
    .filter(({ length }) => length !== 1);
  const strides: number[] = [];
  let [o, n] = [0, 0];
  while (n < to.length) {
    if (to[n] === 1) {
      strides.push(0);
      n++;
      continue;
    }
    // The shortest runs of old and of new axes that have equally many places.
    let [oldEnd, newEnd] = [o + 1, n + 1];
    let [oldSize, newSize] = [old[o]?.length ?? 1, to[n] as number];
    while (oldSize !== newSize) {
      if (oldSize < newSize) oldSize *= old[oldEnd++]?.length ?? Number.NaN;
      else newSize *= to[newEnd++] ?? Number.NaN;
      if (Number.isNaN(oldSize * newSize)) return undefined;
    }
    const run = old.slice(o, oldEnd);
    for (let i = 0; i + 1 < run.length; i++) {
      const [outer, inner] = [run[i], run[i + 1]] as [(typeof run)[0], (typeof run)[0]];
      if (outer.stride !== inner.stride * inner.length) return undefined;
    }
    const part: number[] = [];
    let stride = run.at(-1)?.stride ?? 0;
    for (let axis = newEnd - 1; axis >= n; axis--) {
      part.unshift(stride);
      stride *= to[axis] as number;
    }
    strides.push(...part);
    [o, n] = [oldEnd, newEnd];
  }
  return { strides, offset: access.offset };
}
