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

/** The longest row, in columns, that a single invocation handles. */
const shortRow = 256;

const shared = (name: string, first: string, joined: string) => `fn ${name}(value: f32, lane: i32) -> f32 {
  scratch[lane] = value;
  workgroupBarrier();
  var all = ${first};
  for (var i = 0; i < ${workgroupSize}; i++) { all = ${joined}; }
  workgroupBarrier();
  return all;
}`;

const loopOver = (columns: number, lanes: number) => (body: string) =>
  `for (var c = lane; c < ${columns}; c += ${lanes}) { ${body} }`;

const shortRowOf = (columns: number): Row => ({
  columns,
  each: loopOver(columns, 1),
  sum: (found) => `(${found})`,
  max: (found) => `(${found})`,
});

const longRowOf = (columns: number): Row => ({
  columns,
  each: loopOver(columns, workgroupSize),
  sum: (found) => `rowSum(${found}, lane)`,
  max: (found) => `rowMax(${found}, lane)`,
});

/**
 * Creates a program that reduces the rows of [rows, columns]: one invocation per short row, one workgroup per long row.
 * Either way numbers are combined in a fixed order.
 */
export function rowProgram({ label, reads, writes, rows, columns, body }: RowProgram): GpuProgram {
  const { access, declarations } = storageOf(reads, writes);
  const isLong = columns > shortRow;
  const groups = isLong ? rows : Math.ceil(rows / workgroupSize);
  const workgroups = foldedWorkgroups(groups);
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
${body(isLong ? longRowOf(columns) : shortRowOf(columns))}
}`,
  };
}
