import type { GpuProgram } from "./pipelines";
import { foldedWorkgroups, storageOf, workgroupSize } from "./wgsl";

export interface RowProgram {
  readonly label: string;
  /** Bindings as `storageOf` takes them. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly rows: number;
  readonly columns: number;
  /**
   * WGSL of one row; sees `row: i32`, and `for (EACH)` goes over its columns `c: i32`. `rowSum(v)` and `rowMax(v)` make one
   * number of those that the invocations of a row found; only the first of these (`isFirst`) should write it.
   */
  readonly body: string;
}

/** Columns up to which one invocation takes a whole row. */
const shortRow = 256;

const shared = (name: string, first: string, joined: string) => `fn ${name}(value: f32, lane: i32) -> f32 {
  scratch[lane] = value;
  workgroupBarrier();
  var all = ${first};
  for (var i = 0; i < ${workgroupSize}; i++) { all = ${joined}; }
  workgroupBarrier();
  return all;
}`;

/**
 * A program that reduces rows: an invocation for each where rows are short, a workgroup where they are long. Either way
 * numbers are joined in one fixed order.
 */
export function rowProgram({ label, reads, writes, rows, columns, body }: RowProgram): GpuProgram {
  const { access, declarations } = storageOf(reads, writes);
  const isLong = columns > shortRow;
  const groups = isLong ? rows : Math.ceil(rows / workgroupSize);
  const workgroups = foldedWorkgroups(groups);
  const lanes = isLong ? workgroupSize : 1;
  const text = body
    .replaceAll("EACH", `var c = lane; c < ${columns}; c += ${lanes}`)
    .replaceAll(/row(Sum|Max)\(([^)]*)\)/g, isLong ? "row$1($2, lane)" : "($2)");
  const helpers = `var<workgroup> scratch: array<f32, ${workgroupSize}>;
${shared("rowSum", "0.0", "all + scratch[i]")}
${shared("rowMax", "scratch[0]", "max(all, scratch[i])")}`;
  return {
    label,
    access,
    workgroups,
    wgsl: `${declarations}
${isLong ? helpers : ""}
@compute @workgroup_size(${workgroupSize})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) local: u32) {
  let place = i32(group.x + group.y * ${workgroups[0]}u);
  let row = ${isLong ? "place" : `place * ${workgroupSize} + i32(local)`};
  let lane = ${isLong ? "i32(local)" : "0"};
  if (row >= ${rows}) { return; }
  let isFirst = lane == 0;
${text}
}`,
  };
}
