import { trainingBackend } from "./backend";
import { sharesWork } from "./lanes";
import type { GpuProgram } from "./pipelines";
import { canNumberSubgroups } from "./software";
import { foldedWorkgroups, storageOf, workgroupSize } from "./wgsl";

/** Building blocks for a row's WGSL, the same whether one invocation or a whole workgroup handles the row. */
export interface Row {
  readonly columns: number;
  /** The invocations that share the row; each sees its `lane`. */
  readonly lanes: number;
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
  /** The invocations that share a row: 1 or a workgroup (default: by the columns). */
  readonly lanes?: 1 | typeof workgroupSize;
  /** WGSL constants. */
  readonly constants?: string;
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

/**
 * The same by subgroups, whose sums are then combined in their order: two barriers instead of one for each halving. For
 * workgroups that share one row, since a row need not be made of whole subgroups.
 */
const sharedBySubgroups = (
  name: string,
  ofSubgroup: string,
  joined: string,
) => `fn ${name}(value: f32, subgroup: u32, count: u32, first: bool) -> f32 {
  let own = ${ofSubgroup}(value);
  if (first) { scratch[subgroup] = own; }
  workgroupBarrier();
  var a = scratch[0];
  for (var i = 1u; i < count; i++) {
    let b = scratch[i];
    a = ${joined};
  }
  workgroupBarrier();
  return a;
}`;

/** Whether a row's invocations add up through subgroups. */
function usesSubgroups(lanes: number): boolean {
  const backend = trainingBackend();
  return (
    lanes === workgroupSize && sharesWork() && backend !== undefined && canNumberSubgroups(backend.device)
  );
}

function rowOf(columns: number, lanes: number): Row {
  const alone = lanes === 1;
  const by = usesSubgroups(lanes) ? "subgroup, subgroups, isFirstOfSubgroup" : "slot, lane";
  return {
    columns,
    lanes,
    each: (body) => `for (var c = lane; c < ${columns}; c += ${lanes}) { ${body} }`,
    sum: (found) => (alone ? `(${found})` : `rowSum(${found}, ${by})`),
    max: (found) => (alone ? `(${found})` : `rowMax(${found}, ${by})`),
  };
}

/** Creates a program that reduces the rows of [rows, columns]. Numbers are combined in a fixed order. */
export function rowProgram(program: RowProgram): GpuProgram {
  const { label, reads, writes, rows, columns, constants = "", body } = program;
  const { access, declarations } = storageOf(reads, writes);
  const lanes = program.lanes ?? lanesOf(columns);
  const each = rowsOf(rows, lanes);
  const workgroups = foldedWorkgroups(Math.ceil(rows / each));
  const bySubgroups = usesSubgroups(lanes);
  const helpers = `var<workgroup> scratch: array<f32, ${each * lanes}>;
${bySubgroups ? sharedBySubgroups("rowSum", "subgroupAdd", "a + b") : shared("rowSum", lanes, "a + b")}
${bySubgroups ? sharedBySubgroups("rowMax", "subgroupMax", "max(a, b)") : shared("rowMax", lanes, "max(a, b)")}`;
  const builtins = bySubgroups
    ? ", @builtin(subgroup_id) subgroup: u32, @builtin(num_subgroups) subgroups: u32, @builtin(subgroup_invocation_id) place: u32"
    : "";
  return {
    label,
    access,
    workgroups,
    wgsl: `${bySubgroups ? "enable subgroups;\nrequires subgroup_id;\n" : ""}${declarations}
${constants}
${lanes > 1 ? helpers : ""}
@compute @workgroup_size(${each * lanes})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32${builtins}) {
  let slot = i32(local);
  let lane = slot % ${lanes};
  let first = i32(group.x + group.y * ${workgroups[0]}u) * ${each};
  if (first >= ${rows}) { return; }
  let row = first + slot / ${lanes};
  ${lanes > 1 ? "" : `if (row >= ${rows}) { return; }`}
  let isFirst = lane == 0;
  ${bySubgroups ? "let isFirstOfSubgroup = place == 0u;" : ""}
${body(rowOf(columns, lanes))}
}`,
  };
}
