import { sharesWork } from "./lanes";
import type { GpuProgram } from "./pipelines";
import { foldedWorkgroups, storageOf, workgroupSize } from "./wgsl";

/** Building blocks for a row's WGSL, the same whether one invocation or a whole workgroup handles the row. */
export interface Row {
  readonly columns: number;
  /** A loop over the columns `c: i32` of the row, shared among its invocations. */
  readonly each: (body: string) => string;
  /** The sum over the row's invocations of one number each; all of them get the result. */
  readonly sum: (found: string) => string;
  /** The maximum over the row's invocations of one number each; all of them get the result. */
  readonly max: (found: string) => string;
}

export interface RowProgram {
  readonly label: string;
  /** Names of the bindings, in the form that `storageOf` takes. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /** WGSL of one row; sees `row: i32`. A number per row should be written only if `isFirst`. */
  readonly body: (row: Row) => string;
}

/**
 * The invocations that share a row, adjacent ones adjacent numbers: one for a few classes, a workgroup for a long row.
 * No invocation sums more than a few numbers of most rows.
 */
function lanesOf(columns: number): number {
  if (columns > 256) return workgroupSize;
  return columns > 16 && sharesWork() ? 16 : 1;
}

/** The rows of a workgroup: as many as fit and divide their number, since all invocations must meet its barriers. */
function rowsOf(rows: number, lanes: number): number {
  let each = workgroupSize / lanes;
  while (lanes > 1 && rows % each !== 0) each /= 2;
  return each;
}

/** Halves the numbers of a row again and again, always in the same order. */
const shared = (
  name: string,
  lanes: number,
  joined: string,
) => `fn ${name}(value: f32, slot: i32, lane: i32) -> f32 {
  scratch[slot] = value;
  workgroupBarrier();
  for (var half = ${lanes / 2}; half > 0; half /= 2) {
    if (lane < half) {
      let a = scratch[slot];
      let b = scratch[slot + half];
      scratch[slot] = ${joined};
    }
    workgroupBarrier();
  }
  let all = scratch[slot - lane];
  workgroupBarrier();
  return all;
}`;

function rowOf(columns: number, lanes: number): Row {
  const alone = lanes === 1;
  return {
    columns,
    each: (body) => `for (var c = lane; c < ${columns}; c += ${lanes}) { ${body} }`,
    sum: (found) => (alone ? `(${found})` : `rowSum(${found}, slot, lane)`),
    max: (found) => (alone ? `(${found})` : `rowMax(${found}, slot, lane)`),
  };
}

/** Creates a program that reduces the rows of [rows, columns]. Numbers are combined in a fixed order. */
export function rowProgram({ label, reads, writes, rows, columns, body }: RowProgram): GpuProgram {
  const { access, declarations } = storageOf(reads, writes);
  const lanes = lanesOf(columns);
  const each = rowsOf(rows, lanes);
  const workgroups = foldedWorkgroups(Math.ceil(rows / each));
  const helpers = `var<workgroup> scratch: array<f32, ${each * lanes}>;
${shared("rowSum", lanes, "a + b")}
${shared("rowMax", lanes, "max(a, b)")}`;
  return {
    label,
    access,
    workgroups,
    wgsl: `${declarations}
${lanes > 1 ? helpers : ""}
@compute @workgroup_size(${each * lanes})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let slot = i32(local);
  let lane = slot % ${lanes};
  let first = i32(group.x + group.y * ${workgroups[0]}u) * ${each};
  if (first >= ${rows}) { return; }
  let row = first + slot / ${lanes};
  ${lanes > 1 ? "" : `if (row >= ${rows}) { return; }`}
  let isFirst = lane == 0;
${body(rowOf(columns, lanes))}
}`,
  };
}
