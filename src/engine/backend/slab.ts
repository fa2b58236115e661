import * as tf from "@tensorflow/tfjs-core";
import type { TrainingBackend } from "./backend";
import { perRun, programOver, runLength, runsIn } from "./program";

/**
 * Numbers per block of a slab: bindings into a buffer start at multiples of 256 bytes, which are 64 float32 numbers. A
 * parameter starts at a block and never shares one; the padding after it is zero.
 */
export const slabBlock = 64;

/** The range of a parameter in its slab, in numbers. */
export interface Placement {
  /** The index of its first number. */
  readonly offset: number;
  readonly size: number;
}

/** The range of a parameter in its slab, in blocks. */
export interface Segment {
  readonly firstBlock: number;
  readonly blocks: number;
}

export const segmentOf = ({ offset, size }: Placement): Segment => ({
  firstBlock: offset / slabBlock,
  blocks: Math.ceil(size / slabBlock),
});

/** Returns the size that all these tensors share. @throws RangeError when the sizes differ */
export function sharedSize(what: string, first: tf.TensorInfo, ...others: readonly tf.TensorInfo[]): number {
  const sizes = [first, ...others].map(({ shape }) => tf.util.sizeFromShape(shape));
  const [count = 0] = sizes;
  if (sizes.some((size) => size !== count)) {
    throw new RangeError(`The ${what} update got tensors of ${sizes.join(", ")} numbers.`);
  }
  return count;
}

/** A tensor and the index in the slab where its first number goes. */
export interface Piece {
  readonly tensor: tf.TensorInfo;
  readonly offset: number;
}

/** Every WebGPU device offers at least eight storage buffers: seven sources and the slab. */
const piecesPerDispatch = 7;

/** Copies tensors into one flat tensor, several per dispatch. Numbers between the pieces are left unchanged. */
export function packInto(backend: TrainingBackend, slab: tf.TensorInfo, pieces: readonly Piece[]): void {
  for (let first = 0; first < pieces.length; first += piecesPerDispatch) {
    const some = pieces.slice(first, first + piecesPerDispatch);
    const sizes = some.map(({ tensor }) => tf.util.sizeFromShape(tensor.shape));
    const count = sizes.reduce((sum, size) => sum + size, 0);
    // If no run crosses a boundary between pieces, one comparison per run is enough.
    const isWhole = sizes.every((size) => size % runLength === 0);
    let start = 0;
    const branches = some.map(({ offset }, i) => {
      const [from, to] = [start, start + (sizes[i] as number)];
      start = to;
      const copy = `slab[i + ${offset - from}] = s${i}[i - ${from}];`;
      return isWhole
        ? `if (index < ${to / runLength}) {\n${perRun(count, copy)}\n  }`
        : `if (i < ${to}) { ${copy} }`;
    });
    const body = isWhole ? branches.join(" else ") : perRun(count, branches.join("\n  else "));
    const sources = some.map((_, i) => `s${i}`);
    const program = programOver("pack", sources, ["slab"], runsIn(count), `  ${body}`);
    backend.run(program, [...some.map(({ tensor }) => tensor), slab]);
  }
}
