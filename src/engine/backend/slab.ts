import * as tf from "@tensorflow/tfjs-core";
import type { GpuProgram, TrainingBackend } from "./backend";
import { sharesWork } from "./lanes";
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

/** How a workgroup adds up parts. */
interface Adding {
  /** The invocations that share the parts of a number. */
  readonly lanes: number;
  /** The adjacent numbers of one invocation. */
  readonly each: number;
}

/** Invocations side by side. */
const sumWidth = 64;

/**
 * A workgroup handles adjacent numbers of one piece, so that its loads are adjacent. Where sharing pays, four invocations
 * share the parts of each number, and their sums are added in order; elsewhere each has a run of numbers to itself.
 */
function sumsOf(pieces: readonly Piece[], sizes: readonly number[]): GpuProgram {
  const { lanes, each }: Adding = sharesWork() ? { lanes: 4, each: 1 } : { lanes: 1, each: runLength };
  const numbers = Array.from({ length: each }, (_, e) => e);
  let start = 0;
  const branches = pieces.map(({ offset, parts = 1 }, i) => {
    const size = sizes[i] as number;
    const from = start;
    start += Math.ceil(size / (sumWidth * each));
    const isWhole = size % each === 0;
    const at = (e: number) => (isWhole ? `at + ${e}` : `min(at + ${e}, ${size - 1})`);
    const loads = numbers.map((e) => `sum${e} += s${i}[part * ${size} + ${at(e)}];`);
    return `if (group < ${start}) {
    at = ((group - ${from}) * ${sumWidth} + column) * ${each};
    if (at < ${size}) {
      for (var part = lane; part < ${parts}; part += ${lanes}) { ${loads.join(" ")} }
    }
    count = ${size} - at;
    at += ${offset};
  }`;
  });
  const { access, declarations } = storageOf(sourcesOf(pieces), ["slab"]);
  const workgroups = foldedWorkgroups(start);
  const others = Array.from({ length: lanes - 1 }, (_, i) => ` + sums[column + ${(i + 1) * sumWidth}]`);
  const stores = numbers.map((e) => `if (${e} < count) { slab[at + ${e}] = sum${e}${others.join("")}; }`);
  return {
    label: "pack, sums of parts",
    access,
    workgroups,
    wgsl: `${declarations}
${lanes > 1 ? `var<workgroup> sums: array<f32, ${sumWidth * lanes}>;` : ""}
@compute @workgroup_size(${sumWidth * lanes})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let group = i32(workgroup.x + workgroup.y * ${workgroups[0]}u);
  let column = i32(local) % ${sumWidth};
  let lane = i32(local) / ${sumWidth};
  var at = 0;
  var count = 0;
${numbers.map((e) => `  var sum${e} = 0.0;`).join("\n")}
  ${branches.join(" else ")}
  ${lanes > 1 ? "sums[local] = sum0;\n  workgroupBarrier();" : ""}
  if (lane == 0) { ${stores.join(" ")} }
}`,
  };
}
