import * as tf from "@tensorflow/tfjs-core";
import type { GpuProgram, TrainingBackend } from "./backend";
import { perRun, programOver, runLength, runsIn } from "./program";
import { foldedWorkgroups, storageOf } from "./wgsl";

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
  /** The parts of which the piece is the sum (default: 1); the tensor is [parts, size]. */
  readonly parts?: number;
  /** True if the tensor is to be disposed of afterwards. */
  readonly owned?: boolean;
}

/** Every WebGPU device offers at least eight storage buffers: seven sources and the slab. */
const piecesPerDispatch = 7;

/**
 * Copies tensors, or the sums of their parts in order, into one flat tensor, several per dispatch. Numbers between the
 * pieces are left unchanged.
 */
export function packInto(backend: TrainingBackend, slab: tf.TensorInfo, pieces: readonly Piece[]): void {
  for (let first = 0; first < pieces.length; first += piecesPerDispatch) {
    const some = pieces.slice(first, first + piecesPerDispatch);
    const sizes = some.map(({ tensor, parts = 1 }) => tf.util.sizeFromShape(tensor.shape) / parts);
    const inParts = some.some(({ parts = 1 }) => parts > 1);
    backend.run(inParts ? sumsOf(some, sizes) : copyOf(some, sizes), [
      ...some.map(({ tensor }) => tensor),
      slab,
    ]);
    for (const { tensor, owned } of some) if (owned) backend.disposeData(tensor.dataId);
  }
}

const sourcesOf = (pieces: readonly Piece[]) => pieces.map((_, i) => `s${i}`);

function copyOf(pieces: readonly Piece[], sizes: readonly number[]): GpuProgram {
  const count = sizes.reduce((sum, size) => sum + size, 0);
  // If no run crosses a boundary between pieces, one comparison per run is enough.
  const isWhole = sizes.every((size) => size % runLength === 0);
  let start = 0;
  const branches = pieces.map(({ offset }, i) => {
    const [from, to] = [start, start + (sizes[i] as number)];
    start = to;
    const copy = `slab[i + ${offset - from}] = s${i}[i - ${from}];`;
    return isWhole
      ? `if (index < ${to / runLength}) {\n${perRun(count, copy)}\n  }`
      : `if (i < ${to}) { ${copy} }`;
  });
  const body = isWhole ? branches.join(" else ") : perRun(count, branches.join("\n  else "));
  return programOver("pack", sourcesOf(pieces), ["slab"], runsIn(count), `  ${body}`);
}

/** The numbers of a piece that a workgroup adds up side by side. */
const sumWidth = 64;
/** The invocations that share the parts of a number. */
const sumLanes = 4;

/**
 * A workgroup handles 64 adjacent numbers of one piece, so that its loads are adjacent; four invocations share the parts
 * of each, and their sums are added in order.
 */
function sumsOf(pieces: readonly Piece[], sizes: readonly number[]): GpuProgram {
  let start = 0;
  const branches = pieces.map(({ offset, parts = 1 }, i) => {
    const size = sizes[i] as number;
    const from = start;
    start += Math.ceil(size / sumWidth);
    return `if (group < ${start}) {
    at = (group - ${from}) * ${sumWidth} + column;
    real = at < ${size};
    for (var part = lane; real && part < ${parts}; part += ${sumLanes}) { sum += s${i}[part * ${size} + at]; }
    at += ${offset};
  }`;
  });
  const { access, declarations } = storageOf(sourcesOf(pieces), ["slab"]);
  const workgroups = foldedWorkgroups(start);
  return {
    label: "pack, sums of parts",
    access,
    workgroups,
    wgsl: `${declarations}
var<workgroup> sums: array<f32, ${sumWidth * sumLanes}>;
@compute @workgroup_size(${sumWidth * sumLanes})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let group = i32(workgroup.x + workgroup.y * ${workgroups[0]}u);
  let column = i32(local) % ${sumWidth};
  let lane = i32(local) / ${sumWidth};
  var at = 0;
  var real = false;
  var sum = 0.0;
  ${branches.join(" else ")}
  sums[local] = sum;
  workgroupBarrier();
  if (lane == 0 && real) {
    slab[at] = ${Array.from({ length: sumLanes }, (_, i) => `sums[column + ${i * sumWidth}]`).join(" + ")};
  }
}`,
  };
}
